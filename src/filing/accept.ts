/** 通过: the bureau has checked a filed report; from then on only 更正 changes it. */
import { In } from 'typeorm';
import { Filing } from '../../entities/filing';
import type { Tx } from '../database/database';
import { rowLock } from '../database/row-lock';
import { type Act, keepEvents, moveFiling, type SeenFiling } from './events';
import type { ReportKey } from './report';

type Decision = Pick<Act, 'personId' | 'now'>;

/** False when the report is no longer as it was seen. */
export const acceptReport = (tx: Tx, seen: SeenFiling, decision: Decision): Promise<boolean> =>
  moveFiling(tx, seen, { status: 'accepted' }, { kind: 'accepted', ...decision });

/** A report of one unit as it was shown to whoever decides. */
export interface ShownReport {
  readonly unitId: number;
  readonly versionId: number;
}

/** 全部通过: the units whose report still was as it was shown; a few statements, however many they are. */
export async function acceptReports(
  tx: Tx,
  { definition, period }: Omit<ReportKey, 'unitId'>,
  shown: readonly ShownReport[],
  decision: Decision,
): Promise<ReadonlySet<number>> {
  const versions = new Map(shown.map(({ unitId, versionId }) => [unitId, versionId]));
  const where = { tableName: definition.name, period, unitId: In([...versions.keys()]), status: 'filed' as const };
  const filed = await tx.find(Filing, { where, ...rowLock(tx) });
  const unmoved = filed.filter(({ unitId, versionId }) => versionId === versions.get(unitId));
  if (unmoved.length === 0) return new Set();
  await tx.update(Filing, { id: In(unmoved.map(({ id }) => id)) }, { status: 'accepted' });
  const seen = unmoved.map(({ id, versionId }) => ({ filingId: id, versionId: versionId ?? 0 }));
  await keepEvents(tx, seen, { kind: 'accepted', ...decision });
  return new Set(unmoved.map(({ unitId }) => unitId));
}

/** 撤销通过 */
export const undoAcceptance = (tx: Tx, seen: SeenFiling, decision: Decision): Promise<boolean> =>
  moveFiling(tx, seen, { status: 'filed' }, { kind: 'acceptance_undone', ...decision });
