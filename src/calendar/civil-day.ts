/** Civil days written `2025-07-05`, and the instants they stand for on clocks in Asia/Shanghai. */
import { DateTime } from 'luxon';
import { inShanghai, ZONE } from '../clock';

/** `YYYY-MM-DD`: a day on the wall calendar, without time or zone. */
export type CivilDay = string;

/** The day on which the instant falls. */
export function dayOf(instant: Date): CivilDay {
  return inShanghai(instant).toFormat('yyyy-MM-dd');
}

export function plusDays(day: CivilDay, days: number): CivilDay {
  return midnight(day).plus({ days }).toFormat('yyyy-MM-dd');
}

/** The instant at `18:00` of the day; `24:00` is the midnight that ends it. */
export function instantAt(day: CivilDay, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return midnight(day).plus({ hours, minutes }).toJSDate();
}

/** 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: CivilDay): number {
  return midnight(day).weekday;
}

export function yearOf(day: CivilDay): number {
  return midnight(day).year;
}

function midnight(day: CivilDay): DateTime {
  return DateTime.fromISO(day, { zone: ZONE });
}
