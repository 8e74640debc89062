/** The versions of a report, and what one changed of another. */
import { In } from 'typeorm';
import { FilingNote } from '../../entities/filing-note';
import { FilingVersion } from '../../entities/filing-version';
import { Person } from '../../entities/person';
import type { Tx } from '../database/database';
import type { FieldDefinition, TableDefinition, Values } from '../table/definition';
import { valuesOfRow } from './rows';

export interface Version {
  readonly id: number;
  readonly number: number;
  readonly receipt: string;
  readonly author: string;
  readonly confirmedAt: Date;
  readonly reason: string | null;
  readonly values: Values;
  readonly notApplicable: ReadonlyMap<string, string>;
  readonly explanations: ReadonlyMap<string, string>;
}

/** Oldest first. */
export async function loadVersions(tx: Tx, definition: TableDefinition, filingId: number): Promise<readonly Version[]> {
  const versions = await tx.find(FilingVersion, { where: { filingId }, order: { number: 'ASC' } });
  const versionId = In(versions.map(({ id }) => id));
  const rows = (await tx.find(definition.entity, { where: { versionId } as object })) as readonly Stored[];
  const notes = await tx.findBy(FilingNote, { versionId });
  const authors = await tx.findBy(Person, { id: In(versions.map(({ authorId }) => authorId)) });
  return versions.map((version) => {
    const own = notes.filter((note) => note.versionId === version.id);
    const textsOf = (kind: FilingNote['kind']) =>
      new Map(own.filter((note) => note.kind === kind).map((note) => [note.field, note.text]));
    return {
      ...version,
      author: authors.find(({ id }) => id === version.authorId)?.name ?? '',
      values: valuesOfRow(definition, rows.find((row) => row.versionId === version.id) ?? {}),
      notApplicable: textsOf('not_applicable'),
      explanations: textsOf('explanation'),
    };
  });
}

type Stored = Readonly<Record<string, unknown>>;

/** A figure that is not what it was; undefined where it was blank. */
export interface FigureChange {
  readonly field: FieldDefinition;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export function changesBetween(definition: TableDefinition, before: Values, after: Values): readonly FigureChange[] {
  return definition.fields
    .filter(({ key }) => before[key] !== after[key])
    .map((field) => ({ field, before: before[field.key], after: after[field.key] }));
}
