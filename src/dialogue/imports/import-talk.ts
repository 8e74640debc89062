/**
 * Importing what somebody pasted or uploaded: a dry run first, one 确认导入, and nothing written before it. What is imported
 * goes the same way as what is said: into the draft and the lists.
 */
import { say } from '../../channels/content';
import { readPasted } from '../../sheets/pasted';
import { nextStep, stateOf } from '../next';
import type { Scene } from '../scene';
import type { DialogueState } from '../state';
import { type Handler, type Turn, turn } from '../turn';
import { importRequestOf } from './import-words';
import { rowsTalk, takeRows } from './paste-talk';
import { workbookTalk } from './workbook-talk';

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
