/** What a correction would change, in words: the things themselves, and the figures that follow from them. */

import type { CorrectedThing } from '../../../entities/filing-correction';
import { type Block, list } from '../../channels/content';
import { type Counted, correct } from '../../filing/correction';
import { changesBetween, type FigureChange } from '../../filing/versions';
import type { TableDefinition } from '../../table/definition';
import { showFigureChange, showFigureChanges } from './change-words';
import { nameOf } from './correction-entries';
import type { CorrectionSubject } from './correction-reading';

/** 第2项 恒通公司：使用费2.9→2.0万元, and 企业24→23家 */
export function thingLines(
  { definition, lists, counted }: CorrectionSubject,
  things: readonly CorrectedThing[],
): readonly string[] {
  const after = correct(definition, counted, things);
  const ofEntries = lists.flatMap((each) => entryLines(each, counted, after));
  const asked = new Set(things.flatMap((thing) => (thing.kind === 'figure' ? [thing.field] : [])));
  const ofFigures = changesBetween(definition, counted.values, after.values).filter(({ field }) =>
    asked.has(field.key),
  );
  return [...ofEntries, ...ofFigures.map(showFigureChange)];
}

function entryLines(each: TableDefinition, before: Counted, after: Counted): readonly string[] {
  const rows = before.entries.get(each.name) ?? [];
  return rows.flatMap((row, index) => {
    const changes = changesBetween(each, row.values, after.entries.get(each.name)?.[index]?.values ?? row.values);
    return changes.length === 0 ? [] : [`${nameOf(each, rows, row)}：${showFigureChanges(changes)}`];
  });
}

/** The figures that the lists make of it: 金额36.5→35.6万元. */
export function derivedChanges(
  { definition, counted }: CorrectionSubject,
  things: readonly CorrectedThing[],
): readonly FigureChange[] {
  const after = correct(definition, counted, things);
  return changesBetween(definition, counted.values, after.values).filter(({ field }) => field.derived !== null);
}

/** Both, as they are shown before anything is handed in and to whoever decides. */
export function correctionBlocks(
  subject: CorrectionSubject,
  things: readonly CorrectedThing[],
  month: string,
): readonly (Block | string)[] {
  const derived = derivedChanges(subject, things);
  return [
    list([...thingLines(subject, things)]),
    ...(derived.length > 0 ? [`${month}合计：${showFigureChanges(derived)}。`] : []),
  ];
}
