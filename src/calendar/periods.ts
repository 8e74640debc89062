/**
 * The reporting periods of a table: when each opens, is due and locks, from the cadence that its notice sets and the
 * working days. Nothing here is stored; what one unit was granted is in leave.ts.
 */
import { DateTime } from 'luxon';
import { inShanghai } from '../clock';
import type { Cadence } from '../table/definition';
import { type CivilDay, dayOf, instantAt, plusDays, yearOf } from './civil-day';
import { areAnnounced, whyNotWorking, workingDayFrom } from './working-days';

export interface PeriodTerms {
  /** `2025-06` */
  readonly period: string;
  /** 2025年6月 */
  readonly label: string;
  /** Figures are counted up to the end of this day: `2025-06-30`. */
  readonly asOf: CivilDay;
  readonly opensAt: Date;
  readonly dueAt: Date;
  /** From this instant on, nothing is filed without leave. */
  readonly locksAt: Date;
  /** The due day of the cadence and why it could not stand; null when it does stand. */
  readonly shifted: { readonly from: CivilDay; readonly why: string } | null;
  /** Of a unit with an extension: when all others are due. */
  readonly extendedFrom?: Date;
  /** Of a unit with leave to file late: when the period was locked for all others. */
  readonly supplementFrom?: Date;
  /** False while the holidays around the due day are not announced, so that it may still move. */
  readonly announced: boolean;
}

/** Every message asks for the same few periods of a cadence, and their terms never change. */
const known = new WeakMap<Cadence, Map<string, PeriodTerms>>();
/** People may name any month of any year. */
const mostKnown = 100;

/** 遇非工作日顺延；截止日后第 n 个自然日 24:00 锁定. */
export function termsOf(cadence: Cadence, period: string): PeriodTerms {
  return known.get(cadence)?.get(period) ?? remember(cadence, computeTerms(cadence, period));
}

function remember(cadence: Cadence, terms: PeriodTerms): PeriodTerms {
  const ofCadence = known.get(cadence) ?? new Map<string, PeriodTerms>();
  if (ofCadence.size >= mostKnown) ofCadence.clear();
  known.set(cadence, ofCadence.set(terms.period, terms));
  return terms;
}

function computeTerms(cadence: Cadence, period: string): PeriodTerms {
  const following = nextPeriod(period);
  const opensOn = `${following}-01`;
  const lastDay = Number(plusDays(`${nextPeriod(following)}-01`, -1).slice(8));
  const nominal = `${following}-${String(Math.min(cadence.dueDay, lastDay)).padStart(2, '0')}`;
  const dueDay = workingDayFrom(nominal);
  const why = whyNotWorking(nominal);
  return {
    period,
    label: `${yearOf(period)}年${Number(period.slice(5))}月`,
    asOf: plusDays(opensOn, -1),
    opensAt: instantAt(opensOn, '00:00'),
    dueAt: instantAt(dueDay, cadence.dueTime),
    locksAt: instantAt(plusDays(dueDay, cadence.lockAfterDays), '24:00'),
    shifted: why === null ? null : { from: nominal, why },
    announced: areAnnounced([nominal, dueDay]),
  };
}

export function previousPeriod(period: string): string {
  return plusMonths(period, -1);
}

export function nextPeriod(period: string): string {
  return plusMonths(period, 1);
}

function plusMonths(period: string, months: number): string {
  const [year = 0, month = 1] = period.split('-').map(Number);
  const count = year * 12 + month - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** The newest period that has opened by now, locked or not. */
export function newestPeriod(now: Date): string {
  return previousPeriod(dayOf(now).slice(0, 7));
}

/** The periods that can be filed now, oldest first. */
export function openPeriods(cadence: Cadence, now: Date): readonly PeriodTerms[] {
  // A due day lies at most six weeks after its period, however long a holiday moves it.
  const reach = Math.ceil((cadence.lockAfterDays + 42) / 28);
  return periodsBack(newestPeriod(now), reach)
    .map((period) => termsOf(cadence, period))
    .filter((terms) => terms.opensAt <= now && now < terms.locksAt);
}

/** The period and the `count` before it, oldest first. */
export function periodsBack(period: string, count: number): readonly string[] {
  const periods = [period];
  for (let taken = 0; taken < count; taken++) periods.unshift(previousPeriod(periods[0] ?? period));
  return periods;
}

/**
 * Where a figure given now belongs: `open` is the newest period that can be filed. Between a lock and the next opening
 * there is none, and `previous` is the period that has just been locked.
 */
export function periodFor(
  cadence: Cadence,
  now: Date,
): { readonly open: PeriodTerms | null; readonly previous: PeriodTerms; readonly next: PeriodTerms } {
  const newest = newestPeriod(now);
  const open = openPeriods(cadence, now).at(-1) ?? null;
  return {
    open,
    previous: termsOf(cadence, open ? previousPeriod(open.period) : newest),
    next: termsOf(cadence, nextPeriod(open?.period ?? newest)),
  };
}

/** 7月7日(周一)18:00 */
export function formatDue(terms: PeriodTerms): string {
  return formatMoment(terms.dueAt);
}

/** 7月7日(周一)18:00（7月5日为周六，顺延）: the due moment and whatever there is to say about it. */
export function explainDue(terms: PeriodTerms): string {
  const remarks = [];
  if (terms.supplementFrom) remarks.push(`已锁定，经市局同意可补报至${formatLock(terms)}`);
  if (terms.extendedFrom) return `${formatDue(terms)}（已延期，原截止${formatMoment(terms.extendedFrom)}）`;
  if (terms.shifted) remarks.push(`${formatDay(terms.shifted.from)}为${terms.shifted.why}，顺延`);
  if (!terms.announced) remarks.push(`${inShanghai(terms.dueAt).year}年放假安排尚未公布，截止日可能调整`);
  return formatDue(terms) + (remarks.length > 0 ? `（${remarks.join('；')}）` : '');
}

/** 7月17日24:00 */
export function formatLock(terms: PeriodTerms): string {
  return `${formatEndOf(terms.locksAt)}24:00`;
}

/** 7月7日(周一)18:00 */
export function formatMoment(instant: Date): string {
  return inShanghai(instant).setLocale('zh-CN').toFormat('M月d日(ccc)HH:mm');
}

/** 18:00 */
export function formatTime(instant: Date): string {
  return inShanghai(instant).toFormat('HH:mm');
}

/** 7月5日 */
export function formatDay(day: CivilDay): string {
  return DateTime.fromISO(day).toFormat('M月d日');
}

/** 2025年7月7日18:05 */
export function formatInstant(instant: Date): string {
  return inShanghai(instant).toFormat('y年M月d日HH:mm');
}

/** 7月12日, of an instant that is the midnight at its end. */
export function formatEndOf(instant: Date): string {
  return formatDay(plusDays(dayOf(instant), -1));
}
