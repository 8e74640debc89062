/** A version of a report as it is written: its number and receipt, the figures, what was said of them, the list rows it counts. */
import { Filing } from '../../entities/filing';
import { FilingEntry } from '../../entities/filing-entry';
import { FilingNote } from '../../entities/filing-note';
import { FilingVersion } from '../../entities/filing-version';
import { Unit } from '../../entities/unit';
import type { Tx } from '../database/database';
import type { Values } from '../table/definition';
import type { Entry } from './lists';
import type { ReportKey } from './report';
import { rowOfValues } from './rows';

export interface NewVersion {
  readonly filingId: number;
  readonly authorId: number;
  readonly now: Date;
  readonly unchanged: boolean;
  readonly values: Values;
  readonly notApplicable: ReadonlyMap<string, string>;
  readonly explanations: ReadonlyMap<string, string>;
  /** Of each list, in the order of the sheet. */
  readonly entries: ReadonlyMap<string, readonly Pick<Entry, 'rowId'>[]>;
  /** Why there is this version, by its number. */
  readonly reasonOf: (number: number) => string | null;
}

export interface WrittenVersion {
  readonly versionId: number;
  readonly number: number;
  readonly receipt: string;
}

export async function writeVersion(tx: Tx, key: ReportKey, version: NewVersion): Promise<WrittenVersion> {
  const { filingId, authorId, now: confirmedAt, unchanged, values, reasonOf } = version;
  const { number, receipt } = await nextVersion(tx, key, filingId);
  const head = { filingId, number, authorId, confirmedAt, unchanged, receipt, reason: reasonOf(number) };
  const inserted = await tx.insert(FilingVersion, head);
  const versionId = Number(inserted.identifiers[0]?.['id']);
  await tx.insert(key.definition.entity, { ...rowOfValues(key.definition, values), versionId });
  await keepNotes(tx, versionId, version);
  await keepEntries(tx, versionId, version);
  return { versionId, number, receipt };
}

/**
 * The number of the next version within its filing, and its receipt, GS-202506-01: the unit, the month, and a serial over all
 * tables of that month.
 */
async function nextVersion(tx: Tx, key: ReportKey, filingId: number): Promise<{ number: number; receipt: string }> {
  const { code } = await tx.findOneOrFail(Unit, { select: { code: true }, where: { id: key.unitId } });
  const given = await tx
    .createQueryBuilder(FilingVersion, 'version')
    .innerJoin(Filing, 'filing', 'filing.id = version.filingId')
    .select('COUNT(*)', 'receipts')
    .addSelect('MAX(CASE WHEN filing.id = :filingId THEN version.number END)', 'newest')
    .where('filing.unitId = :unitId AND filing.period = :period', { unitId: key.unitId, period: key.period, filingId })
    .getRawOne<{ receipts: number | string; newest: number | string | null }>();
  const serial = String(Number(given?.receipts ?? 0) + 1).padStart(2, '0');
  return { number: Number(given?.newest ?? 0) + 1, receipt: `${code}-${key.period.replace('-', '')}-${serial}` };
}

async function keepNotes(tx: Tx, versionId: number, { notApplicable, explanations }: NewVersion): Promise<void> {
  const notesOf = (kind: FilingNote['kind'], texts: ReadonlyMap<string, string>) =>
    [...texts].map(([field, text]) => ({ versionId, field, kind, text }));
  const notes = [...notesOf('not_applicable', notApplicable), ...notesOf('explanation', explanations)];
  if (notes.length > 0) await tx.insert(FilingNote, notes);
}

async function keepEntries(tx: Tx, versionId: number, version: NewVersion): Promise<void> {
  const entries = [...version.entries].flatMap(([tableName, rows]) =>
    rows.map((row, index) => ({ versionId, tableName, rowId: row.rowId, ordinal: index + 1 })),
  );
  if (entries.length > 0) await tx.insert(FilingEntry, entries);
}
