/** 历史: every version of a report and what befell it in between, in the order in which it happened. */
import { In } from 'typeorm';
import { FilingCorrection } from '../../entities/filing-correction';
import { FilingEvent } from '../../entities/filing-event';
import { Person } from '../../entities/person';
import type { Tx } from '../database/database';
import type { TableDefinition } from '../table/definition';
import { type Counted, loadEntriesOf } from './correction';
import { loadVersions, type Version } from './versions';

export type Happening =
  | { readonly kind: 'version'; readonly at: Date; readonly version: Version; readonly before: Version | null }
  | { readonly kind: 'event'; readonly at: Date; readonly event: FilingEvent; readonly who: string }
  | {
      readonly kind: 'correction';
      readonly at: Date;
      readonly correction: FilingCorrection;
      /** What it would correct. */
      readonly before: Counted;
      readonly who: string;
      /** Null while nobody has decided. */
      readonly decidedBy: string | null;
    };

export async function loadHistory(
  tx: Tx,
  definition: TableDefinition,
  lists: readonly TableDefinition[],
  filingId: number,
): Promise<readonly Happening[]> {
  const versions = await loadVersions(tx, definition, filingId);
  const events = await tx.findBy(FilingEvent, { filingId });
  const corrections = await tx.findBy(FilingCorrection, { filingId });
  const corrected = await loadCorrected(tx, lists, { versions, corrections });
  const ids = [
    ...events.map(({ personId }) => personId),
    ...corrections.flatMap(({ authorId, decidedById }) => [authorId, decidedById ?? 0]),
  ];
  const people = new Map((await tx.findBy(Person, { id: In(ids) })).map(({ id, name }) => [id, name]));
  const nameOf = (id: number): string => people.get(id) ?? '';
  const happenings: readonly Happening[] = [
    ...versions.map((version, index) => ({
      kind: 'version' as const,
      at: version.confirmedAt,
      version,
      before: versions[index - 1] ?? null,
    })),
    ...events.map((event) => ({ kind: 'event' as const, at: event.at, event, who: nameOf(event.personId) })),
    ...corrections.map((correction) => ({
      kind: 'correction' as const,
      at: correction.askedAt,
      correction,
      before: corrected.get(correction.versionId) ?? { values: {}, entries: new Map() },
      who: nameOf(correction.authorId),
      decidedBy: correction.decidedById === null ? null : nameOf(correction.decidedById),
    })),
  ];
  return happenings.toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

/** The versions that corrections were asked for, with their list rows, by their ids. */
async function loadCorrected(
  tx: Tx,
  lists: readonly TableDefinition[],
  {
    versions,
    corrections,
  }: { readonly versions: readonly Version[]; readonly corrections: readonly FilingCorrection[] },
): Promise<ReadonlyMap<number, Counted>> {
  const corrected = new Map<number, Counted>();
  for (const { id, values } of versions) {
    if (!corrections.some(({ versionId }) => versionId === id)) continue;
    corrected.set(id, { values, entries: await loadEntriesOf(tx, lists, id) });
  }
  return corrected;
}
