/** Who holds a role at which units: their accounts, to be told something, and their names, to be spoken of. */
import { In } from 'typeorm';
import { Assignment, type Role } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import { Unit } from '../../entities/unit';
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';

export interface Addressee {
  readonly unitId: number;
  readonly path: string;
  readonly role: Role;
  readonly chat: Chat;
}

interface Row {
  unitId: number;
  path: string;
  role: Role;
  channel: string;
  userId: string;
}

/** Private chats of everyone who holds one of the roles now, at these units or at any. */
export async function addresseesOf(
  tx: Tx,
  roles: readonly Role[],
  now: Date,
  unitIds?: readonly number[],
): Promise<readonly Addressee[]> {
  if (unitIds?.length === 0) return [];
  const query = tx
    .createQueryBuilder(Assignment, 'post')
    .innerJoin(Unit, 'unit', 'unit.id = post.unitId')
    .innerJoin(Identity, 'identity', 'identity.personId = post.personId')
    .select('unit.id', 'unitId')
    .addSelect('unit.path', 'path')
    .addSelect('post.role', 'role')
    .addSelect('identity.channel', 'channel')
    .addSelect('identity.userId', 'userId')
    .where('post.role IN (:...roles)', { roles: [...roles] })
    .andWhere('post.since <= :now AND (post.until IS NULL OR post.until > :now)', { now })
    .orderBy('identity.id');
  if (unitIds) query.andWhere('post.unitId IN (:...unitIds)', { unitIds: [...unitIds] });
  const rows = await query.getRawMany<Row>();
  return rows.map(({ channel, userId, unitId, path, role }) => ({
    unitId,
    path,
    role,
    chat: { channel, kind: 'private', id: userId },
  }));
}

/** Names of the contacts of each unit, the deputies behind. */
export async function contactNames(
  tx: Tx,
  unitIds: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const assignments = await tx.findBy(Assignment, { unitId: In([...unitIds]), role: 'contact' });
  const current = assignments.filter((each) => each.since <= now && (each.until === null || each.until > now));
  const people = await tx.findBy(Person, { id: In(current.map((each) => each.personId)) });
  const names = new Map(people.map((person) => [person.id, person.name]));
  const byUnit = new Map<number, string[]>();
  for (const { unitId, personId } of current.sort((a, b) => Number(a.deputy) - Number(b.deputy))) {
    byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), names.get(personId) ?? '']);
  }
  return byUnit;
}
