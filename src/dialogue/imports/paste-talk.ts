/** Rows pasted into the chat: what can be imported is, once that is said; a row that lacks something is kept to be mended. */
import { type Content, say } from '../../channels/content';
import { countWrites, digestOf, type ImportPlan } from '../../imports/plan';
import type { ReadRow, ReadTable } from '../../sheets/official';
import type { TableDefinition } from '../../table/definition';
import { stateOf } from '../next';
import type { Scene } from '../scene';
import type { Waiting } from '../state';
import { type Turn, turn } from '../turn';
import { carryOut } from './import-carry';
import { planFor } from './import-scene';
import { writeBlocks, wrongLine } from './import-wording';
import type { ImportRequest } from './import-words';
import { mendRow } from './mend-row';

type WaitingRows = Extract<Waiting, { kind: 'rows' }>;

/** The dry run of rows that were just pasted. */
export function takeRows(scene: Scene, rows: ReadTable, lead: readonly string[] = []): Turn {
  const plan = planFor(scene, [rows]);
  if (plan.wrong.length === 0 && countWrites(plan) === 0) {
    const line = `读到${rows.rows.length}行（${tableOf(scene, rows).short}），与现有数据无差异，没有要导入的。`;
    return turn(stateOf(scene, { waiting: null }), say([...lead, line]));
  }
  const waiting: WaitingRows = { kind: 'rows', unitId: scene.unit.id, digest: digestOf(plan), rows, kept: false };
  return turn(stateOf(scene, { pending: { kind: 'import' }, waiting }), dryRun(scene, rows, plan, lead));
}

const tableOf = (scene: Scene, rows: ReadTable): TableDefinition =>
  scene.lists.find((list) => list.name === rows.table) ?? scene.definition;

function dryRun(scene: Scene, rows: ReadTable, plan: ImportPlan, lead: readonly string[]): Content {
  const same = plan.lists.reduce((sum, each) => sum + each.same, 0) + (plan.figures?.same ?? 0);
  const parts = [
    `可入${amountOf(plan)}`,
    ...(same > 0 ? [`${same}${plan.figures ? '项' : '行'}与现有的相同`] : []),
    ...plan.wrong.map(wrongLine),
  ];
  const opening = `读到${rows.rows.length}行（${tableOf(scene, rows).short}）：${parts.join('；')}。尚未写入。`;
  const blocks = [...lead, opening, ...writeBlocks(scene, plan)];
  const mending = plan.wrong.length > 0 ? [hintFor(scene, rows, plan)] : [];
  if (countWrites(plan) === 0) return say([...blocks, ...mending]);
  const words = wordsFor(plan);
  return say([...blocks, `回“${words}”。`, ...mending], [words, '不导入']);
}

/** 2行; of figures 6项 */
const amountOf = (plan: ImportPlan): string => `${countWrites(plan)}${plan.figures ? '项' : '行'}`;

const wordsFor = (plan: ImportPlan): string => (plan.figures ? '确认导入' : `导入${amountOf(plan)}`);

/** 补全可回“补第3行 被许可方=…”。 */
function hintFor(scene: Scene, rows: ReadTable, plan: ImportPlan): string {
  const wrong = plan.wrong.find((each) => each.row !== null && each.field !== null);
  const field = tableOf(scene, rows).fields.find((each) => each.key === wrong?.field);
  if (!wrong?.row || !field) return '请改好重新粘贴。';
  return `补全可回“补第${wrong.row.number}行 ${field.short}=…”。`;
}

export function rowsTalk(scene: Scene, waiting: WaitingRows, request: ImportRequest): Turn {
  if (request.kind === 'mend') return mend(scene, waiting, request);
  const plan = planFor(scene, [waiting.rows]);
  if (waiting.kept) return stillKept(scene, waiting, plan);
  if (digestOf(plan) !== waiting.digest) return takeRows(scene, waiting.rows, ['数据刚才有变动，请再核对一遍。']);
  const count = request.kind === 'import' ? request.count : null;
  const writes = countWrites(plan);
  if (writes === 0) return takeRows(scene, waiting.rows);
  if (count !== null && count !== writes)
    return takeRows(scene, waiting.rows, [`可入的是${amountOf(plan)}，没有导入。`]);
  const kept = keptOf(waiting, plan);
  const rest = kept ? `；${keptLine(scene, kept, plan)}` : '。';
  return carryOut(scene, plan, { lead: (written) => `已入${amountOf(written)}${rest}`, waiting: kept });
}

/** The wrong rows, once the others are imported. */
function keptOf(waiting: WaitingRows, plan: ImportPlan): WaitingRows | null {
  const wrong = new Set(plan.wrong.map(({ row }) => row?.number));
  return withRows(
    waiting,
    waiting.rows.rows.filter((row) => wrong.has(row.number)),
  );
}

const withRows = (waiting: WaitingRows, rows: readonly ReadRow[]): WaitingRows | null =>
  rows.length === 0 ? null : { ...waiting, rows: { ...waiting.rows, rows }, kept: true };

/** 第3行已留存，回“补第3行 被许可方=…”。 */
function keptLine(scene: Scene, { rows }: WaitingRows, plan: ImportPlan): string {
  return `第${rows.rows.map((row) => row.number).join('、')}行已留存。${hintFor(scene, rows, plan)}`;
}

function stillKept(scene: Scene, waiting: WaitingRows, plan: ImportPlan): Turn {
  const lines = [`留存的还不能导入：${plan.wrong.map(wrongLine).join('；')}。`, hintFor(scene, waiting.rows, plan)];
  return turn(stateOf(scene, { waiting }), say(lines));
}

function mend(scene: Scene, waiting: WaitingRows, { row: number, rest }: { row: number; rest: string }): Turn {
  const { rows } = waiting;
  const row = rows.rows.find((each) => each.number === number);
  if (!row) {
    const numbers = rows.rows.map((each) => each.number).join('、');
    return turn(stateOf(scene, { waiting }), say([`没有留存第${number}行，留存的是第${numbers}行。`]));
  }
  const open = planFor(scene, [{ ...rows, rows: [row] }]).wrong.flatMap(({ field }) => field ?? []);
  const mended = mendRow(tableOf(scene, rows), row, rest, open);
  if (!mended) return turn(stateOf(scene, { waiting }), say([hintFor(scene, rows, planFor(scene, [rows]))]));
  const all = rows.rows.map((each) => (each === row ? mended : each));
  if (!waiting.kept) return takeRows(scene, { ...rows, rows: all });
  return importMended(scene, { ...waiting, rows: { ...rows, rows: all } }, mended);
}

/** The others are in already: a row that is whole now follows them at once. */
function importMended(scene: Scene, waiting: WaitingRows, row: ReadRow): Turn {
  const alone = { ...waiting.rows, rows: [row] };
  const plan = planFor(scene, [alone]);
  if (plan.wrong.length > 0) return stillKept(scene, waiting, plan);
  const left = withRows(
    waiting,
    waiting.rows.rows.filter((each) => each !== row),
  );
  if (countWrites(plan) === 0) return turn(stateOf(scene, { waiting: left }), say([`第${row.number}行与现有的相同。`]));
  return carryOut(scene, plan, { lead: () => `已入第${row.number}行。`, waiting: left });
}
