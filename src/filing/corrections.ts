/** 更正申请: kept until staff decide; agreeing writes another version of the report, and nothing before that counts. */
import { Filing } from '../../entities/filing';
import { FilingCorrection } from '../../entities/filing-correction';
import type { Tx } from '../database/database';
import { WriteConflict } from '../database/errors';
import { rowLock } from '../database/row-lock';
import type { TableDefinition } from '../table/definition';
import { type Counted, correct } from './correction';
import type { SeenFiling } from './events';
import { type Change, correctRow, type Entry } from './lists';
import type { Filed, Report, ReportKey } from './report';
import { type WrittenVersion, writeVersion } from './write-version';

type NewCorrection = Pick<FilingCorrection, 'filingId' | 'versionId' | 'things' | 'reason' | 'authorId' | 'askedAt'>;

/** False when another one of the report waits already. */
export async function askCorrection(tx: Tx, correction: NewCorrection): Promise<boolean> {
  const { filingId } = correction;
  // Two contacts at once ask one after the other, and the second sees what the first one wrote.
  await tx.findOne(Filing, { where: { id: filingId }, ...rowLock(tx) });
  const waiting = { where: { filingId, status: 'waiting' as const }, ...rowLock(tx) };
  if (await tx.findOne(FilingCorrection, waiting)) return false;
  await tx.insert(FilingCorrection, { ...correction, status: 'waiting' } as object);
  return true;
}

export function waitingFor(tx: Tx, filingId: number): Promise<FilingCorrection | null> {
  return tx.findOneBy(FilingCorrection, { filingId, status: 'waiting' });
}

interface Decision {
  readonly personId: number;
  readonly now: Date;
}

/** False when somebody else decided at the same moment. */
export async function closeCorrection(
  tx: Tx,
  id: number,
  outcome: Pick<FilingCorrection, 'status'> & { readonly answer?: string },
  { personId, now }: Decision,
): Promise<boolean> {
  const closed = { ...outcome, decidedById: personId, decidedAt: now };
  const { affected } = await tx.update(FilingCorrection, { id, status: 'waiting' }, closed);
  return affected === 1;
}

export interface Agreement {
  readonly key: ReportKey;
  readonly lists: readonly TableDefinition[];
  readonly report: Report & { readonly filed: Filed };
  readonly seen: SeenFiling;
  readonly counted: Counted;
  readonly correction: FilingCorrection;
  readonly decision: Decision;
}

export interface Corrected extends WrittenVersion {
  readonly after: Counted;
  /** Names of the lists whose entry in force was corrected as well. */
  readonly listsInForce: readonly string[];
}

/** Null when somebody else decided at the same moment. First submission and timeliness stay as they are. */
export async function agreeToCorrection(tx: Tx, agreement: Agreement): Promise<Corrected | null> {
  const { key, report, seen, counted, correction, decision } = agreement;
  if (!(await closeCorrection(tx, correction.id, { status: 'agreed' }, decision))) return null;
  const { after, listsInForce } = await writeRows(tx, agreement, correct(key.definition, counted, correction.things));
  const explained = correction.things.flatMap((thing) =>
    thing.kind === 'figure' ? [[thing.field, `更正：${correction.reason}`.slice(0, 500)] as const] : [],
  );
  const version = await writeVersion(tx, key, {
    filingId: seen.filingId,
    authorId: correction.authorId,
    now: decision.now,
    unchanged: false,
    values: after.values,
    notApplicable: without(
      report.filed.notApplicable,
      explained.map(([field]) => field),
    ),
    explanations: new Map([...report.filed.explanations, ...explained]),
    entries: after.entries,
    reasonOf: () => `更正：${correction.reason}`.slice(0, 500),
  });
  const status = seen.status === 'accepted' ? 'accepted' : 'filed';
  const asSeen = { id: seen.filingId, status: seen.status, versionId: seen.versionId };
  const { affected } = await tx.update(Filing, asSeen, { status, versionId: version.versionId });
  if (affected !== 1) throw new WriteConflict(`filing ${seen.filingId} has changed`);
  return { ...version, after, listsInForce };
}

const without = (texts: ReadonlyMap<string, string>, fields: readonly string[]): ReadonlyMap<string, string> =>
  new Map([...texts].filter(([field]) => !fields.includes(field)));

/** The corrected entries as rows of their own; the old ones stay what the old version counted. */
async function writeRows(tx: Tx, { key, lists, counted, correction, decision }: Agreement, after: Counted) {
  const change: Change = { unitId: key.unitId, authorId: correction.authorId, now: decision.now };
  const entries = new Map<string, readonly Entry[]>();
  const listsInForce: string[] = [];
  for (const list of lists) {
    const before = counted.entries.get(list.name) ?? [];
    const rows: Entry[] = [];
    for (const row of after.entries.get(list.name) ?? []) {
      if (before.includes(row)) {
        rows.push(row);
        continue;
      }
      const { rowId, isInForce } = await correctRow(tx, list, row, change);
      rows.push({ ...row, rowId });
      if (isInForce) listsInForce.push(list.name);
    }
    entries.set(list.name, rows);
  }
  return { after: { ...after, entries }, listsInForce };
}
