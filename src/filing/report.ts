/**
 * A report as it stands for one unit, table and period: what is confirmed, what is drafted, what was filed last time and
 * what the lists hold. Loaded whole for one unit, whose size does not grow with the number of units.
 */
import type { FilingStatus, Timeliness } from '../../entities/filing';
import { FilingNote } from '../../entities/filing-note';
import { FilingVersion } from '../../entities/filing-version';
import type { Leave } from '../calendar/leave';
import type { Tx } from '../database/database';
import { reading, runTogether, type Statement, selecting } from '../database/sql';
import { deriveValues } from '../table/check';
import type { Facts, TableDefinition, Values } from '../table/definition';
import { type Entry, loadingEntries } from './lists';
import { loadReturned, type Returned, returnedWords } from './return';
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
  /** What was granted to this unit alone. */
  readonly leave: Leave;
  readonly draftNumber: number;
  readonly draftDiscardedAt: Date | null;
  readonly draft: ReadonlyMap<string, DraftValue>;
  /** By which a later answer is noticed; null while the draft is empty. */
  readonly newestAnswerId: number | null;
  readonly filed: Filed | null;
  /** Why the bureau sent it back; null unless it did. */
  readonly returned: Returned | null;
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

/** In one packet, and a second one when something is confirmed. */
export async function loadReport(tx: Tx, key: ReportKey, lists: readonly TableDefinition[]): Promise<Report> {
  const [{ head, draft, newestAnswerId }, last, ...entries] = await runTogether<
    [HeadAndDraft, Report['last'], ...(readonly Entry[])[]]
  >(tx, [loadingHeadAndDraft(key), loadingLast(tx, key), ...lists.map((list) => loadingEntries(tx, list, key.unitId))]);
  return {
    filingId: head?.filingId ?? null,
    status: head?.status ?? 'draft',
    timeliness: head?.timeliness ?? null,
    firstFiledAt: instantOrNull(head?.firstFiledAt),
    leave: {
      extendedTo: instantOrNull(head?.extendedTo),
      supplementUntil: instantOrNull(head?.supplementUntil),
    },
    draftNumber: head?.draftNumber ?? 1,
    draftDiscardedAt: instantOrNull(head?.draftDiscardedAt),
    draft,
    newestAnswerId,
    filed: head?.versionId ? await loadFiled(tx, key.definition, head.versionId) : null,
    returned: head?.status === 'returned' ? await loadReturned(tx, head.filingId) : null,
    last,
    entries: new Map(lists.map((list, index) => [list.name, entries[index] ?? []])),
  };
}

interface HeadAndDraft {
  readonly head: HeadRow | undefined;
  readonly draft: ReadonlyMap<string, DraftValue>;
  readonly newestAnswerId: number | null;
}

interface HeadRow {
  readonly filingId: number;
  readonly status: FilingStatus;
  readonly timeliness: Timeliness | null;
  readonly firstFiledAt: Date | string | null;
  readonly extendedTo: Date | string | null;
  readonly supplementUntil: Date | string | null;
  readonly draftNumber: number;
  readonly draftDiscardedAt: Date | string | null;
  readonly versionId: number | null;
  /** Null where the draft is empty; then the rest is null too. */
  readonly answerId: number | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly notApplicable: string | null;
  readonly explanation: string | null;
  readonly authorId: number;
  readonly authorName: string | null;
  readonly givenAt: Date | string;
}

const headAndDraft = `
  SELECT filing.id AS filingId, filing.status, filing.timeliness, filing.firstFiledAt, filing.extendedTo,
    filing.supplementUntil, filing.draftNumber,
    filing.draftDiscardedAt, filing.versionId, answer.id AS answerId, answer.field, answer.value, answer.notApplicable,
    answer.explanation, answer.authorId, answer.givenAt, author.name AS authorName
  FROM filing
  LEFT JOIN draft_answer answer ON answer.filingId = filing.id AND answer.draftNumber = filing.draftNumber
  LEFT JOIN person author ON author.id = answer.authorId
  WHERE filing.tableName = ? AND filing.period = ? AND filing.unitId = ?`;

/** The filing with the answers of its open draft, in one query; of several answers to a field the newest counts. */
const loadingHeadAndDraft = ({ definition, period, unitId }: ReportKey): Statement<HeadAndDraft> =>
  reading(selecting<HeadRow>(headAndDraft, [definition.name, period, unitId]), (rows) => {
    const draft = new Map<string, DraftValue>();
    // Sorted here, since the database would make a temporary table for it.
    const inOrder = rows.toSorted((a, b) => (a.answerId ?? 0) - (b.answerId ?? 0));
    for (const row of inOrder) if (row.field !== null) draft.set(row.field, draftValueOf(row));
    return { head: rows[0], draft, newestAnswerId: inOrder.at(-1)?.answerId ?? null };
  });

function draftValueOf({ value, notApplicable, explanation, authorId, authorName, givenAt }: HeadRow): DraftValue {
  return { value, notApplicable, explanation, authorId, authorName: authorName ?? '', givenAt: instantOf(givenAt) };
}

const instantOrNull = (stored: Date | string | null | undefined): Date | null => (stored ? instantOf(stored) : null);

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

function loadingLast(tx: Tx, { definition, period, unitId }: ReportKey): Statement<Report['last']> {
  const columns = definition.fields.map((field) => `figures.${field.key}`).join(', ');
  const sql = `
    SELECT filing.period, ${columns}
    FROM filing
    JOIN ${tx.connection.getMetadata(definition.entity).tableName} figures ON figures.versionId = filing.versionId
    WHERE filing.unitId = ? AND filing.tableName = ? AND filing.period < ?
    ORDER BY filing.period DESC
    LIMIT 1`;
  return reading(selecting<{ period: string }>(sql, [unitId, definition.name, period]), ([row]) =>
    row ? { period: row.period, values: valuesOfRow(definition, { ...row }) } : null,
  );
}

/** Values of the entries of a list, for derived figures. */
export const entryValues = (report: Report, list: string): readonly Values[] =>
  (report.entries.get(list) ?? []).map((entry) => entry.values);

/** A turn wants the values of one report many times, and no report ever changes. */
const known = new WeakMap<Report, Values>();

/** What would be confirmed now: what is confirmed, over it the draft, and the figures derived from the lists. */
export function valuesInForce(definition: TableDefinition, report: Report): Values {
  const values = known.get(report) ?? computeValues(definition, report);
  known.set(report, values);
  return values;
}

function computeValues(definition: TableDefinition, report: Report): Values {
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

/** Reasons given for unusual figures; a value given since needs a reason of its own, or was asked for by the bureau. */
export function explanationsIn(report: Report): ReadonlyMap<string, string> {
  const { returned, filed } = report;
  const given = overlaid(report, filed?.explanations, (answer) => answer.explanation);
  if (!returned) return given;
  const asked = returned.fields.map((field) => [field, `${returnedWords}${returned.reason}`.slice(0, 500)] as const);
  return new Map([...asked, ...given]);
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
