/**
 * Which reminders and bulletins there are to send and when: a pure function of the declared tables and the working days,
 * so that two copies of the bot, and one that slept, come to the same list with the same keys.
 */
import { inShanghai } from '../clock';
import type { Cadence, TableDefinition } from '../table/definition';
import { type CivilDay, dayOf, instantAt } from './civil-day';
import { newestPeriod, type PeriodTerms, periodsBack, termsOf } from './periods';
import { type ReminderStep, reminderMoments, reminderTime } from './reminder-steps';
import { outOfSilence, speaksFrom } from './silence';
import { nextWorkingDay, workingDayFrom } from './working-days';

export type Schedule = 'reminder' | 'urge' | 'bulletin';
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
  /** The step of the units without extension or pause; null on a morning between. */
  (
    | { readonly schedule: 'reminder'; readonly step: ReminderStep | null }
    | { readonly schedule: 'urge'; readonly step: null }
    | { readonly schedule: 'bulletin'; readonly step: BulletinStep }
  );

export interface Timetable {
  /** The occurrences due after the one instant and up to the other, in the order in which they are due. */
  between(after: Date, upTo: Date): readonly Occurrence[];
  /** The first occurrence due after the instant; null when there are no tables to report. */
  next(after: Date): Occurrence | null;
}

const finalTime = '09:00';
const provisionalDelayMinutes = 5;

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
  return [...planReminders(table.name, terms), ...planUrges(table.name, terms), ...planBulletins(table.name, terms)];
}

/**
 * A round on each working morning from the first step to the lock: what the unit at hand is told that morning, with its
 * extension and its pause, is decided when it comes. Each round gives way to the next, and those before the deadline to it.
 */
function planReminders(table: string, terms: PeriodTerms): readonly Occurrence[] {
  const moments = reminderMoments(terms);
  const [first] = moments;
  const rounds = first ? workingDaysBetween(dayOf(first.dueAt), terms.locksAt) : [];
  return rounds.map((day, index) => {
    const dueAt = instantAt(day, reminderTime);
    const step = moments.find((moment) => moment.dueAt.getTime() === dueAt.getTime())?.step ?? null;
    const next = rounds[index + 1];
    const gone = next === undefined ? terms.locksAt : instantAt(next, reminderTime);
    return {
      key: `${table}/${terms.period}/reminder/${step ?? day}`,
      schedule: 'reminder',
      step,
      table,
      period: terms.period,
      dueAt,
      expiresAt: dueAt < terms.dueAt && terms.dueAt < gone ? terms.dueAt : gone,
    };
  });
}

/** What staff asked for in the silence goes out when it ends. */
function planUrges(table: string, terms: PeriodTerms): readonly Occurrence[] {
  const days = workingDaysBetween(workingDayFrom(dayOf(terms.opensAt)), terms.locksAt);
  return days.map((day, index) => ({
    key: `${table}/${terms.period}/urge/${day}`,
    schedule: 'urge',
    step: null,
    table,
    period: terms.period,
    dueAt: instantAt(day, speaksFrom),
    expiresAt: instantAt(days[index + 1] ?? dayOf(terms.locksAt), speaksFrom),
  }));
}

function workingDaysBetween(first: CivilDay, until: Date): readonly CivilDay[] {
  const days: CivilDay[] = [];
  for (let day = first; instantAt(day, reminderTime) < until; day = nextWorkingDay(day)) days.push(day);
  return days;
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
