/**
 * A file or pasted rows → what importing them would do, against what the unit has now. Decides nothing and writes nothing:
 * the dry run is told from it, and 确认导入 carries out just what it names.
 */
import { createHash } from 'node:crypto';
import type { Answer } from '../filing/draft';
import type { ReadTable } from '../sheets/official';
import { deriveValues } from '../table/check';
import type { Values } from '../table/definition';
import { type FiguresPlan, ownRowOf, planFigures } from './figures-plan';
import { type ListPlan, planList } from './list-plan';
import { readOpening } from './opening';
import { isSame } from './same';
import type { ImportTarget, PlacedWrong } from './target';

export interface ImportPlan {
  /** Null when the file has no sheet of figures. */
  readonly figures: FiguresPlan | null;
  readonly lists: readonly ListPlan[];
  readonly wrong: readonly PlacedWrong[];
  /** Worth a word, and no hindrance. */
  readonly notes: readonly string[];
}

export interface Writes {
  readonly answers: readonly Answer[];
  readonly lists: readonly Pick<ListPlan, 'list' | 'changed' | 'added'>[];
}

export function planImport(tables: readonly ReadTable[], target: ImportTarget): ImportPlan {
  const openings = tables.map((table) => readOpening(table, target));
  const sheet = tables.find((each) => each.table === target.figures.name);
  const own = sheet ? ownRowOf(sheet, target.isOwn) : null;
  const figures = own ? planFigures(target.figures, own.ok ? own.row : null, target.standing) : null;
  const lists = target.lists.flatMap(({ list, entries }) => {
    const table = tables.find((each) => each.table === list.name);
    return table ? [{ plan: planList(list, rowsOf(table, target), entries), sheet: table.sheet }] : [];
  });
  const wrong: PlacedWrong[] = [
    ...openings.flatMap((opening) => opening.wrong),
    ...(sheet && own && !own.ok ? [whole(sheet.sheet, `${sheet.sheet || target.figures.short}${own.reason}`)] : []),
    ...(figures?.wrong ?? []).map((each) => ({ ...each, sheet: sheet?.sheet ?? '' })),
    ...lists.flatMap(({ plan, sheet: name }) => plan.wrong.map((each) => ({ ...each, sheet: name }))),
  ];
  const plan = { figures, lists: lists.map((each) => each.plan), wrong, notes: openings.flatMap((each) => each.notes) };
  return { ...plan, notes: [...plan.notes, ...disagreements(plan, target, sheet?.sheet ?? '')] };
}

/** On a sheet of several units, the rows of this one. */
const rowsOf = ({ rows }: ReadTable, { isOwn }: ImportTarget) =>
  rows.filter(({ unit }) => unit === null || unit === '' || isOwn(unit));

const whole = (sheet: string, reason: string): PlacedWrong => ({ sheet, row: null, cell: null, reason, field: null });

/** Figures of the file that the list, as it will be, does not bear out; the list counts. */
function disagreements({ figures, lists, wrong }: ImportPlan, target: ImportTarget, sheet: string): readonly string[] {
  if (!figures || wrong.length > 0) return [];
  const after = deriveValues(target.figures, (name) => entriesAfter(name, lists, target));
  return figures.stated
    .filter(({ field, value }) => !isSame(field, value, after[field.key]))
    .map(({ field, address, value }) => {
      const list = target.lists.find((each) => each.list.name === field.derived?.list)?.list.short ?? '清单';
      return `${sheet}!${address} ${field.short}${value}与${list}得出的${after[field.key] ?? '0'}不同，以${list}为准。`;
    });
}

/** The entries of a list once the plan is carried out. */
export function entriesAfter(name: string, plans: readonly ListPlan[], target: ImportTarget): readonly Values[] {
  const entries = target.lists.find(({ list }) => list.name === name)?.entries ?? [];
  const plan = plans.find(({ list }) => list.name === name);
  const kept = entries.map(
    (entry) => plan?.changed.find((change) => change.entry.entryId === entry.entryId)?.values ?? entry.values,
  );
  return [...kept, ...(plan?.added ?? []).map((added) => added.values)];
}

/** How many things of the plan would be written. */
export const countWrites = ({ figures, lists }: ImportPlan): number =>
  lists.reduce((sum, { changed, added }) => sum + changed.length + added.length, figures?.given.length ?? 0);

export function writesOf({ figures, lists }: ImportPlan): Writes {
  const answers = (figures?.given ?? []).map(({ field, value }) => ({
    field: field.key,
    value,
    notApplicable: null,
    explanation: null,
  }));
  return { answers, lists };
}

/** Tells whether a plan is still the one that was shown. */
export function digestOf(plan: ImportPlan): string {
  const { answers, lists } = writesOf(plan);
  const entries = lists.map(({ list, changed, added }) => [
    list.name,
    changed.map(({ entry, values }) => [entry.rowId, sorted(values)]),
    added.map(({ values }) => sorted(values)),
  ]);
  const told = JSON.stringify([answers, entries, plan.wrong.map(({ reason }) => reason)]);
  return createHash('sha256').update(told).digest('hex').slice(0, 32);
}

const sorted = (values: Values) => Object.entries(values).sort(([one], [other]) => one.localeCompare(other));
