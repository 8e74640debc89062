/** 光山付费金额怎么来的: where a confirmed figure comes from, in words: the entries of its list, or who filed it when. Pure. */
import { formatMoment } from '../calendar/periods';
import { type Block, heading, list } from '../channels/content';
import type { Entry } from '../filing/lists';
import type { Version } from '../filing/versions';
import type { FieldDefinition, TableDefinition, Values } from '../table/definition';
import { showChange, showValue } from './wording';

export interface FigureOrigin {
  readonly field: FieldDefinition;
  /** 光山县2025年6月 */
  readonly whose: string;
  readonly value: string | undefined;
  /** 5月, and what the figure was then. */
  readonly before: { readonly month: string; readonly value: string | undefined };
}

/** The entries that a version counted, and those of the report before it. */
export interface ListOrigin extends FigureOrigin {
  readonly list: TableDefinition;
  readonly entries: readonly Entry[];
  /** Null when the month before was not filed. */
  readonly entriesBefore: readonly Entry[] | null;
  /** The figure that counts the entries behind an amount: 付费 for 金额. */
  readonly counted: FieldDefinition | null;
}

const entriesAtMost = 40;

/** 9个付费项目合计48.2万元：… */
export function tellFromList(origin: ListOrigin): readonly (Block | string)[] {
  const { field, list: table, counted, entries } = origin;
  const members = entries.filter((entry) => isMember(origin, entry));
  // 免费 are some of the entries, 许可 all of them.
  const some = members.length < entries.length && field.kind === 'count' ? field.short : '';
  const kind = `${counted?.short ?? some}${table.short.replace(/清单$/, '')}`;
  const sum = field.kind === 'amount' ? `合计${shown(origin)}` : '';
  const shownEntries = members.slice(0, entriesAtMost).map((entry) => tellEntry(table, entry.values));
  const cut = members.length > entriesAtMost ? [`只列前${entriesAtMost}个，全部请看“导出”。`] : [];
  return [
    heading(`${origin.whose}${field.short}${shown(origin)}`),
    `由${table.short}得出：${members.length}个${kind}${sum}${members.length > 0 ? '：' : '。'}`,
    ...(members.length > 0 ? [list(shownEntries, true), ...cut] : []),
    ...tellMoves(origin),
  ];
}

const shown = ({ field, value }: FigureOrigin): string => (value === undefined ? '未填' : showValue(field, value));

function isMember({ field, counted }: ListOrigin, { values }: Entry): boolean {
  const of = counted ?? field;
  return Number(of.derived?.compute([values]) ?? 0) !== 0;
}

/** 豫光电器有限公司→照明器材厂 8万元 */
function tellEntry(table: TableDefinition, values: Values): string {
  const parties = table.fields.filter(({ kind, required }) => kind === 'text' && required);
  const amount = table.fields.find(({ kind }) => kind === 'amount');
  const remark = table.fields.find(({ kind, required }) => kind === 'text' && !required);
  const names = parties.map(({ key }) => values[key] ?? '').join('→');
  const fee = amount ? ` ${showValue(amount, values[amount.key] ?? '0')}` : '';
  const why = remark && values[remark.key] ? `（${values[remark.key]}）` : '';
  return `${names}${fee}${why}`;
}

/** 比5月的36.5万元+11.7：新增2个（…）。 */
function tellMoves(origin: ListOrigin): readonly string[] {
  const { field, value, before, entries, entriesBefore, list: table } = origin;
  if (entriesBefore === null) return [`${before.month}没有报，无从比较。`];
  const change = value === undefined ? null : showChange(field, value, before.value);
  if (change === null || before.value === undefined) return [];
  const own = (all: readonly Entry[]) => all.filter((entry) => isMember(origin, entry));
  const [now, then] = [own(entries), own(entriesBefore)];
  const added = now.filter((entry) => !then.some(({ entryId }) => entryId === entry.entryId));
  const gone = then.filter((entry) => !now.some(({ entryId }) => entryId === entry.entryId));
  const changed = now.flatMap((entry) => {
    const old = then.find(({ entryId }) => entryId === entry.entryId);
    const [from, to] = [old && tellEntry(table, old.values), tellEntry(table, entry.values)];
    return from !== undefined && from !== to ? [`${from}改为${to}`] : [];
  });
  const named = (word: string, each: readonly Entry[]) =>
    each.length > 0
      ? [`${word}${each.length}个（${each.map(({ values }) => tellEntry(table, values)).join('；')}）`]
      : [];
  const moves = [
    ...named('新增', added),
    ...named('减少', gone),
    ...(changed.length > 0 ? [`修改${changed.length}个（${changed.join('；')}）`] : []),
  ];
  return [
    `与${before.month}的${showValue(field, before.value)}相比${change}${moves.length > 0 ? `：${moves.join('，')}` : ''}。`,
  ];
}

/** 张三7月2日(周三)09:00填报（V1，GS-202506-01）；5月24家，+3。 */
export function tellFromFiling(origin: FigureOrigin, versions: readonly Version[]): readonly (Block | string)[] {
  const { field, value, before, whose } = origin;
  const at = versions.findLastIndex(
    (version, index) => index === 0 || version.values[field.key] !== versions[index - 1]?.values[field.key],
  );
  const [version, earlier] = [versions[at], versions[at - 1]];
  if (!version) return [`${whose}${field.short}${shown(origin)}。`];
  const what = earlier ? `由${told(field, earlier.values[field.key])}改为${told(field, value)}` : '填报';
  const reason = version.reason ? `，原因：${version.reason}` : '';
  const note = version.explanations.get(field.key) ?? version.notApplicable.get(field.key);
  const change = value === undefined ? null : showChange(field, value, before.value);
  return [
    heading(`${whose}${field.short}${shown(origin)}`),
    `${version.author}${formatMoment(version.confirmedAt)}${what}（V${version.number}，${version.receipt}）${reason}。`,
    ...(note ? [`说明：${note}`] : []),
    before.value === undefined
      ? `${before.month}没有这一项的数。`
      : `${before.month}为${showValue(field, before.value)}${change === null ? '' : `，本期${change}`}。`,
  ];
}

const told = (field: FieldDefinition, value: string | undefined): string =>
  value === undefined ? '未填' : showValue(field, value);
