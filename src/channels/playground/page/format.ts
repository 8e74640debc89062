/** How the page writes instants and names. Everything is shown in Shanghai time, wherever the browser is. */

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** China has had one zone without summer time since 1991. */
const shanghaiOffsetMs = 8 * 60 * minuteMs;
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

/** ISO-like civil time in Shanghai: `2025-07-02T09:30:00.000`. */
function civil(instant: string): string {
  return new Date(Date.parse(instant) + shanghaiOffsetMs).toISOString().slice(0, -1);
}

export const timeText = (instant: string): string => civil(instant).slice(11, 16);
export const yearText = (instant: string): string => `${civil(instant).slice(0, 4)}年`;

/** `7月2日` */
export function dateText(instant: string): string {
  const [, month, day] = civil(instant).slice(0, 10).split('-');
  return `${Number(month)}月${Number(day)}日`;
}

/** `周三` */
export function weekdayText(instant: string): string {
  return weekdays[new Date(Date.parse(instant) + shanghaiOffsetMs).getUTCDay()] ?? '';
}

const dayNumber = (instant: string): number => Math.floor((Date.parse(instant) + shanghaiOffsetMs) / dayMs);

/** For a line that stands between messages: the time alone today, with the day before it on other days. */
export function separatorText(at: string, now: string): string {
  const daysAgo = dayNumber(now) - dayNumber(at);
  if (daysAgo === 0) return timeText(at);
  if (daysAgo === 1) return `昨天 ${timeText(at)}`;
  return `${yearIfOther(at, now)}${dateText(at)} ${weekdayText(at)} ${timeText(at)}`;
}

/** For the list of chats, where there is room for a few characters only. */
export function listTimeText(at: string, now: string): string {
  const daysAgo = dayNumber(now) - dayNumber(at);
  if (daysAgo === 0) return timeText(at);
  return daysAgo === 1 ? '昨天' : `${yearIfOther(at, now)}${dateText(at)}`;
}

function yearIfOther(at: string, now: string): string {
  return yearText(at) === yearText(now) ? '' : yearText(at);
}

/** Messages further apart than this get a time between them. */
export const isPause = (earlier: string, later: string): boolean =>
  Math.abs(Date.parse(later) - Date.parse(earlier)) > 5 * minuteMs;

/** Value of a `datetime-local` field. */
export const toFieldValue = (instant: string): string => civil(instant).slice(0, 16);

/** The instant that a `datetime-local` field means, or null while it is incomplete. */
export function fromFieldValue(value: string): string | null {
  const parsed = Date.parse(`${value}:00+08:00`);
  return Number.isNaN(parsed) ? null : new Date(parsed).toISOString();
}

export const later = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * 60 * minuteMs).toISOString();

/** One of eight hues for an avatar, always the same for the same id. */
export function hueOf(id: string): number {
  return [...id].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 8, 7);
}
