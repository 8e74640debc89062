/** What leaders read behind the name of a unit that has not filed: 因防汛暂停催报, 延期至7月10日. */
import { type BulletinUnit, bulletinUnitOf } from '../bulletins/unit-progress';
import { formatDue } from '../calendar/periods';
import type { Tx } from '../database/database';
import type { UnitStanding } from '../filing/standing';
import { type Asked, type MissingUnit, missingOf } from './missing';
import { pauseReason } from './pauses';

export async function withNotes(
  tx: Tx,
  asked: Asked,
  standings: readonly UnitStanding[],
): Promise<readonly BulletinUnit[]> {
  const missing = await missingOf(tx, asked, standings);
  const notes = new Map(missing.map((unit) => [unit.unitId, noteOf(unit)]));
  return standings.map((standing, order) => ({
    ...bulletinUnitOf(standing, order),
    note: notes.get(standing.unitId) ?? null,
  }));
}

function noteOf({ pause, terms }: MissingUnit): string | null {
  const notes = [...(pause ? [pauseReason(pause)] : []), ...(terms.extendedFrom ? [`延期至${formatDue(terms)}`] : [])];
  return notes.length > 0 ? notes.join('，') : null;
}
