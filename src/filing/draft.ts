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

/** Earlier periods of the unit that were begun and never confirmed, oldest first. */
export async function findStaleDrafts(tx: Tx, key: ReportKey): Promise<readonly string[]> {
  const stale = selecting<{ period: string }>(staleDrafts, [key.unitId, key.definition.name, key.period]);
  return run(
    tx,
    reading(stale, (rows) => rows.map((row) => row.period)),
  );
}

const staleDrafts = `
  SELECT DISTINCT filing.period
  FROM filing
  JOIN draft_answer answer ON answer.filingId = filing.id AND answer.draftNumber = filing.draftNumber
  WHERE filing.unitId = ? AND filing.tableName = ? AND filing.period < ?
  ORDER BY filing.period`;

/** 恢复草稿 */
export const restoringDraft = (report: Report): readonly Statement<undefined>[] =>
  turningDraft(report.filingId, report.draftNumber - 1, null);

/** None where nothing was begun. */
function turningDraft(filingId: number | null, to: number, discardedAt: Date | null): readonly Statement<undefined>[] {
  const sql = 'UPDATE filing SET draftNumber = ?, draftDiscardedAt = ? WHERE id = ?';
  return filingId === null ? [] : [writing(sql, [to, discardedAt, filingId])];
}
