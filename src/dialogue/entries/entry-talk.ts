/** Talk about the entries of a list (附件2): show, add, change, remove. The list counts only with a confirmed report. */
import { say } from '../../channels/content';
import type { Ask } from '../../reading/reading';
import { type FieldDefinition, fieldOf, type TableDefinition, type Values } from '../../table/definition';
import { askLine, optionsOffered } from '../asks';
import { splitFigures } from '../clauses';
import { takeBeside } from '../figures-beside';
import { type Intent, intentOf, isAboutField } from '../intents';
import { stateOf } from '../next';
import type { Scene } from '../scene';
import type { EntryDraft } from '../state';
import { type Handler, type Turn, turn } from '../turn';
import { preceded, showValue } from '../wording';
import { completeEntry, missingInEntry, readEntry } from './entry-reading';
import { askTwin, backToReport, describeEntry, judge, noun, write } from './entry-writing';
import { listRequestOf } from './list-words';
import { areFull, fillSlots, wantedLine } from './patent-slots';

/** An entry is being described: the message answers it, unless it is plainly something else. */
export const entryTalk: Handler = (scene, state, text) => {
  const { entry } = state;
  const list = entry && scene.lists.find((each) => each.name === entry.list);
  if (!entry || !list) return null;
  const intent = intentOf(text);
  if (intent === 'leave' || intent === 'discard') return giveUp(scene, list, entry);
  if (entry.doubled && intent === 'confirm') return write(scene, list, entry);
  if (intent !== null && unanswering.has(intent)) return askEntry(scene, list, entry, []);
  if (intent !== null || isAboutField(text) || listRequestOf(text, list)) return null;
  return hearMore(scene, list, entry, text);
};

/** Said while an entry is open, these answer nothing: it is neither written nor thrown away by them. */
const unanswering: ReadonlySet<Intent> = new Set(['confirm', 'deny', 'resume', 'unchanged', 'optionA', 'optionB']);

function giveUp(scene: Scene, list: TableDefinition, entry: EntryDraft): Turn {
  return backToReport(scene, `好的，没有${entry.entryId === null ? '登记' : '改'}这个${noun(list)}。`);
}

/** More of the entry, figures of the report, or both. */
function hearMore(scene: Scene, list: TableDefinition, entry: EntryDraft, text: string): Turn | null {
  const { figures, rest } = splitFigures(scene.definition, list, text, false);
  // What looks like another entry is mended by name; nothing is asked of it.
  const said = takeEntry(scene, list, entry.doubled ? { ...entry, doubled: false, asked: null } : entry, rest);
  const beside = takeBeside(scene, said ? figures : text);
  if (!beside) return said;
  // The figures count in what is said after the entry, so it is taken once more with them.
  const taken = said && takeEntry(beside.scene, list, entry, rest);
  const { state, content, effects } = taken ?? askEntry(beside.scene, list, entry, []);
  return turn(state, preceded(beside.lines, content), [...beside.effects, ...effects]);
}

/** 新增项目, with whatever is said of it along the way; what stands before it are figures of the report. */
export function beginEntry(scene: Scene, list: TableDefinition, text: string, figures = ''): Turn {
  const fresh: EntryDraft = { list: list.name, entryId: null, values: {}, asked: null };
  const split = splitFigures(scene.definition, list, text, figures === '');
  const beside = takeBeside(scene, `${figures}${split.figures}`);
  const now = beside?.scene ?? scene;
  const { state, content, effects } = takeEntry(now, list, fresh, split.rest) ?? askEntry(now, list, fresh, []);
  const lines = [...(beside?.lines ?? []), ...split.doubtful.map(notTaken)];
  return turn(state, preceded(lines, content), [...(beside?.effects ?? []), ...effects]);
}

const notTaken = (clause: string): string =>
  `“${clause.replace(/[，,；;。\s]+$/u, '')}”没有记入统计表，要报请单独说一遍。`;

