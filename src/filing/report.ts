/**
 * A report as it stands for one unit, table and period: what is confirmed, what is drafted, what was filed last time and
 * what the lists hold. Loaded whole for one unit, whose size does not grow with the number of units.
 */
import { DraftAnswer } from '../../entities/draft-answer';
import { Filing, type FilingStatus, type Timeliness } from '../../entities/filing';
import { FilingNote } from '../../entities/filing-note';
import { FilingVersion } from '../../entities/filing-version';
import { Person } from '../../entities/person';
import type { Tx } from '../database/database';
import { deriveValues } from '../table/check';
import type { Facts, TableDefinition, Values } from '../table/definition';
import { type Entry, loadEntries } from './lists';
import { instantOf, valuesOfRow } from './rows';

/** One field's unconfirmed value and who gave it when. */
export interface DraftValue {
  /** Null when the field does not apply, or when only a reason was given. */
  readonly value: string | null;
  readonly notApplicable: string | null;
  readonly explanation: string | null;
  readonly authorId: number;
  readonly authorName: string;
  readonly givenAt: Date;
}

/** What is confirmed. */
export interface Filed {
  readonly versionId: number;
  readonly number: number;
  readonly receipt: string;
  readonly values: Values;
  readonly notApplicable: ReadonlyMap<string, string>;
  readonly explanations: ReadonlyMap<string, string>;
}

