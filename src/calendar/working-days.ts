/**
 * Working days with 调休, as the State Council announces them each autumn for the year to come. The days come from the
 * data file of chinese-days; its functions are left alone, since west of Greenwich they are a day off and since they
 * answer for years not yet announced as if those had no holidays.
 */
import announced from 'chinese-days/dist/chinese-days.json';
import { type CivilDay, plusDays, weekdayOf, yearOf } from './civil-day';

/** By day, `English name,中文名,days`. */
const holidays: Readonly<Record<string, string>> = announced.holidays;
/** Weekend days worked in exchange for a holiday. */
const exchanged: Readonly<Record<string, string>> = announced.workdays;
const weekend: Readonly<Record<number, string>> = { 6: '周六', 7: '周日' };

/** Whether the holidays of the year are known; if not, its working days are plain Mondays to Fridays, subject to change. */
export function isAnnounced(year: number): boolean {
  // Only a year's own announcement names its National Day; its New Year may already stand in the one before.
  return `${year}-10-01` in holidays;
}

export function isWorkingDay(day: CivilDay): boolean {
  return whyNotWorking(day) === null;
}

/** 周六, 国庆节假期 …; null on a working day. */
export function whyNotWorking(day: CivilDay): string | null {
  if (day in exchanged) return null;
  const holiday = holidays[day]?.split(',')[1];
  return holiday ? `${holiday}假期` : (weekend[weekdayOf(day)] ?? null);
}

/** The day itself when it is a working day, else the next one. */
export function workingDayFrom(day: CivilDay): CivilDay {
  return isWorkingDay(day) ? day : nextWorkingDay(day);
}

/** The first working day after the day. */
export function nextWorkingDay(day: CivilDay): CivilDay {
  return step(day, 1);
}

/** The `count`-th working day before the day, which itself does not count. */
export function workingDaysBefore(day: CivilDay, count: number): CivilDay {
  let reached = day;
  for (let counted = 0; counted < count; counted++) reached = step(reached, -1);
  return reached;
}

/** The `count`-th working day after the day, which itself does not count. */
export function workingDaysAfter(day: CivilDay, count: number): CivilDay {
  let reached = day;
  for (let counted = 0; counted < count; counted++) reached = step(reached, 1);
  return reached;
}

/** Whether every year that the days fall in is announced. */
export function areAnnounced(days: readonly CivilDay[]): boolean {
  return days.every((day) => isAnnounced(yearOf(day)));
}

function step(day: CivilDay, direction: 1 | -1): CivilDay {
  let reached = plusDays(day, direction);
  while (!isWorkingDay(reached)) reached = plusDays(reached, direction);
  return reached;
}
