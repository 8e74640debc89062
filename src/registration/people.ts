/** Who is known already beside a registration: the same person without this account, somebody else with the number, a namesake. */
import { Assignment } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import { Unit } from '../../entities/unit';
import type { Tx } from '../database/database';
import { locking, run } from '../database/sql';
import { type RosterRole, roleName } from '../roster/columns';
import type { Details } from './columns';

/** Somebody known, in one post that is held now. */
export interface Holder {
  readonly personId: number;
  readonly name: string;
  readonly mobile: string;
  readonly unitId: number;
  readonly unit: string;
  readonly role: RosterRole;
}

export type Kinship =
  /** One of the roster: the account is bound to this person, in the place of what the channel has. */
  | {
      readonly kind: 'same';
      readonly holder: Holder;
      readonly roles: readonly RosterRole[];
      /** Accounts of this channel that are replaced. */
      readonly accounts: readonly string[];
    }
  /** The mobile number belongs to somebody else, or to this name in another unit: staff have to settle it first. */
  | { readonly kind: 'taken'; readonly holder: Holder }
  /** The unit has somebody of this name under another number, or under none but with an account. */
  | { readonly kind: 'namesake'; readonly holder: Holder }
  | { readonly kind: 'new' };

/** @param details with the channel of the account that registers. */
export async function findKinship(
  tx: Tx,
  details: Details & { readonly channel: string },
  now: Date,
): Promise<Kinship> {
  const { unitId, name, mobile, channel } = details;
  const holders = await findHolders(tx, details, now);
  const sharing = holders.filter((holder) => holder.mobile === mobile);
  const namesakes = holders.filter((holder) => holder.name === name && holder.unitId === unitId);
  const [holder] = namesakes.filter((each) => each.mobile === mobile);
  if (!holder && sharing[0]) return { kind: 'taken', holder: sharing[0] };
  const alike = holder ?? namesakes[0];
  if (!alike) return { kind: 'new' };
  const accounts = await tx.findBy(Identity, { personId: alike.personId });
  const isSame = holder !== undefined || (alike.mobile === '' && accounts.length === 0);
  if (!isSame) return { kind: 'namesake', holder: alike };
  const roles = namesakes.filter((each) => each.personId === alike.personId).map((each) => each.role);
  const replaced = accounts.filter((account) => account.channel === channel).map((account) => account.userId);
  return { kind: 'same', holder: alike, roles, accounts: replaced };
}

type Row = Omit<Holder, 'role'> & { readonly role: Assignment['role']; readonly deputy: boolean | number };

async function findHolders(tx: Tx, { unitId, name, mobile }: Details, now: Date): Promise<readonly Holder[]> {
  const rows = await tx
    .createQueryBuilder(Person, 'person')
    .innerJoin(Assignment, 'post', 'post.personId = person.id')
    .innerJoin(Unit, 'unit', 'unit.id = post.unitId')
    .select('person.id', 'personId')
    .addSelect('person.name', 'name')
    .addSelect('person.mobile', 'mobile')
    .addSelect('unit.id', 'unitId')
    .addSelect('unit.short', 'unit')
    .addSelect('post.role', 'role')
    .addSelect('post.deputy', 'deputy')
    .where('(person.mobile = :mobile OR (person.name = :name AND unit.id = :unitId))', { mobile, name, unitId })
    .andWhere('post.since <= :now AND (post.until IS NULL OR post.until > :now)', { now })
    .orderBy('post.id')
    .getRawMany<Row>();
  return rows.map((row) => ({ ...row, role: roleName({ role: row.role, deputy: Boolean(row.deputy) }) }));
}

/** Whether the unit has a contact who is no deputy. Its row is locked first: two may be approved at once. */
export async function hasMainContact(tx: Tx, unitId: number, now: Date): Promise<boolean> {
  await run(tx, locking('SELECT id FROM unit WHERE id = ?', [unitId]));
  return tx
    .createQueryBuilder(Assignment, 'post')
    .where({ unitId, role: 'contact', deputy: false })
    .andWhere('post.since <= :now AND (post.until IS NULL OR post.until > :now)', { now })
    .getExists();
}
