/** The dialogue's Chinese: polite, short, and always with what to do next. */
import Decimal from 'decimal.js';
import { type PeriodTerms, previousPeriod } from '../calendar/periods';
import { type Block, type Choice, type Content, type FigureLine, say } from '../channels/content';
import { type FieldDefinition, fieldOf, valuesOf } from '../table/definition';
import { countGiven, lastValues, type Scene, valuesIn } from './scene';

const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';

/** ③, or 21. beyond what can be circled. */
export const ordinalMark = (index: number): string => circled[index] ?? `${index + 1}.`;

/** A value as people read it: 27家, 48.2万元, 省平台、市平台, 免费. */
export function showValue(field: FieldDefinition, value: string): string {
  if (field.kind === 'choice') return field.options.find((option) => option.value === value)?.label ?? value;
  if (field.kind === 'count' || field.kind === 'amount') return `${value}${field.unit}`;
  return valuesOf(value).join('、');
}

const isNumber = (field: FieldDefinition): boolean => field.kind === 'count' || field.kind === 'amount';

/** +3, -1, 持平; null where there is nothing to compare. */
export function showChange(field: FieldDefinition, value: string, before: string | undefined): string | null {
  if (!isNumber(field) || before === undefined) return null;
  const difference = new Decimal(value).minus(before);
  if (difference.isZero()) return '持平';
  return `${difference.isPositive() ? '+' : ''}${difference.toFixed()}`;
}

/** 企业27家（+3） */
export function showTaken(scene: Scene, field: FieldDefinition, value: string): string {
  const before = lastValues(scene)[field.key];
  if (!isNumber(field))
    return `${field.short}${value === before ? `同${lastName(scene)}` : `：${showValue(field, value)}`}`;
  const change = showChange(field, value, before);
  return `${field.short}${showValue(field, value)}${change === null ? '' : `（${change}）`}`;
}

/** ② 参与企业（上月24）？ */
export function questionOf(scene: Scene, field: FieldDefinition): string {
  const asked = scene.definition.fields.filter((each) => each.derived === null);
  const mark = ordinalMark(asked.findIndex((each) => each.key === field.key));
  const before = lastValues(scene)[field.key];
  const hint = before === undefined ? unitHint(field) : `（${lastName(scene)}${showLast(field, before)}）`;
  return `${mark} ${field.question}${hint}？`;
}

/** 上月, or 5月定稿 when a month in between was not filed. */
export function lastName(scene: Scene): string {
  const period = scene.report.last?.period;
  if (period === undefined || period === previousPeriod(scene.terms.period)) return '上月';
  return `${Number(period.slice(5))}月定稿`;
}

function showLast(field: FieldDefinition, before: string): string {
  return isNumber(field) ? before : showValue(field, before);
}

const unitHint = (field: FieldDefinition): string => (field.unit ? `（${field.unit}）` : '');

/** Answers to tap under a field's question. */
export function choicesOf(scene: Scene, field: FieldDefinition): readonly Choice[] {
  if (field.kind === 'choice') return field.options.map((option) => ({ label: option.label, text: option.label }));
  const before = lastValues(scene)[field.key];
  if (before === undefined) return [];
  // Short enough for a button on every platform.
  return [{ label: isNumber(field) ? `不变（${before}）` : '不变', text: '不变' }];
}

export const timelinessNames = { on_time: '按时', late: '迟报', supplement: '补报' } as const;

/** 按时(延期): on time only thanks to an extension. */
export function timelinessName(
  timeliness: keyof typeof timelinessNames,
  filedAt: Date | null,
  { extendedFrom }: PeriodTerms,
): string {
  const isExtended = timeliness === 'on_time' && extendedFrom && filedAt && filedAt > extendedFrom;
  return isExtended ? '按时(延期)' : timelinessNames[timeliness];
}

/** 光山县2025年6月统计表 */
export const reportName = (scene: Scene): string => `${scene.unit.short}${scene.terms.label}${scene.definition.short}`;

/** 光山县 6月, 光山县 培训表 6月: the report in words that staff say back. */
export const reportWords = (scene: Scene): string =>
  [scene.unit.short, ...(scene.isOneOfSeveral ? [scene.definition.short] : []), monthWords(scene)].join(' ');

/** 6月, 6月培训表: in words that its own contacts say back. */
export const ownReportWords = (scene: Scene): string =>
  `${monthWords(scene)}${scene.isOneOfSeveral ? scene.definition.short : ''}`;

const monthWords = ({ terms }: Scene): string => `${Number(terms.period.slice(5))}月`;

/** 截至6月30日累计 */
export function asOfLine(scene: Scene): string {
  const [, month = '', day = ''] = scene.terms.asOf.split('-');
  return `截至${Number(month)}月${Number(day)}日累计`;
}

/** The figures of a report with what they were before, 未填 said plainly. */
export function figureLines(scene: Scene): readonly FigureLine[] {
  const values = valuesIn(scene);
  return scene.definition.fields.map((field) => figureLine(scene, field, values[field.key]));
}

function figureLine(scene: Scene, field: FieldDefinition, value: string | undefined): FigureLine {
  const last = lastValues(scene)[field.key];
  const label = field.short;
  if (value === undefined) {
    const absent = scene.report.draft.get(field.key)?.notApplicable ?? scene.report.filed?.notApplicable.get(field.key);
    return {
      label,
      value: absent === undefined || absent === null ? '未填' : `不适用：${absent}`,
      before: null,
      change: null,
    };
  }
  if (!isNumber(field)) {
    const same = value === last;
    return { label, value: same ? '不变' : showValue(field, value), before: null, change: null };
  }
  return { label, value: showValue(field, value), before: last ?? null, change: showChange(field, value, last) };
}

/** 已填4项：高校院所4、企业27… */
export function givenLine(scene: Scene): string {
  const { given } = countGiven(scene);
  const values = valuesIn(scene);
  const shown = scene.definition.fields
    .filter((field) => field.derived === null && values[field.key] !== undefined)
    .map((field) => `${field.short}${isNumber(field) ? '' : '：'}${showValue(field, values[field.key] ?? '')}`);
  return given === 0 ? '还没有填写' : `已填${given}项（${shown.join('、')}）`;
}

/** What the figures rest on, so that nobody asks where they come from. */
export function derivedLine(scene: Scene): string | null {
  const derived = scene.definition.fields.filter((field) => field.derived !== null);
  if (derived.length === 0) return null;
  const names = scene.lists.map((list) => list.short).join('、');
  return `${derived.map((field) => field.short).join('、')}由${names}得出`;
}

/** A stated figure beside the list's: 许可15项 */
export const showField = (scene: Scene, key: string, value: string): string => {
  const field = fieldOf(scene.definition, key);
  return `${field.short}${showValue(field, value)}`;
};

export const followed = (content: Content, blocks: readonly (Block | string)[]): Content =>
  say([...content.blocks, ...blocks], content.choices);

export const preceded = (blocks: readonly (Block | string)[], content: Content): Content =>
  say([...blocks, ...content.blocks], content.choices);

/** One paragraph from short sentences. */
export const sentences = (parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join('\n');
