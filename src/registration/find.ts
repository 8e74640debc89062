/** The registrations that staff may decide on, and which of them their words mean. */
import { Brackets } from 'typeorm';
import { Person } from '../../entities/person';
import { Registration, type RegistrationStatus } from '../../entities/registration';
import { Unit } from '../../entities/unit';
import type { Tx } from '../database/database';
import { findUnits } from '../reading/names';
import { detailsIn } from './columns';
import type { Applicant } from './notices';
import { unitsNamedIn } from './units';

/** A registration with its unit, and who decided on it. */
export interface Filed extends Applicant {
  readonly id: number;
  readonly channel: string;
  readonly userId: string;
  readonly status: RegistrationStatus;
  readonly unitId: number;
  readonly path: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
}

/** @param within paths of the units over which the staff work. */
export async function findWaiting(tx: Tx, within: readonly string[], most: number): Promise<readonly Filed[]> {
  const query = registrations(tx, within).andWhere("registration.status = 'waiting'");
  return filed(tx, await query.orderBy('registration.id').limit(most).getMany());
}

export interface Meant {
  /** What the words mean, the newest decision last. */
  readonly found: readonly Filed[];
  /** What is left of the words without unit, name and number. */
  readonly rest: string;
}

/** Those whose name stands in the words, narrowed by the unit and by the last four digits of the mobile number. */
export async function findMeant(tx: Tx, within: readonly string[], words: string): Promise<Meant> {
  const query = registrations(tx, within)
    .andWhere("registration.status <> 'asking' AND registration.name <> ''")
    .andWhere('INSTR(:words, registration.name) > 0', { words });
  const named = await filed(tx, await query.orderBy('registration.id').getMany());
  const mentions = findUnits(words, await unitsNamedIn(tx, words)).filter(
    ({ start, end }) => !named.some(({ details }) => details.name.includes(words.slice(start, end))),
  );
  const unitIds = mentions.flatMap((mention) => mention.ids);
  const longest = Math.max(0, ...named.map(({ details }) => details.name.length));
  const fitting = named.filter(
    (each) =>
      each.details.name.length === longest &&
      isWhole(words, each.details.name) &&
      (unitIds.length === 0 || unitIds.includes(each.unitId)),
  );
  const said = [...mentions.map(({ start, end }) => words.slice(start, end)), fitting[0]?.details.name ?? ''];
  const after = words.slice(Math.max(0, ...said.map((part) => (part ? words.indexOf(part) + part.length : 0))));
  const [, digits = '', rest = ''] = /^\s*(\d{4}(?!\d))?([\s\S]*)$/.exec(after) ?? [];
  return { found: fitting.filter((each) => each.details.mobile.endsWith(digits)), rest: bareReason(rest) };
}

/** 钱多多 is not meant by 钱多多多. */
function isWhole(words: string, name: string): boolean {
  const after = words.slice(words.indexOf(name) + name.length);
  return !/^\p{Script=Han}/u.test(after) || /^(吧|了|原因|因为|理由|的)/.test(after);
}

const bareReason = (words: string): string =>
  words.replace(/^[\s,，:：。;；]*(?:原因|因为|理由)?[\s是:：,，]*/, '').trim();

function registrations(tx: Tx, within: readonly string[]) {
  const subtrees = new Brackets((where) => {
    for (const [index, path] of within.entries()) {
      where.orWhere(`unit.path LIKE :within${index}`, { [`within${index}`]: `${path}%` });
    }
  });
  return tx
    .createQueryBuilder(Registration, 'registration')
    .innerJoin(Unit, 'unit', 'unit.id = registration.unitId')
    .where(subtrees);
}

async function filed(tx: Tx, rows: readonly Registration[]): Promise<readonly Filed[]> {
  if (rows.length === 0) return [];
  const units = await byId(
    tx,
    Unit,
    rows.map((row) => row.unitId),
  );
  const people = await byId(
    tx,
    Person,
    rows.map((row) => row.decidedBy),
  );
  return rows.flatMap((row) => {
    const unit = row.unitId === null ? undefined : units.get(row.unitId);
    if (!unit) return [];
    const { id, channel, userId, status, decidedAt } = row;
    const decidedBy = people.get(row.decidedBy ?? 0)?.name ?? null;
    const account = { id, channel, userId, status, decidedAt, decidedBy };
    return [
      { ...account, unitId: unit.id, path: unit.path, short: unit.short, unitName: unit.name, details: detailsIn(row) },
    ];
  });
}

async function byId<T extends Unit | Person>(tx: Tx, entity: new () => T, ids: readonly (number | null)[]) {
  const known = ids.filter((id) => id !== null);
  const rows = await tx.createQueryBuilder(entity, 'row').whereInIds(known).getMany();
  return new Map(rows.map((row) => [row.id, row]));
}
