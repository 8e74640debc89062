/**
 * The bulletin (通报) and the progress (进度) of one table and period: how many units have filed, who has not, and what
 * it adds up to. Units are named in official order and never ranked or scored; a group sees progress and no figures.
 */
import Decimal from 'decimal.js';
import { formatInstant, type PeriodTerms, previousPeriod } from '../calendar/periods';
import type { BulletinStep } from '../calendar/timetable';
import { type Block, type Content, figures, heading, list, say } from '../channels/content';
import type { TableDefinition } from '../table/definition';
import { type Differences, differencesOf, type Earlier } from './differences';
import { totalsOf } from './totals';
import { type BulletinUnit, namesOf, type Progress, progressOf } from './unit-progress';

export interface ProgressFacts {
  readonly definition: TableDefinition;
  readonly terms: PeriodTerms;
  /** The instant at which the units were in these states. */
  readonly asOf: Date;
  readonly units: readonly BulletinUnit[];
}

export interface BulletinFacts extends ProgressFacts {
  readonly kind: BulletinStep;
  /** `202506-P1` */
  readonly version: string;
  /** The provisional bulletin of the same units; only beside a final one. */
  readonly earlier?: Earlier | null;
}

export interface Bulletin {
  /** For leaders and staff, in private. */
  readonly content: Content;
  /** For the group: no figure of a unit, and totals only where they hide each unit's share. */
  readonly group: Content;
}

const kindNames: Readonly<Record<BulletinStep, string>> = { provisional: '暂定', final: '定稿' };

export function composeBulletin(facts: BulletinFacts): Bulletin {
  const progress = progressOf(facts.units);
  const title = heading(titleOf(facts));
  const version = `版本 ${facts.version}`;
  const { news, groupNews } = tellNews(facts);
  return {
    content: say([title, stampOf(facts), ...tellProgress(progress), ...tellTotals(facts, progress), ...news, version]),
    group: say([
      title,
      stampOf(facts),
      ...tellCounts(progress),
      ...tellGroupTotals(facts, progress),
      ...groupNews,
      version,
    ]),
  };
}

interface News {
  readonly news: readonly (Block | string)[];
  readonly groupNews: readonly string[];
}

/** 与暂定稿（202506-P1）的差异：… Of a unit's figures and of what was returned a group hears nothing. */
function tellNews({ earlier, definition, units }: BulletinFacts): News {
  if (!earlier) return { news: [], groupNews: [] };
  const differences = differencesOf(definition, earlier.units, units);
  const since = `与暂定稿（${earlier.version}）`;
  const { filed } = differences;
  return {
    news: tellDifferences(since, differences),
    groupNews: filed.length > 0 ? [`${since}相比，新增已报${filed.length}家：${someOf(filed)}`] : [],
  };
}

function tellDifferences(since: string, { units, totals }: Differences): readonly (Block | string)[] {
  if (units.length + totals.length === 0) return [`${since}一致，没有变化`];
  const shown = units.slice(0, differencesAtMost);
  const more = units.length > shown.length ? [`等${units.length}家`] : [];
  const sums = totals.length > 0 ? [`合计：${totals.join('、')}`] : [];
  return [`${since}的差异：`, list([...shown, ...more, ...sums])];
}

const differencesAtMost = 40;

const someOf = (names: readonly string[]): string =>
  names.slice(0, differencesAtMost).join('、') + (names.length > differencesAtMost ? '等' : '');

/** 2025年6月统计表通报（暂定） */
export function titleOf({ terms, definition, kind }: BulletinFacts): string {
  return `${terms.label}${definition.short}通报（${kindNames[kind]}）`;
}

/** The same numbers as the bulletin, as they are now, for staff and leaders who ask. */
export function composeProgress(facts: ProgressFacts): Content {
  const progress = progressOf(facts.units);
  const title = heading(`${facts.terms.label}${facts.definition.short}进度`);
  return say([title, stampOf(facts), ...tellProgress(progress), ...tellTotals(facts, progress)]);
}

/** The same for a group, without totals: asked before and after a unit files, their difference would be its figure. */
export function composeGroupProgress(facts: ProgressFacts): Content {
  const title = heading(`${facts.terms.label}${facts.definition.short}进度`);
  return say([title, stampOf(facts), ...tellCounts(progressOf(facts.units))]);
}

export function stampOf({ asOf }: ProgressFacts): string {
  return `截至${formatInstant(asOf)}`;
}

function tellProgress(progress: Progress): readonly string[] {
  const { all, onTime, extended, supplements, returned, unchanged } = progress;
  return [
    ...tellCounts(progress, ({ note }) => note ?? null),
    ...(extended.length > 0 ? [tellGroup('延期内', extended)] : []),
    ...(supplements.length > 0 ? [tellGroup('补报', supplements)] : []),
    ...(returned.length > 0 ? [tellGroup('退回修改中', returned)] : []),
    ...(unchanged.length > 0 ? [tellGroup('本月无变化', unchanged)] : []),
    ...(all.length > 0 ? [`及时率${rateOf(progress)}%（${onTime.length}/${all.length}）`] : []),
  ];
}

/** What a group may read as well. That a report was returned, and notes on a unit, are not for the group. */
function tellCounts(progress: Progress, remark?: (unit: BulletinUnit) => string | null): readonly string[] {
  const { all, filed, onTime, extended, late, supplements, missing } = progress;
  const granted = extended.length > 0 ? `（含延期${extended.length}）` : '';
  const supplemented = supplements.length > 0 ? `，补报${supplements.length}` : '';
  const counts = `按时${onTime.length}${granted}，迟报${late.length}${supplemented}`;
  return [
    `应报${all.length}家，已报${filed.length}家（${counts}）`,
    tellGroup('未报', missing, remark),
    ...(late.length > 0 ? [tellGroup('迟报', late)] : []),
  ];
}

/** 未报2家：罗山县、息县 */
function tellGroup(
  label: string,
  units: readonly BulletinUnit[],
  remark?: (unit: BulletinUnit) => string | null,
): string {
  return `${label}${units.length}家${units.length > 0 ? `：${namesOf(units, remark)}` : ''}`;
}

/** Units on time of all that have to file; later corrections do not change it. */
function rateOf({ onTime, all }: Progress): string {
  return new Decimal(onTime.length).times(100).div(all.length).toDecimalPlaces(1, Decimal.ROUND_HALF_UP).toFixed();
}

/** Of fewer units than three a total would tell what one of them filed. */
export const hidesEachUnit = (counted: number): boolean => counted >= 3;

/** What was returned or left blank, and by whom, is not for the group. */
function tellGroupTotals({ definition, terms }: ProgressFacts, { counted }: Progress): readonly (Block | string)[] {
  if (!hidesEachUnit(counted.length)) return [];
  const { figures: lines } = totalsOf(definition, counted);
  return lines.length === 0 ? [] : [`合计（${counted.length}家），${comparison(terms)}：`, figures(lines)];
}

const comparison = (terms: PeriodTerms): string => `与${Number(previousPeriod(terms.period).slice(5))}月同口径比`;

function tellTotals({ definition, terms }: ProgressFacts, progress: Progress): readonly (Block | string)[] {
  const { counted, returned } = progress;
  const without = returned.length > 0 ? `，不含${namesOf(returned)}` : '';
  if (counted.length === 0) return [`尚无可合计的数据${without}`];
  const { figures: lines, notes } = totalsOf(definition, counted);
  if (lines.length === 0) return [];
  return [
    `合计（${counted.length}家${without}），${comparison(terms)}：`,
    figures(lines),
    ...(notes.length > 0 ? [list(notes)] : []),
  ];
}
