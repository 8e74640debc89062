/** More people for an office: whoever a scenario needs beyond the trial's sample. */
import { Assignment, type Role } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import type { Office } from './harness';

export interface Appointment {
  /** Code of the unit. */
  readonly unit: string;
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly deputy?: boolean;
}

const since = new Date('2025-01-02T09:00:00+08:00');

export async function appoint(
  office: Office,
  { unit, userId, name, role, deputy = false }: Appointment,
): Promise<void> {
  const unitId = await office.unitId(unit);
  await office.app.database.transact(async (tx) => {
    const { identifiers } = await tx.insert(Person, { name, createdAt: since });
    const personId = Number(identifiers[0]?.['id']);
    await tx.insert(Identity, { channel: 'playground', userId, personId });
    await tx.insert(Assignment, { personId, unitId, role, deputy, since, until: null });
  });
}
