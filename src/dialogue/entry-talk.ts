/** Talk about the entries of a list (附件2): show, add, change, remove. The list counts only with a confirmed report. */
import { say } from '../channels/content';
import type { Entry } from '../filing/lists';
import type { Ask } from '../reading/reading';
import { type FieldDefinition, fieldOf, type TableDefinition, type Values } from '../table/definition';
import { askLine } from './asks';
import { completeEntry, missingInEntry, readEntry } from './entry-reading';
import { intentOf } from './intents';
import { nextStep, stateOf } from './next';
import { areFull, fillSlots, wantedLine } from './patent-slots';
import { entriesIn, type Scene, valuesIn, withEntries } from './scene';
import { type EntryDraft, idle } from './state';
import { type Effect, type Handler, type Turn, turn } from './turn';
import { showField, showValue } from './wording';

/** An entry is being described: the message answers it, unless it is plainly something else. */
export const entryTalk: Handler = (scene, state, text) => {
  const { entry } = state;
  const list = entry && scene.lists.find((each) => each.name === entry.list);
  if (!entry || !list) return null;
  if (intentOf(text) === 'leave' || intentOf(text) === 'discard') {
    const line = `好的，没有${entry.entryId === null ? '登记' : '改'}这个${noun(list)}。`;
    if (scene.report.draft.size === 0 && !scene.report.filed) return turn(idle, say([line]));
    const { state: next, content } = nextStep(scene, [line]);
    return turn(next, content);
  }
  if (intentOf(text) !== null && !entry.doubled) return null;
  if (entry.doubled) return intentOf(text) === 'confirm' ? write(scene, list, entry) : null;
  return takeEntry(scene, list, entry, text);
};

/** 项目 */
export const noun = (list: TableDefinition): string => list.short.replace(/清单$/, '');

/** 新增项目, with whatever is said of it along the way. */
export function beginEntry(scene: Scene, list: TableDefinition, text: string): Turn {
  const fresh: EntryDraft = { list: list.name, entryId: null, values: {}, asked: null };
  return takeEntry(scene, list, fresh, text) ?? goOn(scene, list, fresh, [], []);
}

/** What a message says of the entry; null when it says nothing of it. */
export function takeEntry(scene: Scene, list: TableDefinition, draft: EntryDraft, text: string): Turn | null {
  const numbers = list.fields.find((field) => field.kind === 'patents');
  const filled = numbers ? fillSlots(text, draft.slots ?? null) : null;
  const reading = readEntry(list, text, draft.asked, draft.values);
  const asks = reading.asks.filter((ask) => !(filled && ask.field === numbers?.key));
  const values: Record<string, string> = { ...draft.values, ...reading.values };
  if (!filled || !numbers) {
    const isEmpty = Object.keys(reading.values).length === 0 && asks.length === 0;
    if (isEmpty) return null;
    const odd = findOdd(list, values, reading.values);
    return odd
      ? askKindAgain(scene, list, { ...draft, values }, odd)
      : goOn(scene, list, { ...draft, values }, asks, []);
  }
  if (areFull(filled.slots)) {
    values[numbers.key] = [...new Set(filled.slots)].join('\n');
    return goOn(scene, list, { ...draft, values, slots: null }, asks, []);
  }
  delete values[numbers.key];
  const lines = [...filled.lines, wantedLine(filled.slots)];
  return goOn(scene, list, { ...draft, values, slots: filled.slots, asked: numbers.key }, asks, lines);
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
  const asked = doubtful ?? (draft.slots ? draft.asked : null) ?? missing?.key ?? null;
  if (asked === null) return judge(scene, list, { ...draft, values });
  const field = fieldOf(list, asked);
  const unit = field.kind === 'amount' ? `（${field.unit}）` : '';
  const question = doubts.length > 0 ? [] : [`${field.question}${unit}？`];
  const known = describeEntry(list, values);
  const choices = field.options.map((option) => option.label);
  const content = say([...(known ? [`已记：${known}。`] : []), ...doubts, ...question], choices);
  return turn(stateOf(scene, { entry: { ...draft, values, asked } }), content);
}

/** A value just said that has no place beside the others: a fee for a free licence. */
function findOdd(list: TableDefinition, values: Values, said: Values): FieldDefinition | undefined {
  const complete = completeEntry(list, values);
  return list.fields.find(({ key, when }) => when !== null && said[key] !== undefined && complete[key] !== said[key]);
}

