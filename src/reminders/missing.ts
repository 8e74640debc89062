/** The units that have not filed a period, each with its own terms, and what their contacts are told. */
import { termsWith } from '../calendar/leave';
import { type PeriodTerms, previousPeriod, termsOf } from '../calendar/periods';
import type { Tx } from '../database/database';
import { loadStanding, type UnitStanding } from '../filing/standing';
import type { TableDefinition } from '../table/definition';
import { type Pause, pausesInForce } from './pauses';

export interface MissingUnit extends UnitStanding {
  /** Those of this unit, with its extension. */
  readonly terms: PeriodTerms;
  readonly pause: Pause | null;
}

export const isMissing = ({ status }: Pick<UnitStanding, 'status'>): boolean => status === null || status === 'draft';

export interface Asked {
  readonly definition: TableDefinition;
  readonly period: string;
  readonly now: Date;
}

/** @param asked `within` is the path of the unit at the top. */
export async function loadMissing(tx: Tx, asked: Asked & { readonly within: string }): Promise<readonly MissingUnit[]> {
  const standings = await loadStanding(tx, { ...asked, previousPeriod: previousPeriod(asked.period) });
  return missingOf(tx, asked, standings);
}

/** Those of the units that have not filed. */
export async function missingOf(
  tx: Tx,
  { definition, period, now }: Asked,
  standings: readonly UnitStanding[],
): Promise<readonly MissingUnit[]> {
  const missing = standings.filter(isMissing);
  const terms = termsOf(definition.cadence, period);
  const pauses = missing.length > 0 ? await pausesInForce(tx, now) : new Map<number, Pause>();
  return missing.map((unit) => ({
    ...unit,
    terms: termsWith(terms, unit),
    pause: pauses.get(unit.unitId) ?? null,
  }));
}
