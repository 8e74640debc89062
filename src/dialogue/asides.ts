/** Digressions: a question about a field, the deadline, a thank-you. They store nothing, and the open question comes back. */
import { explainDue } from '../calendar/periods';
import { say } from '../channels/content';
import type { FieldDefinition } from '../table/definition';
import { askAgain } from './figures-talk';
import { intentOf, isAboutField } from './intents';
import { askField } from './next';
import { missingIn, type Scene } from './scene';
import type { DialogueState } from './state';
import { type Handler, type Turn, turn } from './turn';
import { preceded } from './wording';

export const aside: Handler = (scene, state, text) => {
  const intent = intentOf(text);
  if (intent === 'deadline') return goBack(scene, state, `截止${explainDue(scene.terms)}。`);
  if (intent === 'withdraw') return goBack(scene, state, withdrawLine(scene));
  if (intent === 'skip') return skip(scene, state);
  if (intent === 'unsure') return goBack(scene, state, `${helpFor(scene, state, '') ?? ''}可以先回“跳过”，最后再填。`);
  if (intent === 'thanks') return goBack(scene, state, '不客气。');
  if (!isAboutField(text)) return null;
  const help = helpFor(scene, state, text);
  return help === null ? null : goBack(scene, state, help);
};

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

function withdrawLine(scene: Scene): string {
  return scene.report.filed
    ? `已提交的报告（${scene.report.filed.receipt}）不用撤回：要更正，直接说改哪一项，再确认即可。`
    : '还没有提交，不用撤回；不想要草稿请回“放弃”。';
}

function goBack(scene: Scene, state: DialogueState, line: string): Turn {
  if (state.entry) return turn(state, say([line, entryQuestion(scene, state)]));
  if (state.asked === null && state.pending === null) return turn(state, say([line]));
  if (state.pending?.kind === 'import') return turn(state, say([line, '刚才的试算还在，没有写入，等您回话。']));
  if (state.pending?.kind === 'review')
    return turn(state, say([line, '汇总在上面，核对无误请回“确认”提交。'], ['确认']));
  const { state: next, content } = askAgain(scene, state, [line]);
  return turn(next, content);
}

function entryQuestion(scene: Scene, { entry }: DialogueState): string {
  const list = scene.lists.find((each) => each.name === entry?.list);
  const field = list?.fields.find((each) => each.key === entry?.asked);
  return field ? `回到${field.question}？` : '请继续说这个项目。';
}

/** The help of the field that is named, longest name first; else of the one that is asked. */
export function helpFor(scene: Pick<Scene, 'definition' | 'lists'>, state: DialogueState, text: string): string | null {
  const fields = [scene.definition, ...scene.lists].flatMap((table) => table.fields);
  const named = fields
    .flatMap((field) => namesOf(field).map((name) => ({ field, name })))
    .filter(({ name }) => text.includes(name))
    .sort((a, b) => b.name.length - a.name.length)[0]?.field;
  const field = named ?? fields.find((each) => each.key === state.asked);
  return field?.help ? `【${field.short}】${field.help}` : null;
}

const namesOf = (field: FieldDefinition): readonly string[] => [
  field.short,
  field.name,
  ...field.synonyms,
  ...field.options.flatMap((option) => [option.label, ...option.synonyms]),
];
