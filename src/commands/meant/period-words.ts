/** Which table and period a message is about, and why a period cannot be filed. */
import { dayOf } from '../../calendar/civil-day';
import { formatDay, formatLock, openPeriods, type PeriodTerms, periodFor, termsOf } from '../../calendar/periods';
import type { StalePeriod } from '../../filing/draft';
import { readPeriod } from '../../reading/months';
import type { FieldDefinition, TableDefinition } from '../../table/definition';

export function tableNamed(text: string, tables: readonly TableDefinition[]): TableDefinition | undefined {
  const said = text.normalize('NFKC');
  return tables.find((table) => [table.short, table.title, table.attachment].some((name) => said.includes(name)));
}

/** The table that is named, else the one whose figures are spoken of, else the first: for whoever only wants to read. */
export function tableIn(text: string, tables: readonly TableDefinition[]): TableDefinition | undefined {
  return tableNamed(text, tables) ?? tableSpokenOf(text, tables) ?? tables[0];
}

/** The table of which more figures are spoken than of any other. */
export function tableSpokenOf(text: string, tables: readonly TableDefinition[]): TableDefinition | undefined {
  if (tables.length < 2) return undefined;
  const said = text.normalize('NFKC');
  const counts = tables.map((table) => table.fields.filter((field) => isSpokenOf(said, field)).length);
  const most = Math.max(...counts);
  return most > 0 && counts.filter((count) => count === most).length === 1 ? tables[counts.indexOf(most)] : undefined;
}

const isSpokenOf = (text: string, { short, name, synonyms }: FieldDefinition): boolean =>
  [short, name, ...synonyms].some((each) => text.includes(each));

const month = String.raw`(?:\d{4}年?[-./]?)?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|期)?(?!\s*\d{1,2}\s*[日号])`;
const named = new RegExp(
  String.raw`\d{4}-\d{2}(?!-?\d)|${month}|(?<!同|跟|和|与|比|较)上个?月(?!一样|相同|数|没)|(?<!截至)本月(?!没|无|未|不)`,
);

/** The period that is named as such (6月, 2025年6月, 上个月), not as part of a date; null when none is. */
export function periodIn(text: string, now: Date): string | null {
  const found = named.exec(text.normalize('NFKC'));
  return found ? readPeriod(found[0], dayOf(now)) : null;
}

const atStart = new RegExp(String.raw`^(?:\d{4}-\d{2}(?!-?\d)|${month}|上个?月)`);

/** The period that the words begin with, and how many characters name it; null when they begin otherwise. */
export function periodAtStart(words: string, now: Date): { readonly period: string; readonly length: number } | null {
  const [found] = atStart.exec(words) ?? [];
  if (found === undefined) return null;
  const period = readPeriod(found, dayOf(now));
  return period === null ? null : { period, length: found.length };
}

const heading = new RegExp(String.raw`^(?:${month}|\d{4}-\d{2})(?:的?(?:数据?|报表|统计表))?\s*[:：,，\n]`);

/** The period that heads a message (光山6月：…). A month in the middle of a talk is no reason to change the report. */
export function headingPeriod(text: string, names: readonly string[], now: Date): string | null {
  const said = text.normalize('NFKC').trim();
  const name = names.find((each) => said.startsWith(each)) ?? '';
  const rest = said.slice(name.length).trim();
  return heading.test(rest) ? periodIn(rest, now) : null;
}

export type PeriodChoice =
  | { readonly ok: true; readonly terms: PeriodTerms }
  | {
      readonly ok: false;
      readonly reason: string;
      /** The period that would be meant, had it not been locked; null when that is not why. */
      readonly locked: PeriodTerms | null;
      /** When the next one opens, where that helps. */
      readonly after: string;
    };

/** The period to file: the one that is asked for, else the open one; refuses with what to do instead. */
export function choosePeriod(table: TableDefinition, asked: string | null, now: Date): PeriodChoice {
  const { cadence } = table;
  if (asked === null) {
    const { open, previous, next } = periodFor(cadence, now);
    const several = openPeriods(cadence, now);
    if (several.length > 1) return { ok: false, reason: whichPeriod(several), locked: null, after: '' };
    if (open) return { ok: true, terms: open };
    return { ok: false, reason: `${lockedLine(previous)}${opensLine(next)}`, locked: previous, after: opensLine(next) };
  }
  const open = openPeriods(cadence, now).find((each) => each.period === asked);
  if (open) return { ok: true, terms: open };
  const terms = termsOf(cadence, asked);
  const isLocked = now >= terms.opensAt;
  const reason = isLocked ? lockedLine(terms) : opensLine(terms);
  return { ok: false, reason, locked: isLocked ? terms : null, after: '' };
}

/** Two periods at once: asked before anything is written. */
export function whichPeriod(terms: readonly PeriodTerms[]): string {
  const names = terms.map(monthOf);
  return `${names.join('、')}都可以报，请说明是哪一期，如“上报${names[0] ?? ''}”。`;
}

/** What to say of earlier drafts that were never confirmed. */
export function staleLines(table: TableDefinition, stale: readonly StalePeriod[], now: Date): readonly string[] {
  return stale.map(({ period, reopened }) => {
    const terms = termsOf(table.cadence, period);
    const month = monthOf(terms);
    if (reopened) return `提示：${month}经市局同意还可以补报，报它请说“上报${month}”。`;
    const isLocked = now >= terms.locksAt;
    return isLocked
      ? `提示：${month}草稿未交，已于${formatLock(terms)}锁定，没有混入本期；如需请回“申请补报${month} 原因”。`
      : `提示：${month}草稿还没交，报它请说“上报${month}”。`;
  });
}

/** 6月 */
export const monthOf = (terms: PeriodTerms): string => `${Number(terms.period.slice(5))}月`;

const lockedLine = (terms: PeriodTerms): string =>
  `${terms.label}的报表已于${formatLock(terms)}锁定，不能再报；确需补报请回“申请补报${monthOf(terms)} 原因”。`;

/** 7月期8月1日开放。 */
function opensLine(terms: PeriodTerms): string {
  const [year = '', following = ''] = nextMonth(terms.period).split('-');
  return `${monthOf(terms)}期${formatDay(`${year}-${following}-01`)}开放。`;
}

function nextMonth(period: string): string {
  const [year = 0, index = 0] = period.split('-').map(Number);
  return index === 12 ? `${year + 1}-01` : `${year}-${String(index + 1).padStart(2, '0')}`;
}
