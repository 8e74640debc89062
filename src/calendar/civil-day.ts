/**
 * Civil days written `2025-07-05`, and the instants they stand for on clocks in Asia/Shanghai, which have been eight hours
 * ahead of UTC all year round since September 1991. Every message asks for some dozens of them, so they are reckoned in
 * milliseconds and not with a library that looks the zone up each time.
 */

/** `YYYY-MM-DD`: a day on the wall calendar, without time or zone. */
export type CivilDay = string;

const dayMs = 24 * 60 * 60 * 1000;
const minuteMs = 60 * 1000;
const aheadMs = 8 * 60 * minuteMs;

/** The day on which the instant falls. */
export function dayOf(instant: Date): CivilDay {
  return new Date(instant.getTime() + aheadMs).toISOString().slice(0, 10);
}

export function plusDays(day: CivilDay, days: number): CivilDay {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** How many days later the other is. */
export function daysBetween(day: CivilDay, other: CivilDay): number {
  return Math.round((Date.parse(other) - Date.parse(day)) / dayMs);
}

/** The instant at `18:00` of the day; `24:00` is the midnight that ends it. */
export function instantAt(day: CivilDay, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(Date.parse(`${day}T00:00+08:00`) + (hours * 60 + minutes) * minuteMs);
}

/** 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: CivilDay): number {
  return new Date(day).getUTCDay() || 7;
}

export function yearOf(day: CivilDay): number {
  return Number(day.slice(0, 4));
}
