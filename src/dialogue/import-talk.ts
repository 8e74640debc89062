/**
 * Importing what somebody pasted or uploaded: a dry run first, one 确认导入, and nothing written before it. What is imported
 * goes the same way as what is said: into the draft and the lists.
 */
import { type Content, say } from '../channels/content';
import { countWrites, digestOf, type ImportPlan } from '../imports/plan';
import { readPasted } from '../sheets/pasted';
import type { ReadTable } from '../sheets/official';
import { totalsLine } from './entry-talk';
import { effectsOf, planFor, withImported } from './import-scene';
import { countsLine, isNothingNew, planBlocks } from './import-wording';
import { type ImportRequest, importRequestOf } from './import-words';
import { nextStep, stateOf } from './next';
import { rowsTalk, takeRows } from './paste-talk';
import type { Scene } from './scene';
import type { DialogueState, Waiting } from './state';
import { type Handler, type Turn, turn } from './turn';

/** Pasted rows, and answers to a dry run. */
export const importTalk: Handler = (scene, state, text) => {
  const pasted = readPasted(text, [...scene.lists, scene.definition]);
  if (pasted) return takeRows(scene, pasted);
  const request = importRequestOf(text, state.pending?.kind === 'import');
  if (!request) return null;
  const { waiting } = state;
  if (!waiting || waiting.unitId !== scene.unit.id) return nothingWaits(state);
  if (request.kind === 'cancel') return giveUp(scene);
  return waiting.kind === 'rows' ? rowsTalk(scene, waiting, request) : workbookTalk(scene, waiting, request);
};

const nothingWaits = (state: DialogueState): Turn =>
  turn(state, say(['没有等待导入的内容。请把表格文件发给我，或从Excel复制几行直接粘贴过来。']));

function giveUp(scene: Scene): Turn {
  const line = '好的，没有导入，数据没有变动。';
  if (scene.report.draft.size === 0) return turn(stateOf(scene, { waiting: null }), say([line]));
  const { state, content } = nextStep(scene, [line]);
  return turn({ ...state, waiting: null }, content);
}

export interface SentWorkbook {
  readonly name: string;
  /** Null when there is nothing in it to import, so that it was not kept. */
  readonly fileId: number | null;
}

/** The dry run of a workbook that was just sent. */
export function takeWorkbook(scene: Scene, plan: ImportPlan, { name, fileId }: SentWorkbook): Turn {
  if (isNothingNew(plan)) {
    const lines = [`《${name}》与现有数据无差异，没有要导入的。`, ...plan.notes];
    return turn(stateOf(scene, { waiting: null }), say(lines, scene.report.draft.size > 0 ? ['继续'] : []));
  }
  const content = dryRun(scene, plan, name);
  if (fileId === null) return turn(stateOf(scene, { waiting: null }), content);
  const waiting: Waiting = { kind: 'workbook', unitId: scene.unit.id, digest: digestOf(plan), fileId, name };
  return turn(stateOf(scene, { pending: { kind: 'import' }, waiting }), content);
}

function dryRun(scene: Scene, plan: ImportPlan, name: string): Content {
  const opening = `《${name}》试算：${countsLine(scene, plan)}。未写入任何数据。`;
  const blocks = [opening, ...planBlocks(scene, plan)];
  const writes = countWrites(plan);
  if (plan.wrong.length === 0) return say([...blocks, '核对无误请回“确认导入”。'], ['确认导入', '不导入']);
  if (writes === 0) return say([...blocks, '改好重传即可。']);
  return say([...blocks, `改好重传即可；也可回“导入其余”，先导入没有错误的${writes}项。`], ['导入其余', '不导入']);
}

type WaitingWorkbook = Extract<Waiting, { kind: 'workbook' }>;

/** Planned again from the stored file and the data as they are now. */
function workbookTalk(scene: Scene, waiting: WaitingWorkbook, request: ImportRequest): Turn {
  const { name, fileId } = waiting;
  if (!scene.upload) return turn(stateOf(scene, { waiting: null }), say([`《${name}》已经不在了，请重新发送。`]));
  const plan = planFor(scene, scene.upload);
  if (isNothingNew(plan)) return takeWorkbook(scene, plan, waiting);
  if (digestOf(plan) !== waiting.digest) {
    const shown = takeWorkbook(scene, plan, { name, fileId });
    return { ...shown, content: say(['数据刚才有变动，请再核对一遍。', ...shown.content.blocks], shown.content.choices) };
  }
  if (request.kind === 'mend') return turn(stateOf(scene, { pending: { kind: 'import' } }), say(['文件里的错请在文件里改好重传。']));
  if (plan.wrong.length > 0 && request.kind !== 'rest') return takeWorkbook(scene, plan, waiting);
  return carryOut(scene, plan, { lead: importedLine(scene, plan), waiting: null });
}

function importedLine(scene: Scene, plan: ImportPlan): string {
  const lists = plan.lists.flatMap(({ list, changed, added }) => {
    const counts = [added.length > 0 ? `新增${added.length}项` : '', changed.length > 0 ? `修改${changed.length}项` : ''];
    const told = counts.filter(Boolean).join('、');
    return told === '' ? [] : [`${list.short}${told}`];
  });
  const figures = plan.figures?.given.length ?? 0;
  return `已导入：${[...lists, ...(figures > 0 ? [`${scene.definition.short}${figures}项`] : [])].join('；')}。`;
}

/** Writes what the plan names, and goes on with the report. */
export function carryOut(scene: Scene, plan: ImportPlan, { lead, waiting }: { lead: string; waiting: Waiting | null }): Turn {
  const after = withImported(scene, plan);
  const isListChanged = plan.lists.filter(({ changed, added }) => changed.length + added.length > 0);
  const lines = [lead, ...isListChanged.map(({ list }) => totalsLine(after, list))];
  if (after.report.draft.size === 0 && !after.report.filed) {
    const content = say([...lines, '要报本期的数，回“上报”。'], ['上报']);
    return turn(stateOf(scene, { waiting }), content, effectsOf(plan));
  }
  const { state, content } = nextStep(after, lines);
  return turn({ ...state, waiting }, content, effectsOf(plan));
}
