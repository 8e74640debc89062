/**
 * Which reminders and bulletins there are to send and when: a pure function of the declared tables and the working days,
 * so that two copies of the bot, and one that slept, come to the same list with the same keys.
 */
import { inShanghai } from '../clock';
import type { Cadence, TableDefinition } from '../table/definition';
import { dayOf, instantAt } from './civil-day';
import { newestPeriod, type PeriodTerms, periodsBack, termsOf } from './periods';
import { outOfSilence } from './silence';
import { workingDayFrom, workingDaysBefore } from './working-days';

export type Schedule = 'reminder' | 'bulletin';
/** Working days before the due day. */
export type ReminderStep = 'T-3' | 'T-1' | 'T-0';
/** 暂定, shortly after the due moment; 定稿, once the period is locked. */
export type BulletinStep = 'provisional' | 'final';

interface Planned {
  /** At most 100 characters and unique over all time: `statistics/2025-06/reminder/T-3`. */
  readonly key: string;
  /** Name of the table. */
  readonly table: string;
  readonly period: string;
  readonly dueAt: Date;
  /** From then on it must not be sent any more, however late the bot is; null when it is never too late. */
  readonly expiresAt: Date | null;
}

export type Occurrence = Planned &
  (
    | { readonly schedule: 'reminder'; readonly step: ReminderStep }
    | { readonly schedule: 'bulletin'; readonly step: BulletinStep }
  );

export interface Timetable {
  /** The occurrences due after the one instant and up to the other, in the order in which they are due. */
  between(after: Date, upTo: Date): readonly Occurrence[];
  /** The first occurrence due after the instant; null when there are no tables to report. */
  next(after: Date): Occurrence | null;
}

const reminderTime = '10:00';
const finalTime = '09:00';
const provisionalDelayMinutes = 5;
const reminderSteps: readonly (readonly [ReminderStep, number])[] = [
  ['T-3', 3],
  ['T-1', 1],
  ['T-0', 0],
];

export function timetableOf(tables: readonly TableDefinition[]): Timetable {
  return {
    between: (after, upTo) => occurrencesBetween(tables, after, upTo),
    next: (after) => nextOccurrence(tables, after),
  };
}

/** The occurrences with after < dueAt ≤ upTo, in the order in which they are due. */
export function occurrencesBetween(tables: readonly TableDefinition[], after: Date, upTo: Date): readonly Occurrence[] {
  return tables
    .filter((table) => table.shape === 'figures')
    .flatMap((table) => touchedPeriods(table.cadence, after, upTo).flatMap((period) => plan(table, period)))
    .filter((occurrence) => after < occurrence.dueAt && occurrence.dueAt <= upTo)
    .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
}

export function nextOccurrence(tables: readonly TableDefinition[], after: Date): Occurrence | null {
  // Every table has several each month, and the longest holiday moves them by less than another month.
  const horizon = inShanghai(after).plus({ months: 3 }).toJSDate();
  return occurrencesBetween(tables, after, horizon)[0] ?? null;
}

/** Every period of which something may be due in the span. */
function touchedPeriods(cadence: Cadence, after: Date, upTo: Date): readonly string[] {
  const newest = newestPeriod(upTo);
  const months = Math.ceil(inShanghai(upTo).diff(inShanghai(after), 'months').months);
  return periodsBack(newest, Math.max(0, months) + Math.ceil((cadence.lockAfterDays + 56) / 28));
}

function plan(table: TableDefinition, period: string): readonly Occurrence[] {
  const terms = termsOf(table.cadence, period);
  return [...planReminders(table.name, terms), ...planBulletins(table.name, terms)];
}

/** Each reminder gives way to the one after it, and the last to the due moment. */
function planReminders(table: string, terms: PeriodTerms): readonly Occurrence[] {
  const steps = reminderMoments(terms);
  return steps.map(({ step, dueAt }, index) => ({
    key: `${table}/${terms.period}/reminder/${step}`,
    schedule: 'reminder',
    step,
    table,
    period: terms.period,
    dueAt,
    expiresAt: steps[index + 1]?.dueAt ?? terms.dueAt,
  }));
}

/** A period that opens within three working days of its deadline is first mentioned on its first working day. */
function reminderMoments(terms: PeriodTerms): readonly { readonly step: ReminderStep; readonly dueAt: Date }[] {
  const dueDay = dayOf(terms.dueAt);
  const firstDay = workingDayFrom(dayOf(terms.opensAt));
  const moments = reminderSteps.map(([step, daysBefore]) => {
    const day = workingDaysBefore(dueDay, daysBefore);
    const isOpen = firstDay <= day;
    return { step, dueAt: instantAt(isOpen ? day : firstDay, reminderTime) };
  });
  return moments.filter(({ dueAt }, index) => dueAt < (moments[index + 1]?.dueAt ?? terms.dueAt));
}

function planBulletins(table: string, terms: PeriodTerms): readonly Occurrence[] {
  const afterDue = inShanghai(terms.dueAt).plus({ minutes: provisionalDelayMinutes }).toJSDate();
  const finalAt = instantAt(workingDayFrom(dayOf(terms.locksAt)), finalTime);
  const planBulletin = (step: BulletinStep, dueAt: Date, expiresAt: Date | null): Occurrence => ({
    key: `${table}/${terms.period}/bulletin/${step}`,
    schedule: 'bulletin',
    step,
    table,
    period: terms.period,
    dueAt,
    expiresAt,
  });
  return [planBulletin('provisional', outOfSilence(afterDue), finalAt), planBulletin('final', finalAt, null)];
}
