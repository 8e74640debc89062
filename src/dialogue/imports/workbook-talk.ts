/** An uploaded workbook: its dry run, and what is said to it. A corrected file simply takes the place of the one before. */
import { type Content, say } from '../../channels/content';
import { countWrites, digestOf, type ImportPlan } from '../../imports/plan';
import { stateOf } from '../next';
import type { Scene } from '../scene';
import type { Waiting } from '../state';
import { type Turn, turn } from '../turn';
import { preceded } from '../wording';
import { carryOut, importedLine } from './import-carry';
import { planFor } from './import-scene';
import { countsLine, faultBlocks, isNothingNew, writeBlocks } from './import-wording';
import type { ImportRequest } from './import-words';

export interface SentWorkbook {
  readonly name: string;
  /** Null when there is nothing in it to import, so that it was not kept. */
  readonly fileId: number | null;
}

/** The dry run of a workbook that was just sent. */
export function takeWorkbook(scene: Scene, plan: ImportPlan, { name, fileId }: SentWorkbook): Turn {
  if (isNothingNew(plan)) {
    const lines = [`《${name}》与现有数据无差异，没有要导入的。`, ...plan.notes];
    const content = say(lines, scene.report.draft.size > 0 ? ['继续'] : []);
    return turn(stateOf(scene, { waiting: null }), content);
  }
  const content = dryRun(scene, plan, name);
  if (fileId === null) return turn(stateOf(scene, { waiting: null }), content);
  const waiting: Waiting = { kind: 'workbook', unitId: scene.unit.id, digest: digestOf(plan), fileId, name };
  return turn(stateOf(scene, { pending: { kind: 'import' }, waiting }), content);
}

function dryRun(scene: Scene, plan: ImportPlan, name: string): Content {
  const opening = `《${name}》试算：${countsLine(scene, plan)}。未写入任何数据。`;
  const blocks = [opening, ...writeBlocks(scene, plan), ...faultBlocks(scene, plan)];
  const writes = countWrites(plan);
  if (plan.wrong.length === 0) return say([...blocks, '核对无误请回“确认导入”。'], ['确认导入', '不导入']);
  if (writes === 0) return say([...blocks, '改好重传即可。']);
  const line = `改好重传即可；也可回“导入其余”，先导入没有错误的${writes}项。`;
  return say([...blocks, line], ['导入其余', '不导入']);
}

type WaitingWorkbook = Extract<Waiting, { kind: 'workbook' }>;

/** Planned again from the stored file and the data as they are now; what is no longer what was shown is shown again. */
export function workbookTalk(scene: Scene, waiting: WaitingWorkbook, request: ImportRequest): Turn {
  if (!scene.upload) {
    return turn(stateOf(scene, { waiting: null }), say([`《${waiting.name}》已经不在了，请重新发送。`]));
  }
  const plan = planFor(scene, scene.upload);
  if (isNothingNew(plan)) return takeWorkbook(scene, plan, waiting);
  if (digestOf(plan) !== waiting.digest) return again(scene, plan, waiting, '数据刚才有变动，请再核对一遍。');
  if (request.kind === 'mend') return again(scene, plan, waiting, '文件里的错请在文件里改好重传。');
  if (plan.wrong.length > 0 && request.kind !== 'rest') return again(scene, plan, waiting, '还有错误，没有导入。');
  return carryOut(scene, plan, { lead: (written) => importedLine(scene, written), waiting: null });
}

function again(scene: Scene, plan: ImportPlan, waiting: WaitingWorkbook, lead: string): Turn {
  const shown = takeWorkbook(scene, plan, waiting);
  return { ...shown, content: preceded([lead], shown.content) };
}
