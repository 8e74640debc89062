/** On which mornings a unit that has not filed is reminded: before the due day, on it, and twice after it. */
import { dayOf, instantAt } from './civil-day';
import type { PeriodTerms } from './periods';
import { isWorkingDay, nextWorkingDay, workingDayFrom, workingDaysAfter, workingDaysBefore } from './working-days';

/** In working days from the due day; up to T+1 the contacts are told, at T+3 the leads. */
export type ReminderStep = 'T-3' | 'T-1' | 'T-0' | 'T+1' | 'T+3';

export interface ReminderMoment {
  readonly step: ReminderStep;
  readonly dueAt: Date;
}

export const reminderTime = '10:00';

const before: readonly (readonly [ReminderStep, number])[] = [
  ['T-3', 3],
  ['T-1', 1],
  ['T-0', 0],
];
const after: readonly (readonly [ReminderStep, number])[] = [
  ['T+1', 1],
  ['T+3', 3],
];

/**
 * In their order. A period that opens within three working days of its deadline is first mentioned on its first working
 * day; an extended one, of which the unit has just been told, on the working day before its end.
 */
export function reminderMoments(terms: PeriodTerms): readonly ReminderMoment[] {
  const dueDay = dayOf(terms.dueAt);
  const firstDay = workingDayFrom(dayOf(terms.opensAt));
  const ahead = before.map(([step, days]) => {
    const day = workingDaysBefore(dueDay, days);
    const isOpen = firstDay <= day;
    return { step, dueAt: instantAt(isOpen ? day : firstDay, reminderTime) };
  });
  const overdue = after.map(([step, days]) => ({
    step,
    dueAt: instantAt(workingDaysAfter(dueDay, days), reminderTime),
  }));
  return [
    ...ahead.filter(({ dueAt }, index) => dueAt < (ahead[index + 1]?.dueAt ?? terms.dueAt)),
    ...overdue.filter(({ dueAt }) => dueAt < terms.locksAt),
  ].filter(({ step }) => step !== 'T-3' || !terms.extendedFrom);
}

/** The next morning on which units are reminded. */
export function nextRound(now: Date): Date {
  const day = dayOf(now);
  const isAhead = isWorkingDay(day) && now < instantAt(day, reminderTime);
  return instantAt(isAhead ? day : nextWorkingDay(day), reminderTime);
}
