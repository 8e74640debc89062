/** Digressions: a question about a field, the deadline, a thank-you. They store nothing, and the open question comes back. */
import { explainDue } from '../calendar/periods';
import { say } from '../channels/content';
import type { FieldDefinition } from '../table/definition';
import { askMismatch, askWhose } from './contested';
import { askEntry } from './entries/entry-talk';
import { askAgain } from './figures-talk';
import { intentOf, isAboutField } from './intents';
import { askField, type Next } from './next';
import { missingIn, type Scene } from './scene';
import type { DialogueState } from './state';
import { type Handler, type Turn, turn } from './turn';
import { preceded, showField } from './wording';

export const aside: Handler = (scene, state, text) => {
  const intent = intentOf(text);
  if (intent === 'deadline') return goBack(scene, state, `截止${explainDue(scene.terms)}。`);
  if (intent === 'skip') return state.entry ? goBack(scene, state, entryIsWhole) : skip(scene, state);
  if (intent === 'unsure') {
    const wayOut = state.entry ? entryIsWhole : '可以先回“跳过”，最后再填。';
    return goBack(scene, state, `${helpFor(scene, state, '') ?? ''}${wayOut}`);
  }
  if (intent === 'thanks') return goBack(scene, state, '不客气。');
  if (!isAboutField(text)) return null;
  const help = helpFor(scene, state, text);
  return help === null ? null : goBack(scene, state, help);
};

const entryIsWhole = '一个项目要说全才能登记；现在说不清，可以回“取消”，以后再登记。';

/** The next missing field, round and round; the skipped ones come back by themselves. */
function skip(scene: Scene, state: DialogueState): Turn | null {
  const missing = missingIn(scene);
  const at = missing.findIndex((field) => field.key === state.asked);
  const next = missing[(at + 1) % missing.length];
  if (state.asked === null || !next) return null;
  const { state: asking, content } = askField(scene, next);
  const line = missing.length === 1 ? '只剩这一项了；不能填就回“存草稿”。' : '好的，先跳过。';
  return turn(asking, preceded([line], content));
}

/** The line, then what was open before it. */
export function goBack(scene: Scene, state: DialogueState, line: string): Turn {
  const { pending, entry } = state;
  const list = scene.lists.find((each) => each.name === entry?.list);
  if (entry && list) return askEntry(scene, list, entry, [line]);
  if (state.asked === null && pending === null) return turn(state, say([line]));
  if (pending?.kind === 'import') return turn(state, say([line, '刚才的试算还在，没有写入，等您回话。']));
  if (pending?.kind === 'review') return turn(state, say([line, '汇总在上面，核对无误请回“确认”提交。'], ['确认']));
  if (pending?.kind === 'remove') return turn(state, say([line, '要删除请回“确认”，不删回“取消”。'], ['确认', '取消']));
  if (pending?.kind === 'mismatch') return askMismatch(scene, pending, [line]);
  const whose = pending?.kind === 'conflict' ? askWhose(scene, pending.contested, [line]) : null;
  if (whose) return whose;
  if (pending?.kind !== 'offer') return toTurn(askAgain(scene, state, [line]));
  const offered = `刚才的${showField(scene, pending.field, pending.value)}还没有记，对的话请回“是”。`;
  const { state: next, content } = askAgain(scene, state, [line, offered]);
  return turn({ ...next, pending }, content);
}

const toTurn = ({ state, content }: Next): Turn => turn(state, content);

/** The help of the field that is named, longest name first; else of the one that is asked. */
export function helpFor(scene: Pick<Scene, 'definition' | 'lists'>, state: DialogueState, text: string): string | null {
  const fields = [scene.definition, ...scene.lists].flatMap((table) => table.fields);
  const named = fields
    .flatMap((field) => namesOf(field).map((name) => ({ field, name })))
    .filter(({ name }) => text.includes(name))
    .sort((a, b) => b.name.length - a.name.length)[0]?.field;
  const asked = state.entry ? state.entry.asked : state.asked;
  const field = named ?? fields.find((each) => each.key === asked);
  return field?.help ? `【${field.short}】${field.help}` : null;
}

const namesOf = (field: FieldDefinition): readonly string[] => [
  field.short,
  field.name,
  ...field.synonyms,
  ...field.options.flatMap((option) => [option.label, ...option.synonyms]),
];
