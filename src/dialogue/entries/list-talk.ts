/** Requests to a list (附件2) as a whole: show it, add to it, change or remove an entry by its number. */
import { say, table } from '../../channels/content';
import type { Entry } from '../../filing/lists';
import type { TableDefinition } from '../../table/definition';
import { splitClauses } from '../corrections/correction-clauses';
import { findEntryChange } from '../corrections/correction-entries';
import { bare, intentOf } from '../intents';
import { nextStep, stateOf } from '../next';
import { entriesIn, type Scene } from '../scene';
import type { DialogueState, EntryDraft } from '../state';
import { type Effect, type Handler, type Turn, turn } from '../turn';
import { preceded, showValue } from '../wording';
import { readEntry } from './entry-reading';
import { beginEntry, takeEntry } from './entry-talk';
import { backToReport, describeEntry, judge, noun, settled } from './entry-writing';
import { type ListRequest, lastOne, listRequestOf, tellsEntry } from './list-words';

/** Two parties and what lies between them take more than a figure does; most messages are shorter. */
const shortestEntry = 10;

/** 项目清单, 新增项目…, 删除第3项, 第3个项目使用费改成2万 */
export const listTalk: Handler = (scene, state, text) => {
  const [list] = scene.lists;
  if (!list) return null;
  if (intentOf(text) === 'list') return showListBetween(scene, state, list);
  const request = listRequestOf(text, list);
  if (request) return setAside(state, list, fulfil(scene, list, request));
  const named = changeNamed(scene, list, text);
  if (named) return setAside(state, list, named);
  if (text.length < shortestEntry) return null;
  const told = readEntry(list, text, null, {});
  return tellsEntry(list, told.values) ? beginEntry(scene, list, text) : null;
};

/** 恒通公司那笔改成2.0: which entry, told by its parties instead of its number. */
function changeNamed(scene: Scene, list: TableDefinition, text: string): Turn | null {
  const entries = entriesIn(scene, list.name);
  const [clause] = /[那这]一?[笔个项条份]/.test(text) ? splitClauses(text.normalize('NFKC').trim()).clauses : [];
  const found = clause?.value ? findEntryChange(list, entries, clause) : null;
  if (!found) return null;
  if (found.kind === 'fault') {
    const { state, content } = nextStep(scene, [found.line]);
    return turn(
      scene.report.draft.size > 0 ? state : stateOf(scene),
      scene.report.draft.size > 0 ? content : say([found.line]),
    );
  }
  const { row, after } = found;
  return judge(scene, list, { list: list.name, entryId: row.entryId, values: after, asked: null });
}

function fulfil(scene: Scene, list: TableDefinition, request: ListRequest): Turn {
  return request.kind === 'add'
    ? beginEntry(scene, list, request.rest, request.before)
    : atOrdinal(scene, list, request);
}

/** An entry that was being described is not lost without a word. */
function setAside({ entry }: DialogueState, list: TableDefinition, next: Turn): Turn {
  const told = entry && entry.list === list.name ? describeEntry(list, entry.values) : '';
  if (!entry || told === '') return next;
  const line = `刚才说的${noun(list)}没有${entry.entryId === null ? '登记' : '改'}（${told}），要的话请重说一遍。`;
  return { ...next, content: preceded([line], next.content) };
}

function atOrdinal(
  scene: Scene,
  list: TableDefinition,
  request: { kind: 'remove' | 'change'; ordinal: number; rest?: string },
): Turn {
  const entries = entriesIn(scene, list.name);
  const entry = request.ordinal === lastOne ? entries.at(-1) : entries[request.ordinal - 1];
  if (!entry) {
    const { state, content } = nextStep(scene, [`清单里没有第${request.ordinal}项，现有${entries.length}项。`]);
    return turn(state, content);
  }
  if (request.kind === 'remove') return askRemoval(scene, list, entry, entries.indexOf(entry) + 1);
  return change(scene, list, entry, request.rest ?? '');
}

function askRemoval(scene: Scene, list: TableDefinition, entry: Entry, ordinal: number): Turn {
  const pending = { kind: 'remove', list: list.name, entryId: entry.entryId } as const;
  const question = `要删除第${ordinal}项（${describeEntry(list, entry.values)}）吗？`;
  return turn(stateOf(scene, { pending }), say([question], [{ label: '确认删除', text: '确认' }, '取消']));
}

/** The answer to a removal. */
export function removalTalk(scene: Scene, state: DialogueState, text: string): Turn | null {
  const { pending } = state;
  if (pending?.kind !== 'remove') return null;
  const intent = intentOf(text);
  if (intent === 'deny' || intent === 'leave') return backToReport(scene, '好的，没有删除。');
  const list = scene.lists.find((each) => each.name === pending.list);
  if (!list || (intent !== 'confirm' && bare(text) !== '确认删除')) return null;
  const entries = entriesIn(scene, list.name);
  const ordinal = entries.findIndex((entry) => entry.entryId === pending.entryId) + 1;
  const rest = entries.filter((entry) => entry.entryId !== pending.entryId);
  const effect: Effect = { kind: 'removeEntry', list: list.name, entryId: pending.entryId };
  return settled(scene, list, rest, `已删除第${ordinal}项。`, effect);
}

/** 第3个项目使用费改成2万 */
function change(scene: Scene, list: TableDefinition, entry: Entry, text: string): Turn {
  const draft: EntryDraft = { list: list.name, entryId: entry.entryId, values: entry.values, asked: null };
  const changed = takeEntry(scene, list, draft, text);
  if (changed) return changed;
  const lines = [`这一项是：${describeEntry(list, entry.values)}。`, '要改哪一栏？如“使用费改成2万”。'];
  return turn(stateOf(scene, { entry: draft }), say(lines, ['取消']));
}

/** The whole list, with how it is changed. */
export function showList(scene: Scene, list: TableDefinition): Turn {
  const entries = entriesIn(scene, list.name);
  if (entries.length === 0) {
    return turn(stateOf(scene), say([`${list.short}还没有项目。要登记请说“新增${noun(list)}”。`]));
  }
  const content = say([
    `${scene.unit.short}${list.short}，共${entries.length}项：`,
    table(
      ['序号', ...list.fields.map((field) => field.short)],
      entries.map((entry, index) => rowOf(list, entry, index)),
    ),
    `可以说：新增${noun(list)}、第1个${noun(list)}使用费改成2万、删除第1项。`,
  ]);
  return turn(stateOf(scene), content);
}

/** The list in the middle of something else, which goes on below it. */
function showListBetween(scene: Scene, state: DialogueState, list: TableDefinition): Turn {
  const { content: shown } = showList(scene, list);
  if (state.asked === null && state.pending === null) return turn(state, shown);
  const { state: next, content } = nextStep(scene);
  return turn(next, preceded(shown.blocks, content));
}

function rowOf(list: TableDefinition, entry: Entry, index: number): readonly string[] {
  const cells = list.fields.map((field) => {
    const value = entry.values[field.key];
    return value === undefined ? '' : field.kind === 'amount' ? value : showValue(field, value);
  });
  return [String(index + 1), ...cells];
}
