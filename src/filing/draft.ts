/** Writing drafts: answers are only added, a draft that is given up stays for a day. */
import { Filing } from '../../entities/filing';
import type { Tx } from '../database/database';
import { insertingAll, reading, run, type Statement, selecting, writing } from '../database/sql';
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

/** One statement, or none where there is no answer. */
export function addingAnswers(
  draft: DraftKey,
  answers: readonly Answer[],
  author: Author,
): readonly Statement<undefined>[] {
  const { filingId, draftNumber } = draft;
  const given = { filingId, draftNumber, authorId: author.personId, givenAt: author.now };
  const rows = answers.map(({ field, value, notApplicable, explanation }) => ({
    ...given,
    field,
    value,
    notApplicable,
    explanation,
  }));
  const [first, ...others] = rows;
  return first ? [insertingAll('draft_answer', [first, ...others])] : [];
}

/** 放弃: the next answer begins a new draft; this one can be restored for a day. */
export const discardingDraft = (report: Report, now: Date): readonly Statement<undefined>[] =>
  turningDraft(report.filingId, report.draftNumber + 1, now);

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
export const restoringDraft = (report: Report): readonly Statement<undefined>[] =>
  turningDraft(report.filingId, report.draftNumber - 1, null);

/** None where nothing was begun. */
function turningDraft(filingId: number | null, to: number, discardedAt: Date | null): readonly Statement<undefined>[] {
  const sql = 'UPDATE filing SET draftNumber = ?, draftDiscardedAt = ? WHERE id = ?';
  return filingId === null ? [] : [writing(sql, [to, discardedAt, filingId])];
}
