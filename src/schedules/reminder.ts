/**
 * 催报, a working morning's round: each unit that has not filed gets the step it has come to, its contacts up to T+1, its
 * leads at T+3; nobody who filed, and nobody whose reminders are paused.
 */
import { addresseesOf, contactNames } from '../access/holders';
import type { PeriodTerms } from '../calendar/periods';
import type { Occurrence } from '../calendar/timetable';
import type { Content } from '../channels/content';
import type { Tx } from '../database/database';
import type { Draft } from '../delivery/outbox';
import { reminderContents } from '../reminders/contents';
import { composeEscalation } from '../reminders/escalate';
import { loadMissing, type MissingUnit } from '../reminders/missing';
import { aboutReport, expiryOf, keepReminders, stepsDone } from '../reminders/records';
import { type DueStep, stepDue } from '../reminders/steps';
import type { TableDefinition } from '../table/definition';

export interface ScheduledWork {
  readonly tx: Tx;
  readonly definition: TableDefinition;
  readonly occurrence: Occurrence;
  readonly now: Date;
}

interface UnitDue extends MissingUnit {
  readonly due: DueStep;
}

const isForLeads = ({ due }: UnitDue): boolean => due.step === 'T+3';

export async function reminderDrafts(work: ScheduledWork): Promise<readonly Draft[]> {
  const units = await findDue(work);
  if (units.length === 0) return [];
  const told = [
    ...(await tell(
      work,
      'contact',
      units.filter((unit) => !isForLeads(unit)),
    )),
    ...(await tell(work, 'lead', units.filter(isForLeads))),
  ];
  await keepReminders(
    work.tx,
    units.flatMap((unit) => recordOf(work, unit, told)),
  );
  return told.map(({ draft }) => draft);
}

async function findDue({ tx, definition, occurrence, now }: ScheduledWork): Promise<readonly UnitDue[]> {
  const { period } = occurrence;
  const missing = await loadMissing(tx, { definition, period, within: '/', now });
  const reminded = missing.filter(({ pause }) => pause === null);
  if (reminded.length === 0) return [];
  const done = await stepsDone(tx, definition, period);
  return reminded.flatMap((unit) => {
    const due = stepDue({ table: definition.name, unitId: unit.unitId, terms: unit.terms }, done, now);
    return due ? [{ ...unit, due }] : [];
  });
}

interface Told {
  readonly unitId: number;
  readonly draft: Draft;
}

async function tell(
  work: ScheduledWork,
  role: 'contact' | 'lead',
  units: readonly UnitDue[],
): Promise<readonly Told[]> {
  if (units.length === 0) return [];
  const { tx, now, definition, occurrence } = work;
  const contents = role === 'lead' ? await escalations(work, units) : await reminders(work, units);
  const unitIds = units.map(({ unitId }) => unitId);
  const expiries = new Map(units.map(({ unitId, terms }) => [unitId, expiryIn(occurrence, terms, now)]));
  return (await addresseesOf(tx, [role], now, unitIds)).flatMap(({ unitId, chat }) => {
    const content = contents.get(unitId);
    const about = aboutReport(definition, occurrence.period, unitId);
    const expiresAt = expiries.get(unitId);
    return content ? [{ unitId, draft: { chat, content, purpose: 'reminder', about, expiresAt } }] : [];
  });
}

/** The next round says anew what is missing. */
function expiryIn({ expiresAt }: Occurrence, terms: PeriodTerms, now: Date): Date {
  const own = expiryOf(terms, now);
  return expiresAt !== null && expiresAt < own ? expiresAt : own;
}

const reminders = ({ tx, definition, occurrence, now }: ScheduledWork, units: readonly UnitDue[]) =>
  reminderContents(tx, { definition, period: occurrence.period, now }, units);

async function escalations(
  { tx, definition, now }: ScheduledWork,
  units: readonly UnitDue[],
): Promise<ReadonlyMap<number, Content>> {
  const unitIds = units.map(({ unitId }) => unitId);
  const names = await contactNames(tx, unitIds, now);
  return new Map(
    units.map(({ unitId, short, terms }) => {
      const facts = { unit: short, table: definition, terms, now, contacts: names.get(unitId) ?? [] };
      return [unitId, composeEscalation(facts)];
    }),
  );
}

/** What reached nobody is not done: whoever is appointed to the unit meanwhile hears of it the next morning. */
function recordOf({ definition, occurrence, now }: ScheduledWork, unit: UnitDue, told: readonly Told[]) {
  const messages = told.filter(({ unitId }) => unitId === unit.unitId).length;
  if (messages === 0) return [];
  const { unitId, due } = unit;
  const what = { tableName: definition.name, period: occurrence.period, unitId, requestedBy: null };
  return [{ ...what, ...due, sentAt: now, messages }];
}
