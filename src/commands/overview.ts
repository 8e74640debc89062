/** Where a subtree stands with a period, as the commands and bulletins tell it. */

import { type BulletinUnit, bulletinUnitOf } from '../bulletins/unit-progress';
import { type PeriodTerms, periodFor, previousPeriod, termsOf } from '../calendar/periods';
import type { Tx } from '../database/database';
import { loadStanding, type UnitStanding } from '../filing/standing';
import type { TableDefinition } from '../table/definition';

export interface Overview {
  readonly terms: PeriodTerms;
  readonly standings: readonly UnitStanding[];
  readonly units: readonly BulletinUnit[];
}

/** @param within path of the unit at the top. */
export async function loadOverview(
  tx: Tx,
  definition: TableDefinition,
  period: string,
  within: string,
): Promise<Overview> {
  const standings = await loadStanding(tx, { definition, period, previousPeriod: previousPeriod(period), within });
  return { terms: termsOf(definition.cadence, period), standings, units: standings.map(bulletinUnitOf) };
}

/** The period that people mean when they name none: the one that is open, else the one just locked. */
export function currentPeriod(definition: TableDefinition, now: Date): string {
  const { open, previous } = periodFor(definition.cadence, now);
  return (open ?? previous).period;
}
