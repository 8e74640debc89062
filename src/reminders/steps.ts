/** Which step a unit that has not filed has come to. Pure; each step has a key by which it happens once. */
import { dayOf } from '../calendar/civil-day';
import type { PeriodTerms } from '../calendar/periods';
import { type ReminderStep, reminderMoments } from '../calendar/reminder-steps';

export interface DueStep {
  readonly step: ReminderStep;
  readonly dueAt: Date;
  /** As `Reminder.occurrence`. */
  readonly occurrence: string;
}

export interface StepSubject {
  readonly table: string;
  readonly unitId: number;
  /** Those of the unit, with its extension. */
  readonly terms: PeriodTerms;
}

/**
 * The latest step that has come, unless it happened. So what fell into a pause or an outage is made up for once, on the
 * first morning after it, and only the last of it. A reminder of the deadline has no sense once that has passed.
 */
export function stepDue(subject: StepSubject, done: ReadonlySet<string>, now: Date): DueStep | null {
  const latest = reminderMoments(subject.terms).findLast(({ dueAt }) => dueAt <= now);
  if (!latest) return null;
  const occurrence = occurrenceOf(subject, latest.step);
  const isLate = isBeforeDue(latest.step) && now > subject.terms.dueAt;
  return isLate || done.has(occurrence) ? null : { ...latest, occurrence };
}

export const isBeforeDue = (step: ReminderStep): boolean => step.startsWith('T-');

/** An extension has steps of its own: its T-1 comes after the one of before. */
function occurrenceOf({ table, unitId, terms }: StepSubject, step: ReminderStep): string {
  const label = terms.extendedFrom ? `${step}@${dayOf(terms.dueAt)}` : step;
  return `${table}/${terms.period}/${label}/${unitId}`;
}
