/** The roster as the database holds it, in the terms of the import. Writing is apply.ts. */
import { In } from 'typeorm';
import { Assignment } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import type { Tx } from '../database/database';
import { accountFields } from './accounts';
import type { FormerPerson } from './former';
import type { RosterIdentity, RosterPerson } from './roster';
import { type KnownUnits, loadUnits } from './units';

export interface RosterState {
  /** Whoever holds a post, once for each post, in the official order of the units. */
  readonly current: readonly RosterPerson[];
  readonly former: readonly FormerPerson[];
  readonly units: KnownUnits;
}

/** An import compares its file with everybody, so everybody is loaded. */
export async function loadRoster(tx: Tx, now: Date): Promise<RosterState> {
  const units = await loadUnits(tx);
  const persons = await tx.find(Person, { order: { id: 'ASC' } });
  const posts = groupByPerson(await tx.find(Assignment, { order: { id: 'ASC' } }));
  const identities = groupByPerson(
    await tx.find(Identity, { where: { channel: In([...accountFields]) }, order: { id: 'ASC' } }),
  );
  const current: RosterPerson[] = [];
  const former: FormerPerson[] = [];
  for (const person of persons) {
    const accounts = (identities.get(person.id) ?? []).map(identityOf);
    const all = posts.get(person.id) ?? [];
    const held = all.filter(({ until }) => until === null || until > now);
    current.push(...held.map((post) => postOf(person, post, accounts)));
    if (held.length === 0) former.push(formerOf(person, all, accounts));
  }
  return { current: sortByUnit(current, units), former, units };
}

/** Equal for equal states: tells whether anyone changed the roster since it was last read. */
export function fingerprint({ current, former, units }: RosterState): string {
  return JSON.stringify([current, former, units.all]);
}

function groupByPerson<T extends { readonly personId: number }>(rows: readonly T[]): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(row.personId);
    if (group) group.push(row);
    else groups.set(row.personId, [row]);
  }
  return groups;
}

function identityOf({ channel, userId }: Identity): RosterIdentity {
  return { channel: channel as RosterIdentity['channel'], userId };
}

function postOf(person: Person, post: Assignment, identities: readonly RosterIdentity[]): RosterPerson {
  const { id: personId, name, title, officePhone, mobile, email } = person;
  const { unitId, role, deputy } = post;
  return { personId, unitId, name, title, officePhone, mobile, email, role, deputy, identities };
}

function formerOf(
  { id: personId, name, mobile }: Person,
  posts: readonly Assignment[],
  identities: readonly RosterIdentity[],
): FormerPerson {
  return { personId, name, mobile, unitIds: posts.map(({ unitId }) => unitId), identities };
}

function sortByUnit(persons: readonly RosterPerson[], units: KnownUnits): readonly RosterPerson[] {
  const rank = new Map(units.all.map(({ id }, index) => [id, index]));
  const rankOf = ({ unitId }: RosterPerson): number => rank.get(unitId) ?? units.all.length;
  return [...persons].sort((a, b) => rankOf(a) - rankOf(b));
}
