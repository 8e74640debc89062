/** When the bot does not speak of its own accord: from 20:00 to 08:30 and on days off. It always answers. */
import { dayOf, instantAt } from './civil-day';
import { isWorkingDay, nextWorkingDay } from './working-days';

export const speaksFrom = '08:30';
const speaksUntil = '20:00';

export function isSilent(instant: Date): boolean {
  const day = dayOf(instant);
  return !isWorkingDay(day) || instant < instantAt(day, speaksFrom) || instant >= instantAt(day, speaksUntil);
}

/** The instant itself, or the end of the silence in which it lies. */
export function outOfSilence(instant: Date): Date {
  if (!isSilent(instant)) return instant;
  const day = dayOf(instant);
  const isMorning = isWorkingDay(day) && instant < instantAt(day, speaksFrom);
  return instantAt(isMorning ? day : nextWorkingDay(day), speaksFrom);
}
