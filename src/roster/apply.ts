/** Writes what a roster plan says: persons, posts (never deleted, only ended) and accounts. */
import { IsNull, MoreThan, Or } from 'typeorm';
import { Assignment } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import { Unit } from '../../entities/unit';
import type { Tx } from '../database/database';
import { accountFields, accountKey } from './accounts';
import { type RosterField, rosterRoles } from './columns';
import { type FormerPerson, findHandovers, findReturns } from './former';
import type { RosterAddition, RosterChange, RosterPlan, RosterRow } from './roster';
import type { RosterState } from './store';

/** Columns of a person that a line may change. */
const detailFields = ['name', 'title', 'officePhone', 'mobile', 'email'] as const;
/** Rows of one INSERT; databases bound the number of its parameters. */
const insertRows = 100;

/**
 * Makes imports wait for each other until the end of the transaction. A write rather than a locking read, since the
 * embedded database knows no other lock; to be called first, so that everything read afterwards is the latest.
 */
export async function lockRoster(tx: Tx, { units }: RosterState): Promise<void> {
  const [root] = units.all;
  if (root) await tx.update(Unit, root.id, { code: () => 'code' });
}

/** @param state what the plan was made from. */
export async function applyRoster(tx: Tx, plan: RosterPlan, state: RosterState, now: Date): Promise<void> {
  if (plan.problems.length > 0) throw new Error('a roster plan with problems must not be applied');
  const returns = findReturns(plan, state.former);
  for (const { identity } of findHandovers(plan, state.former, returns)) await tx.delete(Identity, { ...identity });
  for (const change of plan.change) await applyChange(tx, change, now);
  const posts: Omit<Assignment, 'id'>[] = [];
  const accounts: Omit<Identity, 'id'>[] = [];
  for (const addition of plan.add) {
    const personId = await settlePerson(tx, addition.row, returns.get(addition), now);
    posts.push(postOf(personId, addition, now));
    accounts.push(...accountsOf(personId, addition.row));
  }
  for (const batch of batchesOf(posts)) await tx.insert(Assignment, batch);
  for (const batch of batchesOf(accounts)) await tx.insert(Identity, batch);
}

async function applyChange(tx: Tx, change: RosterChange, now: Date): Promise<void> {
  const { row, person, changes } = change;
  const changed = new Set(changes.map(({ field }) => field));
  const details = filledDetails(row, (field) => changed.has(field));
  if (Object.keys(details).length > 0) await tx.update(Person, person.personId, details);
  if (changed.has('unit') || changed.has('role')) await movePost(tx, change, now);
  for (const channel of accountFields) {
    if (!changed.has(channel)) continue;
    await tx.delete(Identity, { channel, personId: person.personId });
    await tx.insert(Identity, { channel, userId: accountKey(channel, row[channel]), personId: person.personId });
  }
}

/** The old post ends and the new one begins at the same instant, so that who held what when stays known. */
async function movePost(tx: Tx, change: RosterChange, now: Date): Promise<void> {
  const { personId, unitId, role, deputy } = change.person;
  const held = { personId, unitId, role, deputy, until: Or(IsNull(), MoreThan(now)) };
  await tx.update(Assignment, held, { until: now });
  await tx.insert(Assignment, postOf(personId, change, now));
}

/** The id of the line's person: somebody who returns, brought up to date, or a new one. */
async function settlePerson(tx: Tx, row: RosterRow, known: FormerPerson | undefined, now: Date): Promise<number> {
  if (known) {
    await tx.update(Person, known.personId, filledDetails(row));
    for (const { channel } of accountsOf(known.personId, row)) {
      await tx.delete(Identity, { channel, personId: known.personId });
    }
    return known.personId;
  }
  const { name, title, officePhone, mobile, email } = row;
  const inserted = await tx.insert(Person, { name, title, officePhone, mobile, email, createdAt: now });
  return Number(inserted.identifiers[0]?.['id']);
}

/** An empty cell says nothing: what is known stays. */
function filledDetails(row: RosterRow, isWanted: (field: RosterField) => boolean = () => true): Partial<Person> {
  const fields = detailFields.filter((field) => row[field] !== '' && isWanted(field));
  return Object.fromEntries(fields.map((field) => [field, row[field]]));
}

function postOf(personId: number, { row, unitId }: RosterAddition, now: Date): Omit<Assignment, 'id'> {
  return { personId, unitId, ...rosterRoles[row.role], since: now, until: null };
}

function accountsOf(personId: number, row: RosterRow): readonly Omit<Identity, 'id'>[] {
  return accountFields
    .filter((channel) => row[channel] !== '')
    .map((channel) => ({ channel, userId: accountKey(channel, row[channel]), personId }));
}

function batchesOf<T>(rows: readonly T[]): readonly T[][] {
  return Array.from({ length: Math.ceil(rows.length / insertRows) }, (_, index) =>
    rows.slice(index * insertRows, (index + 1) * insertRows),
  );
}