/** 使用费3万元和支付方式“免费”对不上: the kind is asked once more, the value is kept. */
function askKindAgain(scene: Scene, list: TableDefinition, draft: EntryDraft, odd: FieldDefinition): Turn {
  const kind = list.fields.find((field) => field.kind === 'choice');
  if (!kind) return goOn(scene, list, draft, [], []);
  const { [kind.key]: before = '', ...values } = draft.values;
  const line = `${odd.short}${showValue(odd, draft.values[odd.key] ?? '')}和${kind.short}“${showValue(kind, before)}”对不上，请说明${kind.short}。`;
  const choices = kind.options.map((option) => option.label);
  return turn(stateOf(scene, { entry: { ...draft, values, asked: kind.key } }), say([line], choices));
}

/** The notice's rules on an entry; all of them can be mended by another answer. */
function judge(scene: Scene, list: TableDefinition, draft: EntryDraft): Turn {
  const twin = draft.entryId === null ? findTwin(scene, list, draft.values) : null;
  if (twin) return askTwin(scene, list, draft, twin);
  const facts = { values: draft.values, last: null, rowsOf: () => [] };
  const broken = list.rules.find((rule) => rule.check(facts) !== null);
  if (!broken) return write(scene, list, draft);
  const complaint = broken.check(facts);
  const asked = broken.fields.at(-1) ?? null;
  return turn(stateOf(scene, { entry: { ...draft, asked } }), say([`${complaint}。请改正。`]));
}

/** An entry with the same texts and numbers, whatever it costs: most likely the same licence told twice. */
function findTwin(scene: Scene, list: TableDefinition, values: Values): number | null {
  const keys = list.fields.filter((field) => field.required && (field.kind === 'text' || field.kind === 'patents'));
  const index = entriesIn(scene, list.name).findIndex((entry) =>
    keys.every(({ key }) => sorted(entry.values[key]) === sorted(values[key])),
  );
  return index < 0 ? null : index + 1;
}

const sorted = (canonical: string | undefined): string => (canonical ?? '').split('\n').sort().join('\n');

function askTwin(scene: Scene, list: TableDefinition, draft: EntryDraft, twin: number): Turn {
  const question = `与第${twin}项疑似重复（${describeEntry(list, draft.values)}）。仍要登记吗？`;
  const content = say(
    [question],
    [
      { label: '仍要登记', text: '确认' },
      { label: '不登记', text: '取消' },
    ],
  );
  return turn(stateOf(scene, { entry: { ...draft, asked: null, doubled: true } }), content);
}

function write(scene: Scene, list: TableDefinition, draft: EntryDraft): Turn {
  const { entryId, values } = draft;
  const before = entriesIn(scene, list.name);
  const isNew = entryId === null;
  const entries = isNew
    ? [...before, { rowId: 0, entryId: 0, values }]
    : before.map((entry) => (entry.entryId === entryId ? { ...entry, values } : entry));
  const effect: Effect = isNew
    ? { kind: 'addEntry', list: list.name, values }
    : { kind: 'changeEntry', list: list.name, entryId, values };
  const ordinal = isNew ? entries.length : before.findIndex((entry) => entry.entryId === entryId) + 1;
  const verb = isNew ? `已登记第${ordinal}项` : `第${ordinal}项已改为`;
  return settled(scene, list, entries, `${verb}：${describeEntry(list, values)}。`, effect);
}

/** Back to the report with the figures as the list now makes them. */
export function settled(
  scene: Scene,
  list: TableDefinition,
  entries: readonly Entry[],
  line: string,
  effect: Effect,
): Turn {
  const after = withEntries(scene, list.name, entries);
  const lines = [line, totalsLine(after, list)];
  if (scene.report.draft.size === 0 && !scene.report.filed) {
    return turn(idle, say([...lines, '要报本期的数，回“上报”。'], ['上报']), [effect]);
  }
  const { state, content } = nextStep(after, lines);
  return turn(state, content, [effect]);
}

/** 现有许可16项，免费6项，付费10项，金额54.7万元。 */
export function totalsLine(scene: Scene, list: TableDefinition): string {
  const values = valuesIn(scene);
  const derived = scene.definition.fields.filter((field) => field.derived?.list === list.name);
  return `现有${derived.map((field) => showField(scene, field.key, values[field.key] ?? '0')).join('，')}。`;
}

/** 豫南大学 → 恒通公司，2件：ZL…、ZL…，免费 */
export function describeEntry(list: TableDefinition, values: Values): string {
  return list.fields
    .flatMap((field) => {
      const value = values[field.key];
      if (value === undefined || (field.kind === 'amount' && value === '0')) return [];
      return field.kind === 'choice' ? [showValue(field, value)] : [`${field.short}${showValue(field, value)}`];
    })
    .join('，');
}
