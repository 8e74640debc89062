/** What a unit that has not filed is told: what is missing, until when, and the shortest way to answer. Pure. */
import { dayOf, daysBetween } from '../calendar/civil-day';
import { explainDue, formatDue, formatLock, formatTime, type PeriodTerms } from '../calendar/periods';
import { type Content, say } from '../channels/content';
import type { TableDefinition } from '../table/definition';

/** A figure to show how to answer; `last` is the unit's own of last month, so that nobody sends an invented one. */
export interface ExampleField {
  readonly short: string;
  /** 家, 件 … */
  readonly unit: string;
  readonly last: string | null;
}

export interface ReminderFacts {
  /** What the unit is called: 光山县. */
  readonly unit: string;
  readonly table: Pick<TableDefinition, 'short'>;
  readonly terms: PeriodTerms;
  readonly now: Date;
  /** 催: staff asked for it. */
  readonly urged?: boolean;
  /** Short names of the fields without a value, in official order. */
  readonly missing: readonly string[];
  /** How far the unit's draft has come; null when there is none. */
  readonly draft: { readonly given: number; readonly total: number } | null;
  readonly exampleFields: readonly ExampleField[];
}

export function composeReminder(facts: ReminderFacts): Content {
  return say([tellState(facts), tellDue(facts), tellHow(facts)], [facts.draft ? '继续' : '上报']);
}

/** 光山县6月统计表未交，草稿已填4/6项，缺：网址、推送中小微。 */
function tellState({ unit, table, terms, missing, draft, urged }: ReminderFacts): string {
  const state = `${urged ? '市局催报：' : ''}${unit}${monthOf(terms)}${table.short}未交`;
  const progress = draft ? `，草稿已填${draft.given}/${draft.total}项` : '';
  if (missing.length > 0) return `${state}${progress}，缺：${missing.join('、')}。`;
  return `${state}${progress}，各项已填齐，只差确认。`;
}

function tellDue({ now, terms }: ReminderFacts): string {
  if (now > terms.dueAt) return tellOverdue(terms, now);
  const isToday = dayOf(now) === dayOf(terms.dueAt);
  return isToday ? `今天${formatTime(terms.dueAt)}截止，逾期提交记为迟报。` : `截止${explainDue(terms)}。`;
}

/** 已逾期1天（截止7月7日(周一)18:00）。锁定日7月17日，过了当天24:00不能再报。 */
export function tellOverdue(terms: PeriodTerms, now: Date): string {
  const days = daysBetween(dayOf(terms.dueAt), dayOf(now));
  const lock = formatLock(terms).replace('24:00', '');
  return `${days > 0 ? `已逾期${days}天` : '已过截止'}（截止${formatDue(terms)}）。锁定日${lock}，过了当天24:00不能再报。`;
}

function tellHow({ missing, exampleFields }: ReminderFacts): string {
  if (missing.length === 0) return '请回“继续”核对汇总，再回“确认”提交。谢谢！';
  if (exampleFields.length === 0) return '请回“上报”逐项填写。谢谢！';
  const example = exampleFields.map(spellExample).join(' ');
  const known = exampleFields.some(({ last }) => last !== null);
  return `可直接回：“${example} …”${known ? '（例中为上月数，请换成本期数）' : ''}，也可回“上报”逐项填写。谢谢！`;
}

/** 企业24, or 企业几家 when there is no figure to go by. */
function spellExample({ short, unit, last }: ExampleField): string {
  return last === null ? `${short}几${unit}` : `${short}${last}`;
}

/** 6月; a report for another year than that of its deadline names it: 2025年12月. */
export function monthOf(terms: PeriodTerms): string {
  const sameYear = dayOf(terms.dueAt).slice(0, 4) === terms.period.slice(0, 4);
  return sameYear ? terms.label.slice(terms.label.indexOf('年') + 1) : terms.label;
}