export interface Report {
  readonly filingId: number | null;
  readonly status: FilingStatus;
  readonly timeliness: Timeliness | null;
  readonly firstFiledAt: Date | null;
  readonly draftNumber: number;
  readonly draftDiscardedAt: Date | null;
  readonly draft: ReadonlyMap<string, DraftValue>;
  readonly filed: Filed | null;
  /** The newest confirmed figures of an earlier period. */
  readonly last: { readonly period: string; readonly values: Values } | null;
  /** Entries in force of each list that figures are derived from. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
}

export interface ReportKey {
  readonly unitId: number;
  readonly definition: TableDefinition;
  readonly period: string;
}

export async function loadReport(tx: Tx, key: ReportKey, lists: readonly TableDefinition[]): Promise<Report> {
  const { head, draft } = await loadHeadAndDraft(tx, key);
  const entries = new Map<string, readonly Entry[]>();
  for (const list of lists) entries.set(list.name, await loadEntries(tx, list, key.unitId));
  return {
    filingId: head?.filingId ?? null,
    status: head?.status ?? 'draft',
    timeliness: head?.timeliness ?? null,
    firstFiledAt: head?.firstFiledAt ?? null,
    draftNumber: head?.draftNumber ?? 1,
    draftDiscardedAt: head?.draftDiscardedAt ?? null,
    draft,
    filed: head?.versionId ? await loadFiled(tx, key.definition, head.versionId) : null,
    last: await loadLast(tx, key),
    entries,
  };
}

type Head = Pick<Filing, 'status' | 'timeliness' | 'draftNumber' | 'versionId'> & {
  filingId: number;
  firstFiledAt: Date | null;
  draftDiscardedAt: Date | null;
};

interface HeadRow {
  answer_field: string | null;
  answer_value: string | null;
  answer_notApplicable: string | null;
  answer_explanation: string | null;
  answer_authorId: number;
  author_name: string | null;
}

/** The filing with the answers of its open draft, in one query; of several answers to a field the newest counts. */
async function loadHeadAndDraft(tx: Tx, key: ReportKey) {
  const { entities, raw } = await tx
    .createQueryBuilder(Filing, 'filing')
    .leftJoin(DraftAnswer, 'answer', 'answer.filingId = filing.id AND answer.draftNumber = filing.draftNumber')
    .leftJoin(Person, 'author', 'author.id = answer.authorId')
    .addSelect(['answer.field', 'answer.value', 'answer.notApplicable', 'answer.explanation'])
    .addSelect(['answer.authorId', 'answer.givenAt', 'author.name'])
    .where('filing.tableName = :table AND filing.period = :period AND filing.unitId = :unitId', {
      table: key.definition.name,
      period: key.period,
      unitId: key.unitId,
    })
    .orderBy('answer.id')
    .getRawAndEntities<HeadRow & { answer_givenAt: Date | string }>();
  const [filing] = entities;
  const head: Head | null = filing ? { ...filing, filingId: filing.id } : null;
  const draft = new Map<string, DraftValue>();
  for (const row of raw) if (row.answer_field !== null) draft.set(row.answer_field, draftValueOf(row));
  return { head, draft };
}

function draftValueOf(row: HeadRow & { answer_givenAt: Date | string }): DraftValue {
  return {
    value: row.answer_value,
    notApplicable: row.answer_notApplicable,
    explanation: row.answer_explanation,
    authorId: row.answer_authorId,
    authorName: row.author_name ?? '',
    givenAt: instantOf(row.answer_givenAt),
  };
}

async function loadFiled(tx: Tx, definition: TableDefinition, versionId: number): Promise<Filed | null> {
  const version = await tx.findOneBy(FilingVersion, { id: versionId });
  if (!version) return null;
  const values = (await loadValues(tx, definition, versionId)) ?? {};
  const notes = await tx.findBy(FilingNote, { versionId });
  const notesOf = (kind: FilingNote['kind']) =>
    new Map(notes.filter((note) => note.kind === kind).map((note) => [note.field, note.text]));
  return {
    versionId,
    number: version.number,
    receipt: version.receipt,
    values,
    notApplicable: notesOf('not_applicable'),
    explanations: notesOf('explanation'),
  };
}

/** The figures of a version. */
export async function loadValues(tx: Tx, definition: TableDefinition, versionId: number): Promise<Values | null> {
  const row = await tx.findOneBy(definition.entity, { versionId } as object);
  return row && valuesOfRow(definition, row as Record<string, unknown>);
}

async function loadLast(tx: Tx, key: ReportKey): Promise<Report['last']> {
  const { definition } = key;
  const row = await tx
    .createQueryBuilder(Filing, 'filing')
    .innerJoin(definition.entity, 'figures', 'figures.versionId = filing.versionId')
    .select('filing.period', 'period')
    .addSelect(definition.fields.map((field) => `figures.${field.key} AS "${field.key}"`))
    .where('filing.unitId = :unitId AND filing.tableName = :table AND filing.period < :period', {
      unitId: key.unitId,
      table: definition.name,
      period: key.period,
    })
    .orderBy('filing.period', 'DESC')
    .limit(1)
    .getRawOne<Record<string, unknown> & { period: string }>();
  return row ? { period: row.period, values: valuesOfRow(definition, row) } : null;
}

/** Values of the entries of a list, for derived figures. */
export const entryValues = (report: Report, list: string): readonly Values[] =>
  (report.entries.get(list) ?? []).map((entry) => entry.values);

/** What would be confirmed now: what is confirmed, over it the draft, and the figures derived from the lists. */
export function valuesInForce(definition: TableDefinition, report: Report): Values {
  const values: Record<string, string> = { ...report.filed?.values };
  for (const [field, answer] of report.draft) {
    if (answer.value !== null) values[field] = answer.value;
    else if (answer.notApplicable !== null) delete values[field];
  }
  return { ...values, ...deriveValues(definition, (list) => entryValues(report, list)) };
}

/** What the rules between figures are judged by. */
export function factsOf(definition: TableDefinition, report: Report): Facts {
  return {
    values: valuesInForce(definition, report),
    last: report.last?.values ?? null,
    rowsOf: (list) => entryValues(report, list),
  };
}

/** Fields that were said not to apply, with the reason; a value given since takes it back. */
export function notApplicableIn(report: Report): ReadonlyMap<string, string> {
  return overlaid(report, report.filed?.notApplicable, (answer) => answer.notApplicable);
}

/** Reasons given for unusual figures; a value given since needs a reason of its own. */
export function explanationsIn(report: Report): ReadonlyMap<string, string> {
  return overlaid(report, report.filed?.explanations, (answer) => answer.explanation);
}

function overlaid(
  report: Report,
  filed: ReadonlyMap<string, string> | undefined,
  pick: (answer: DraftValue) => string | null,
): ReadonlyMap<string, string> {
  const texts = new Map(filed);
  for (const [field, answer] of report.draft) {
    const text = pick(answer);
    if (text === null) texts.delete(field);
    else texts.set(field, text);
  }
  return texts;
}
