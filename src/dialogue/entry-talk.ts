/** Talk about the entries of a list (附件2): show, add, change, remove. The list counts only with a confirmed report. */
import { type Content, say, table } from '../channels/content';
import type { Entry } from '../filing/lists';
import type { Ask } from '../reading/reading';
import { fieldOf, type TableDefinition, type Values } from '../table/definition';
import { askLine } from './asks';
import { completeEntry, missingInEntry, readEntry } from './entry-reading';
import { bare, intentOf } from './intents';
import { listRequestOf, tellsEntry } from './list-words';
import { nextStep, stateOf } from './next';
import { entriesIn, type Scene, valuesIn, withEntries } from './scene';
import { type DialogueState, type EntryDraft, idle } from './state';
import { type Effect, type Handler, type Turn, turn } from './turn';
import { preceded, showField, showValue } from './wording';

/** An entry is being described: the message answers it, unless it is plainly something else. */
export const entryTalk: Handler = (scene, state, text) => {
  const { entry } = state;
  const list = entry && scene.lists.find((each) => each.name === entry.list);
  if (!entry || !list) return null;
  if (intentOf(text) === 'leave' || intentOf(text) === 'discard') {
    const { state: next, content } = nextStep(scene, [`好的，没有登记这个${noun(list)}。`]);
    return turn(next, content);
  }
  const reading = readEntry(list, text, entry.asked, entry.values);
  if (Object.keys(reading.values).length === 0 && reading.asks.length === 0) return null;
  return goOn(scene, list, { ...entry, values: { ...entry.values, ...reading.values } }, reading.asks);
};

/** 项目清单, 新增项目…, 删除第3项, 第3个项目使用费改成2万 */
export const listTalk: Handler = (scene, state, text) => {
  const [list] = scene.lists;
  if (!list) return null;
  if (intentOf(text) === 'list') return showList(scene, state, list);
  const request = listRequestOf(text);
  if (request?.kind === 'add') return begin(scene, list, request.rest);
  if (request) return atOrdinal(scene, list, request);
  const told = readEntry(list, text, null, {});
  return tellsEntry(list, told.values) ? begin(scene, list, text) : null;
};

const noun = (list: TableDefinition): string => list.short.replace(/清单$/, '');

function begin(scene: Scene, list: TableDefinition, text: string): Turn {
  const reading = text === '' ? { values: {}, asks: [] } : readEntry(list, text, null, {});
  return goOn(scene, list, { list: list.name, entryId: null, values: reading.values, asked: null }, reading.asks);
}

/** Asks what is missing or doubtful; a whole entry is written and read back. */
function goOn(scene: Scene, list: TableDefinition, draft: EntryDraft, asks: readonly Ask[]): Turn {
  const values = completeEntry(list, draft.values);
  const name = (key: string): string => fieldOf(list, key).short;
  const doubts = asks.map((ask) => askLine(scene, ask, name));
  const [missing] = missingInEntry(list, values);
  const doubtful = asks.find((ask) => ask.field !== null)?.field ?? null;
  const asked = doubtful ?? missing?.key ?? null;
  if (asked === null) return judge(scene, list, { ...draft, values });
  const field = fieldOf(list, asked);
  const unit = field.kind === 'amount' ? `（${field.unit}）` : '';
  const question = doubts.length > 0 ? [] : [`${field.question}${unit}？`];
  const known = describeEntry(list, values);
  const choices = field.options.map((option) => option.label);
  const content = say([...(known ? [`已记：${known}。`] : []), ...doubts, ...question], choices);
  return turn(stateOf(scene, { entry: { ...draft, values, asked } }), content);
}

/** The notice's rules on an entry; all of them can be mended by another answer. */
function judge(scene: Scene, list: TableDefinition, draft: EntryDraft): Turn {
  const broken = list.rules.find((rule) => rule.check({ values: draft.values, last: null }) !== null);
  if (!broken) return write(scene, list, draft);
  const complaint = broken.check({ values: draft.values, last: null });
  const asked = broken.fields.at(-1) ?? null;
  return turn(stateOf(scene, { entry: { ...draft, asked } }), say([`${complaint}。请改正。`]));
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
function settled(scene: Scene, list: TableDefinition, entries: readonly Entry[], line: string, effect: Effect): Turn {
  const after = withEntries(scene, list.name, entries);
  const lines = [line, totalsLine(after, list)];
  if (scene.report.draft.size === 0 && !scene.report.filed) {
    return turn(idle, say([...lines, '要报本期的数，回“上报”。'], ['上报']), [effect]);
  }
  const { state, content } = nextStep(after, lines);
  return turn(state, content, [effect]);
}

/** 现有许可16项，免费6项，付费10项，金额54.7万元。 */
function totalsLine(scene: Scene, list: TableDefinition): string {
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

function atOrdinal(
  scene: Scene,
  list: TableDefinition,
  request: { kind: 'remove' | 'change'; ordinal: number; rest?: string },
): Turn {
  const entries = entriesIn(scene, list.name);
  const entry = entries[request.ordinal - 1];
  if (!entry) {
    const { state, content } = nextStep(scene, [`清单里没有第${request.ordinal}项，现有${entries.length}项。`]);
    return turn(state, content);
  }
  if (request.kind === 'remove') return askRemoval(scene, list, entry, request.ordinal);
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
  const list = scene.lists.find((each) => each.name === pending.list);
  if (!list || (intentOf(text) !== 'confirm' && bare(text) !== '确认删除')) return null;
  const entries = entriesIn(scene, list.name);
  const ordinal = entries.findIndex((entry) => entry.entryId === pending.entryId) + 1;
  const rest = entries.filter((entry) => entry.entryId !== pending.entryId);
  const effect: Effect = { kind: 'removeEntry', list: list.name, entryId: pending.entryId };
  return settled(scene, list, rest, `已删除第${ordinal}项。`, effect);
}

function change(scene: Scene, list: TableDefinition, entry: Entry, text: string): Turn {
  const reading = readEntry(list, text, null, entry.values);
  const draft = { list: list.name, entryId: entry.entryId, values: entry.values, asked: null };
  if (Object.keys(reading.values).length === 0 && reading.asks.length === 0) {
    const content = say([
      `第${describeEntry(list, entry.values)}`.replace(/^第/, '这一项是：'),
      '要改哪一栏？如“使用费改成2万”。',
    ]);
    return turn(stateOf(scene, { entry: draft }), content);
  }
  return goOn(scene, list, { ...draft, values: { ...entry.values, ...reading.values } }, reading.asks);
}

function showList(scene: Scene, state: DialogueState, list: TableDefinition): Turn {
  const entries = entriesIn(scene, list.name);
  const shown: Content =
    entries.length === 0
      ? say([`${list.short}还没有项目。要登记请说“新增${noun(list)}”。`])
      : say([
          `${scene.unit.short}${list.short}，共${entries.length}项：`,
          table(
            ['序号', ...list.fields.map((field) => field.short)],
            entries.map((entry, index) => rowOf(list, entry, index)),
          ),
          `可以说：新增${noun(list)}、第1个${noun(list)}使用费改成2万、删除第1项。`,
        ]);
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