/** What a message says of the entry; null when it says nothing of it. */
export function takeEntry(scene: Scene, list: TableDefinition, draft: EntryDraft, text: string): Turn | null {
  const numbers = list.fields.find((field) => field.kind === 'patents');
  const filled = numbers ? fillSlots(text, draft.slots ?? null) : null;
  const reading = readEntry(list, text, draft.asked, draft.values);
  const asks = reading.asks.filter((ask) => !(filled && ask.field === numbers?.key));
  const values: Record<string, string> = { ...draft.values, ...reading.values };
  if (!filled || !numbers) {
    const isEmpty = Object.keys(reading.values).length === 0 && asks.length === 0;
    return isEmpty ? null : hear(scene, list, { ...draft, values }, { said: reading.values, asks, lines: [] });
  }
  if (areFull(filled.slots)) {
    values[numbers.key] = [...new Set(filled.slots)].join('\n');
    return hear(scene, list, { ...draft, values, slots: null }, { said: reading.values, asks, lines: [] });
  }
  delete values[numbers.key];
  const lines = [...filled.lines, wantedLine(filled.slots)];
  const wanting = { ...draft, values, slots: filled.slots, asked: numbers.key };
  return hear(scene, list, wanting, { said: reading.values, asks, lines });
}

/** What one message told of an entry. */
interface Heard {
  readonly said: Values;
  readonly asks: readonly Ask[];
  /** What is wrong with its patent numbers. */
  readonly lines: readonly string[];
}

function hear(scene: Scene, list: TableDefinition, draft: EntryDraft, { said, asks, lines }: Heard): Turn {
  const odd = findOdd(list, draft.values, said);
  return odd ? askKindAgain(scene, list, draft, { odd, lines }) : goOn(scene, list, draft, asks, lines);
}

/** The open question of an entry once more. */
export function askEntry(scene: Scene, list: TableDefinition, draft: EntryDraft, before: readonly string[]): Turn {
  if (draft.doubled) {
    const { state, content } = askTwin(scene, list, draft);
    return turn(state, preceded(before, content));
  }
  const lines = draft.slots ? [wantedLine(draft.slots)] : [];
  const { state, content } = goOn(scene, list, draft, [], lines);
  return turn(state, preceded(before, content));
}

/** Asks what is missing or doubtful; a whole entry is written and read back. */
function goOn(
  scene: Scene,
  list: TableDefinition,
  draft: EntryDraft,
  asks: readonly Ask[],
  numberLines: readonly string[],
): Turn {
  const values = completeEntry(list, draft.values);
  const doubts = [...numberLines, ...asks.map((ask) => askLine(scene, ask, (key) => fieldOf(list, key)))];
  const [missing] = missingInEntry(list, values);
  const doubtful = asks.find((ask) => ask.field !== null)?.field ?? null;
  const wanted = draft.slots ? list.fields.find((field) => field.kind === 'patents')?.key : undefined;
  const asked = doubtful ?? wanted ?? missing?.key ?? null;
  if (asked === null) return judge(scene, list, { ...draft, values });
  const field = fieldOf(list, asked);
  const unit = field.kind === 'amount' ? `（${field.unit}）` : '';
  const question = doubts.length > 0 ? [] : [`${field.question}${unit}？`];
  const known = describeEntry(list, values);
  const offered = optionsOffered(field, asks);
  const choices = offered.length > 1 ? offered : field.options.map((option) => option.label);
  const content = say([...(known ? [`已记：${known}。`] : []), ...doubts, ...question], choices);
  return turn(stateOf(scene, { entry: { ...draft, values, asked } }), content);
}

/** A value just said that has no place beside the others: a fee for a free licence. */
function findOdd(list: TableDefinition, values: Values, said: Values): FieldDefinition | undefined {
  const complete = completeEntry(list, values);
  return list.fields.find(({ key, when }) => when !== null && said[key] !== undefined && complete[key] !== said[key]);
}

/** 使用费3万元和支付方式“免费”对不上: the kind is asked once more, the value is kept. */
function askKindAgain(
  scene: Scene,
  list: TableDefinition,
  draft: EntryDraft,
  { odd, lines }: { readonly odd: FieldDefinition; readonly lines: readonly string[] },
): Turn {
  const kind = list.fields.find((field) => field.kind === 'choice');
  if (!kind) return goOn(scene, list, draft, [], lines);
  const { [kind.key]: before = '', ...values } = draft.values;
  const line = `${odd.short}${showValue(odd, draft.values[odd.key] ?? '')}和${kind.short}“${showValue(kind, before)}”对不上，请说明${kind.short}。`;
  const choices = kind.options.map((option) => option.label);
  return turn(stateOf(scene, { entry: { ...draft, values, asked: kind.key } }), say([...lines, line], choices));
}
