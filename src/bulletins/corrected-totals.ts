/** What the correction of one unit's report makes of the totals over it. */
import type { UnitStanding } from '../filing/standing';
import { changesBetween, type FigureChange } from '../filing/versions';
import type { TableDefinition, Values } from '../table/definition';
import { sumsOf } from './totals';

export interface CorrectedTotals {
  readonly changes: readonly FigureChange[];
  /** How many units file the table, and how many of them are in the totals. */
  readonly units: number;
  readonly counted: number;
}

export interface CorrectedUnit {
  readonly unitId: number;
  /** The figures that were in the totals; null where they were sent back and in none. */
  readonly before: Values | null;
}

/** @param standings as they are now, with the corrected figures. */
export function correctedTotals(
  definition: TableDefinition,
  standings: readonly UnitStanding[],
  { unitId, before }: CorrectedUnit,
): CorrectedTotals {
  const counted = standings.filter(({ values, status }) => values !== null && status !== 'returned');
  const valuesOf = (units: readonly UnitStanding[]): readonly Values[] => units.map(({ values }) => values ?? {});
  const others = valuesOf(counted.filter((unit) => unit.unitId !== unitId));
  const sumsBefore = sumsOf(definition, before ? [...others, before] : others);
  const sumsAfter = sumsOf(definition, valuesOf(counted));
  const changes = changesBetween(definition, sumsBefore, sumsAfter);
  return { changes, units: standings.length, counted: counted.length };
}
