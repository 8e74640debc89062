/** Later reports of a unit that counted the very list rows of an earlier one: a correction of that one leaves them as they were filed. */
import { In, IsNull, MoreThan, Not } from 'typeorm';
import { Filing } from '../../entities/filing';
import { FilingEntry } from '../../entities/filing-entry';
import type { Tx } from '../database/database';
import type { ReportKey } from './report';

/** Oldest first. */
export async function laterPeriodsWith(
  tx: Tx,
  { unitId, definition, period }: ReportKey,
  rowIds: readonly number[],
): Promise<readonly string[]> {
  const ofUnit = { unitId, tableName: definition.name, versionId: Not(IsNull()) };
  const later = await tx.find(Filing, { where: { ...ofUnit, period: MoreThan(period) }, order: { period: 'ASC' } });
  const versionId = In(later.map((filing) => filing.versionId));
  const links = await tx.findBy(FilingEntry, { versionId, rowId: In([...rowIds]) });
  return later
    .filter((filing) => links.some((link) => link.versionId === filing.versionId))
    .map((filing) => filing.period);
}
