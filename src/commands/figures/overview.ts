/** Where a subtree stands with a period, as the commands and bulletins tell it. */

import type { Role } from '../../../entities/assignment';
import type { UnitRef } from '../../access/speaker';
import type { BulletinUnit } from '../../bulletins/unit-progress';
import { type PeriodTerms, periodFor, previousPeriod, termsOf } from '../../calendar/periods';
import { say } from '../../channels/content';
import type { Tx } from '../../database/database';
import { loadStanding, type UnitStanding } from '../../filing/standing';
import { withNotes } from '../../reminders/notes';
import type { TableDefinition } from '../../table/definition';
import { figureTables, type Outcome, type Talk, topUnit } from '../command';
import { periodIn, tableIn } from '../meant/period-words';

export interface Overview {
  readonly terms: PeriodTerms;
  readonly standings: readonly UnitStanding[];
  readonly units: readonly BulletinUnit[];
}

export interface OverviewQuery {
  readonly definition: TableDefinition;
  readonly period: string;
  /** Path of the unit at the top. */
  readonly within: string;
  readonly now: Date;
}

export async function loadOverview(tx: Tx, query: OverviewQuery): Promise<Overview> {
  const { definition, period } = query;
  const standings = await loadStanding(tx, { ...query, previousPeriod: previousPeriod(period) });
  return { terms: termsOf(definition.cadence, period), standings, units: await withNotes(tx, query, standings) };
}

export interface AskedOverview extends Overview {
  readonly definition: TableDefinition;
  /** The unit at the top of what was asked about. */
  readonly top: UnitRef;
}

/** What a command was asked about: the table and period that its text names, over the subtree of the speaker's role. */
export async function askedOverview(talk: Talk, roles: readonly Role[]): Promise<AskedOverview | null> {
  const { tx, now, speaker, text, tables } = talk;
  const definition = tableIn(text, figureTables(tables));
  const top = topUnit(speaker, roles);
  if (!definition || !top) return null;
  const period = periodIn(text, now) ?? currentPeriod(definition, now);
  return { definition, top, ...(await loadOverview(tx, { definition, period, within: top.path, now })) };
}

export const nothingToSee: Outcome = { content: say(['没有可查看的范围。']) };

/** The period that people mean when they name none: the one that is open, else the one just locked. */
export function currentPeriod(definition: TableDefinition, now: Date): string {
  const { open, previous } = periodFor(definition.cadence, now);
  return (open ?? previous).period;
}
