/** Between a scene and an import: what an import is planned against, and how the scene looks once it is carried out. */
import { notApplicableIn } from '../../filing/report';
import { type ImportPlan, planImport, writesOf } from '../../imports/plan';
import { findUnits } from '../../reading/names';
import type { ReadTable } from '../../sheets/official';
import { entriesIn, type Scene, valuesIn, withAnswers, withEntries } from '../scene';
import type { Effect } from '../turn';

export function planFor(scene: Scene, tables: readonly ReadTable[]): ImportPlan {
  const { unit, definition, lists } = scene;
  const names = [{ id: unit.id, names: [unit.name, unit.short] }];
  return planImport(tables, {
    isOwn: (label) => findUnits(label, names).length > 0,
    unitShort: unit.short,
    period: scene.terms.period,
    figures: definition,
    standing: { values: valuesIn(scene), notApplicable: new Set(notApplicableIn(scene.report).keys()) },
    lists: lists.map((list) => ({ list, entries: entriesIn(scene, list.name) })),
  });
}

export function effectsOf(plan: ImportPlan): readonly Effect[] {
  const { answers, lists } = writesOf(plan);
  return [
    ...(answers.length > 0 ? [{ kind: 'answer', answers } as const] : []),
    ...lists.flatMap(({ list, changed, added }): readonly Effect[] => [
      ...changed.map(({ entry, values }) => ({
        kind: 'changeEntry' as const,
        list: list.name,
        entryId: entry.entryId,
        values,
      })),
      ...added.map(({ values }) => ({ kind: 'addEntry' as const, list: list.name, values })),
    ]),
  ];
}

export function withImported(scene: Scene, plan: ImportPlan): Scene {
  const { answers, lists } = writesOf(plan);
  return lists.reduce(
    (after, { list, changed, added }) => {
      const kept = entriesIn(after, list.name).map((entry) => {
        const change = changed.find((each) => each.entry.entryId === entry.entryId);
        return change ? { ...entry, values: change.values } : entry;
      });
      const fresh = added.map(({ values }) => ({ rowId: 0, entryId: 0, values }));
      return withEntries(after, list.name, [...kept, ...fresh]);
    },
    withAnswers(scene, answers),
  );
}
