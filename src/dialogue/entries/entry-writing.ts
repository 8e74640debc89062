/** An entry of a list that is whole: checked against the notice's rules and its likes, written, and read back with the totals. */
import { say } from '../../channels/content';
import type { Entry } from '../../filing/lists';
import type { TableDefinition, Values } from '../../table/definition';
import { nextStep, stateOf } from '../next';
import { entriesIn, type Scene, valuesIn, withEntries } from '../scene';
import { type EntryDraft, idle } from '../state';
import { type Effect, type Turn, turn } from '../turn';
import { showField, showValue } from '../wording';

/** 项目 */
export const noun = (list: TableDefinition): string => list.short.replace(/清单$/, '');

/** The notice's rules on an entry; all of them can be mended by another answer. */
export function judge(scene: Scene, list: TableDefinition, draft: EntryDraft): Turn {
  if (draft.entryId === null && findTwin(scene, list, draft.values) !== null) return askTwin(scene, list, draft);
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

/** A whole entry that looks like another: written only when that is confirmed. */
export function askTwin(scene: Scene, list: TableDefinition, draft: EntryDraft): Turn {
  const twin = findTwin(scene, list, draft.values);
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

export function write(scene: Scene, list: TableDefinition, draft: EntryDraft): Turn {
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

/** On with the report if there is one; the list alone begins none. */
export function backToReport(scene: Scene, line: string): Turn {
  if (scene.report.draft.size === 0 && !scene.report.filed) return turn(idle, say([line]));
  const { state, content } = nextStep(scene, [line]);
  return turn(state, content);
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
