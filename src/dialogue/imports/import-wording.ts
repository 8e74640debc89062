/** A dry run in words: how much stays, changes, comes or is wrong, and where. */
import { type Block, list } from '../../channels/content';
import type { GivenFigure } from '../../imports/figures-plan';
import type { AddedEntry, ChangedEntry, Difference, ListPlan } from '../../imports/list-plan';
import { countWrites, type ImportPlan } from '../../imports/plan';
import type { PlacedWrong } from '../../imports/target';
import { describeEntry } from '../entries/entry-writing';
import type { Scene } from '../scene';
import { showTaken, showValue } from '../wording';

/** Longer lists say how many there are more. */
const longestList = 12;

/** 相同11 修改1 新增3 错误1；附件1 6项 */
export function countsLine(scene: Scene, plan: ImportPlan): string {
  const sum = (count: (each: ListPlan) => number) => plan.lists.reduce((total, each) => total + count(each), 0);
  const entries = [
    `相同${sum(({ same }) => same)}`,
    `修改${sum(({ changed }) => changed.length)}`,
    `新增${sum(({ added }) => added.length)}`,
  ];
  const wrong = plan.wrong.length > 0 ? [`错误${plan.wrong.length}`] : [];
  const figures = plan.figures
    ? [`${scene.definition.attachment}（${scene.definition.short}）${figuresCount(plan)}`]
    : [];
  return [[...(plan.lists.length > 0 ? entries : []), ...wrong].join(' '), ...figures].filter(Boolean).join('；');
}

function figuresCount({ figures }: ImportPlan): string {
  const given = figures?.given.length ?? 0;
  const same = figures?.same ?? 0;
  return given === 0 && same > 0 ? `${same}项相同` : `${given}项${same > 0 ? `（另${same}项相同）` : ''}`;
}

/** Everything that would be written. */
export function writeBlocks(scene: Scene, plan: ImportPlan): readonly (Block | string)[] {
  return [
    ...section(
      '修改：',
      plan.lists.flatMap((each) => each.changed.map((change) => changeLine(each, change))),
    ),
    ...section(
      '新增：',
      plan.lists.flatMap((each) => each.added.map((added) => addedLine(each, added))),
    ),
    ...section(
      `${scene.definition.attachment}：`,
      (plan.figures?.given ?? []).map((given) => figureLine(scene, given)),
    ),
  ];
}

/** What is wrong, and what is worth a word. */
export function faultBlocks(scene: Scene, plan: ImportPlan): readonly (Block | string)[] {
  return [...section('错误：', plan.wrong.map(wrongLine)), ...remarks(scene, plan)];
}

function section(head: string, lines: readonly string[]): readonly (Block | string)[] {
  if (lines.length === 0) return [];
  const more = lines.length - longestList;
  const shown = more > 0 ? [...lines.slice(0, longestList), `……另有${more}处`] : lines;
  return [head, list(shown)];
}

/** 第2项 恒通公司：使用费 2.9→2万元 */
function changeLine({ list: table }: ListPlan, { entry, ordinal, differences }: ChangedEntry): string {
  // The last of its names tells an entry best from the others.
  const field = table.fields.findLast(({ kind, required }) => kind === 'text' && required);
  const name = field ? (entry.values[field.key] ?? '') : '';
  return `第${ordinal}项${name === '' ? '' : ` ${name}`}：${differences.map(differenceText).join('，')}`;
}

function differenceText({ field, before, after }: Difference): string {
  const isNumber = field.kind === 'count' || field.kind === 'amount';
  const [from, to] = [before, after].map((value) =>
    value === undefined ? '空' : isNumber ? value : showValue(field, value),
  );
  return `${field.short} ${from}→${to}${isNumber && after !== undefined ? field.unit : ''}`;
}

const addedLine = ({ list: table }: ListPlan, { row, values }: AddedEntry): string =>
  `第${row.serial ?? row.number}行 ${describeEntry(table, values)}`;

/** 企业27家（+3）; over another answer 企业 27家→28家 */
function figureLine(scene: Scene, { field, value, before }: GivenFigure): string {
  if (before === undefined) return showTaken(scene, field, value);
  return `${field.short} ${showValue(field, before)}→${showValue(field, value)}`;
}

/** 附件1!E5 企业“约30”不是整数; for pasted rows 第3行被许可方为空 */
export function wrongLine({ sheet, cell, row, reason }: PlacedWrong): string {
  if (sheet === '') return row ? `第${row.number}行${reason}` : reason;
  return cell
    ? `${sheet}!${cell.address} ${reason}`
    : `${sheet}${row ? ` 第${row.serial ?? row.number}行` : ''} ${reason}`;
}

function remarks(scene: Scene, plan: ImportPlan): readonly string[] {
  const blank = plan.figures?.blank.map((field) => field.short) ?? [];
  const unmentioned = plan.lists.flatMap((each) =>
    each.unmentioned.length === 0 ? [] : [unmentionedLine(each, plan.wrong.length > 0)],
  );
  return [
    ...(blank.length > 0 ? [`${scene.definition.attachment}没填：${blank.join('、')}。`] : []),
    ...unmentioned,
    ...plan.notes,
  ];
}

/** Entries are not removed for being left out. A wrong row may be one of them. */
function unmentionedLine({ list: table, unmentioned }: ListPlan, hasWrong: boolean): string {
  const shown = unmentioned.slice(0, 5).map(({ ordinal }) => `第${ordinal}项`);
  const more = unmentioned.length > shown.length ? `等${unmentioned.length}项` : '';
  return `${table.short}里的${shown.join('、')}${more}${hasWrong ? '没有对上' : '文件里没有'}，保持不变，不会删除。`;
}

export const isNothingNew = (plan: ImportPlan): boolean => plan.wrong.length === 0 && countWrites(plan) === 0;
