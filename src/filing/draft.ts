/**
 * Writing drafts: answers are only added, a draft that is given up stays for a day. Several contacts write one draft at once,
 * so what closes it or begins the next one holds it first, and an answer goes into the draft that is open or into none.
 */
import { Filing } from '../../entities/filing';
import type { Tx } from '../database/database';
import { WriteConflict } from '../database/errors';
import { locking, reading, run, runTogether, type SqlValue, type Statement, selecting, writing } from '../database/sql';
import type { Report, ReportKey } from './report';

/** What a person said about one field. */
export interface Answer {
  readonly field: string;
  readonly value: string | null;
  readonly notApplicable: string | null;
  readonly explanation: string | null;
}

const restorableMs = 24 * 60 * 60 * 1000;

/** The id of the report's filing, which the first answer creates. */
export async function openFiling(tx: Tx, key: ReportKey, report: Report): Promise<number> {
  if (report.filingId !== null) return report.filingId;
  const inserted = await tx.insert(Filing, {
    unitId: key.unitId,
    tableName: key.definition.name,
    period: key.period,
    status: 'draft',
    draftNumber: 1,
  });
  return Number(inserted.identifiers[0]?.['id']);
}

interface DraftKey {
  readonly filingId: number;
  readonly draftNumber: number;
}

interface Author {
  readonly personId: number;
  readonly now: Date;
}

export async function addAnswers(tx: Tx, draft: DraftKey, answers: readonly Answer[], author: Author): Promise<void> {
  for (const statement of addingAnswers(draft, answers, author)) await run(tx, statement);
}

/**
 * One statement, or none where there is no answer. It ends with the turn's last packet, in which nothing can be looked at any
 * more: so it fails by itself, as a conflict, where the draft is no longer the open one and there is no filing to name.
 */
export function addingAnswers(
  { filingId, draftNumber }: DraftKey,
  answers: readonly Answer[],
  { personId, now }: Author,
): readonly Statement<undefined>[] {
  if (answers.length === 0) return [];
  const rows = answers.map(({ field, value, notApplicable, explanation }, index): readonly SqlValue[] => [
    ...(index === 0 ? [filingId, draftNumber] : [filingId]),
    ...[draftNumber, personId, now, field, value, notApplicable, explanation],
  ]);
  const sql = answers.map((_, index) => `(${index === 0 ? openFilingId : '?'}, ?, ?, ?, ?, ?, ?, ?)`).join(', ');
  return [writing(`INSERT INTO draft_answer (${answerColumns}) VALUES ${sql}`, rows.flat())];
}

const answerColumns = 'filingId, draftNumber, authorId, givenAt, field, value, notApplicable, explanation';

/** A server carries out what stands in such a comment; the embedded database has one writer anyway, and no row locks. */
const openFilingId = '(SELECT id FROM filing WHERE id = ? AND draftNumber = ? /*! FOR UPDATE */)';

/** From here on nobody else changes the report or its draft; a conflict where somebody has since it was read. */
export async function holdDraft(tx: Tx, report: Report): Promise<void> {
  const { filingId, draftNumber, status } = report;
  if (filingId === null) return;
  const [filing, newest] = await runTogether(tx, [
    locking<HeldRow>('SELECT draftNumber, status, versionId FROM filing WHERE id = ?', [filingId]),
    selecting<{ id: number | null }>(newestAnswer, [filingId, draftNumber]),
  ]);
  const [held, answer] = [filing[0], newest[0]];
  const isAsRead =
    held?.draftNumber === draftNumber &&
    held.status === status &&
    held.versionId === (report.filed?.versionId ?? null) &&
    (answer?.id ?? null) === report.newestAnswerId;
  if (!isAsRead) throw new WriteConflict(`filing ${filingId} has changed`);
}

const newestAnswer = 'SELECT MAX(id) AS id FROM draft_answer WHERE filingId = ? AND draftNumber = ?';

interface HeldRow {
  readonly draftNumber: number;
  readonly status: string;
  readonly versionId: number | null;
}

/** 放弃: the next answer begins a new draft; this one can be restored for a day. */
export const discardDraft = (tx: Tx, report: Report, now: Date): Promise<void> =>
  turnDraft(tx, report, { to: report.draftNumber + 1, discardedAt: now });

export const isRestorable = (report: Report, now: Date): boolean =>
  report.draftDiscardedAt !== null && now.getTime() - report.draftDiscardedAt.getTime() <= restorableMs;

/** An earlier period of the unit that was begun and never confirmed, or that it still has leave to file. */
export interface StalePeriod {
  readonly period: string;
  /** 补报 */
  readonly reopened: boolean;
}

/** Oldest first. */
export async function findStalePeriods(tx: Tx, key: ReportKey, now: Date): Promise<readonly StalePeriod[]> {
  const values = [now, key.unitId, key.definition.name, key.period, now];
  const stale = selecting<{ period: string; reopened: number | string }>(stalePeriods, values);
  return run(
    tx,
    reading(stale, (rows) => rows.map(({ period, reopened }) => ({ period, reopened: Number(reopened) === 1 }))),
  );
}

const stalePeriods = `
  SELECT DISTINCT filing.period,
    CASE WHEN filing.status = 'draft' AND filing.supplementUntil > ? THEN 1 ELSE 0 END AS reopened
  FROM filing
  LEFT JOIN draft_answer answer ON answer.filingId = filing.id AND answer.draftNumber = filing.draftNumber
  WHERE filing.unitId = ? AND filing.tableName = ? AND filing.period < ?
    AND (answer.id IS NOT NULL OR (filing.status = 'draft' AND filing.supplementUntil > ?))
  ORDER BY filing.period`;

/** 恢复草稿 */
export const restoreDraft = (tx: Tx, report: Report): Promise<void> =>
  turnDraft(tx, report, { to: report.draftNumber - 1, discardedAt: null });

async function turnDraft(
  tx: Tx,
  report: Report,
  { to: draftNumber, discardedAt: draftDiscardedAt }: { readonly to: number; readonly discardedAt: Date | null },
): Promise<void> {
  // Where nothing was begun there is nothing to give up.
  if (report.filingId === null) return;
  await holdDraft(tx, report);
  await tx.update(Filing, report.filingId, { draftNumber, draftDiscardedAt });
}
