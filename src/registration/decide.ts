/** 通过 and 不通过: what a decision on a registration writes, and whom it is told. */
import { Assignment } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import { Registration } from '../../entities/registration';
import { recordAudit } from '../access/audit';
import { readersOf } from '../access/readers';
import type { Chat } from '../channels/channel';
import type { Content } from '../channels/content';
import type { Tx } from '../database/database';
import type { RosterRole } from '../roster/columns';
import type { TableDefinition } from '../table/definition';
import type { Filed } from './find';
import { composeHandover } from './handover';
import { approvedNotice, refusedNotice, replacedNotice } from './notices';
import { findKinship, hasMainContact, type Kinship } from './people';
import { awaitedSuccession, closeSuccession } from './succession';

export interface Decision {
  readonly filed: Filed;
  /** Person who decides. */
  readonly personId: number;
  readonly now: Date;
}

export type Notices = readonly { readonly chat: Chat; readonly content: Content }[];

export type Approved =
  | { readonly kind: 'approved'; readonly role: RosterRole; readonly kinship: Kinship; readonly notices: Notices }
  /** The mobile number is somebody else's; nothing was written. */
  | { readonly kind: 'taken'; readonly kinship: Kinship }
  /** The roster has bound the account since. */
  | { readonly kind: 'known'; readonly name: string }
  /** Somebody else decided at the same moment. */
  | { readonly kind: 'decided' };

export async function approveRegistration(
  tx: Tx,
  decision: Decision,
  tables: readonly TableDefinition[],
): Promise<Approved> {
  const { filed, now } = decision;
  const known = await knownHolder(tx, filed);
  if (known !== null) {
    await close(tx, decision, { status: 'approved' });
    return { kind: 'known', name: known };
  }
  const kinship = await findKinship(tx, { ...filed.details, channel: filed.channel }, now);
  if (kinship.kind === 'taken') return { kind: 'taken', kinship };
  if (!(await close(tx, decision, { status: 'approved' }))) return { kind: 'decided' };
  const role = kinship.kind === 'same' ? await bind(tx, filed, kinship) : await admit(tx, decision);
  await recordAudit(tx, { at: now, personId: decision.personId, action: '通过', subject: subjectOf(filed) });
  const handover = await handOverTo(tx, decision, tables);
  const readers = await readersOf(tx, filed, now);
  const told = approvedNotice({ short: filed.short, role, readers, tables, now });
  return {
    kind: 'approved',
    role,
    kinship,
    notices: [...replaced(filed, kinship), ...[told, ...handover].map((content) => ({ chat: chatOf(filed), content }))],
  };
}

/** To whom staff had named as somebody's successor. */
async function handOverTo(
  tx: Tx,
  { filed, now }: Decision,
  tables: readonly TableDefinition[],
): Promise<readonly Content[]> {
  const { unitId, short, channel, userId, details } = filed;
  const order = await awaitedSuccession(tx, unitId, details.name, now);
  const account = await tx.findOneBy(Identity, { channel, userId });
  if (!order || !account || !(await closeSuccession(tx, order, account.personId, now))) return [];
  const leaver = await tx.findOneBy(Person, { id: order.leaverId });
  return [await composeHandover(tx, { unitId, short, leaver: leaver?.name ?? '', tables })];
}

/** Null when somebody else decided at the same moment. */
export async function refuseRegistration(tx: Tx, decision: Decision, reason: string): Promise<Notices | null> {
  const { filed, now, personId } = decision;
  if (!(await close(tx, decision, { status: 'refused', reason }))) return null;
  await recordAudit(tx, {
    at: now,
    personId,
    action: '不通过',
    subject: `${subjectOf(filed)}，原因：${reason}`.slice(0, 500),
  });
  return [{ chat: chatOf(filed), content: refusedNotice(filed.short, reason) }];
}

const subjectOf = ({ short, details }: Filed): string => `${short} ${details.name} 登记`;

const chatOf = ({ channel, userId }: Filed): Chat => ({ channel, kind: 'private', id: userId });

/** The first decision stands, and only on what was read: whoever finds it decided or mended since changes nothing. */
async function close(
  tx: Tx,
  { filed, personId, now }: Decision,
  outcome: Pick<Registration, 'status'> & Partial<Pick<Registration, 'reason'>>,
): Promise<boolean> {
  const { id, status, unitId, details } = filed;
  const closed = { ...outcome, decidedBy: personId, decidedAt: now, heard: '', fruitless: 0 };
  const { affected } = await tx.update(
    Registration,
    { id, status, unitId, name: details.name, mobile: details.mobile },
    closed,
  );
  return affected === 1;
}

async function knownHolder(tx: Tx, { channel, userId }: Filed): Promise<string | null> {
  const identity = await tx.findOneBy(Identity, { channel, userId });
  if (!identity) return null;
  return (await tx.findOneBy(Person, { id: identity.personId }))?.name ?? '';
}

/** The account goes to a person of the roster, whose posts stay as they are. */
async function bind(
  tx: Tx,
  { channel, userId, details }: Filed,
  { holder, roles }: Extract<Kinship, { kind: 'same' }>,
): Promise<RosterRole> {
  const { personId } = holder;
  const { title, officePhone, mobile, email } = details;
  await tx.update(Person, personId, { title, officePhone, mobile, email });
  await tx.delete(Identity, { channel, personId });
  await tx.insert(Identity, { channel, userId, personId });
  return roles[0] ?? holder.role;
}

/** A new person, the unit's contact, or its deputy where there is a contact already. */
async function admit(tx: Tx, { filed, now }: Decision): Promise<RosterRole> {
  const { channel, userId, unitId } = filed;
  const { name, title, officePhone, mobile, email } = filed.details;
  const deputy = await hasMainContact(tx, unitId, now);
  const inserted = await tx.insert(Person, { name, title, officePhone, mobile, email, createdAt: now });
  const personId = Number(inserted.identifiers[0]?.['id']);
  await tx.insert(Identity, { channel, userId, personId });
  await tx.insert(Assignment, { personId, unitId, role: 'contact', deputy, since: now, until: null });
  return deputy ? '副联络员' : '联络员';
}

const replaced = ({ channel, short, details }: Filed, kinship: Kinship): Notices =>
  kinship.kind !== 'same'
    ? []
    : kinship.accounts.map((userId) => ({
        chat: { channel, kind: 'private', id: userId },
        content: replacedNotice(short, details.name),
      }));
