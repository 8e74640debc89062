/** 报告经过: what befalls a report after it is filed, one guarded write each, so that two people at once cannot both act. */
import { Filing } from '../../entities/filing';
import { FilingEvent, type FilingEventKind } from '../../entities/filing-event';
import type { Tx } from '../database/database';
import type { Report } from './report';

/** A filed report as somebody saw it when they decided. */
export interface SeenFiling {
  readonly filingId: number;
  readonly status: Filing['status'];
  readonly versionId: number;
}

/** Null while nothing is filed. */
export function seenIn({ filingId, status, filed }: Report): SeenFiling | null {
  return filingId === null || filed === null ? null : { filingId, status, versionId: filed.versionId };
}

export interface Act {
  readonly kind: FilingEventKind;
  readonly personId: number;
  readonly now: Date;
  readonly reason?: string;
  readonly fields?: readonly string[];
}

/** Changes the filing only as it was seen, and keeps what was done; false when somebody else was faster. */
export async function moveFiling(tx: Tx, seen: SeenFiling, change: Partial<Filing>, act: Act): Promise<boolean> {
  const { filingId, status, versionId } = seen;
  const { affected } = await tx.update(Filing, { id: filingId, status, versionId }, change);
  if (affected !== 1) return false;
  await keepEvents(tx, [seen], act);
  return true;
}

/** The same done to each of the filings. */
export async function keepEvents(
  tx: Tx,
  seen: readonly Pick<SeenFiling, 'filingId' | 'versionId'>[],
  { kind, personId, now, reason, fields }: Act,
): Promise<void> {
  const act = { kind, personId, at: now, reason: reason ?? null, fields: fields ?? null };
  const events = seen.map(({ filingId, versionId }) => ({ filingId, versionId, ...act }));
  await tx.insert(FilingEvent, events as object[]);
}
