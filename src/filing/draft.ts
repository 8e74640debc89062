/** Writing drafts: answers are only added, a draft that is given up stays for a day. */
import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import type { Tx } from '../database/database';
import { insertingAll, run } from '../database/sql';
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

export async function addAnswers(
  tx: Tx,
  draft: { filingId: number; draftNumber: number },
  answers: readonly Answer[],
  author: { personId: number; now: Date },
): Promise<void> {
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
  if (first) await run(tx, insertingAll('draft_answer', [first, ...others]));
}

/** 放弃: the next answer begins a new draft; this one can be restored for a day. */
export async function discardDraft(tx: Tx, report: Report, now: Date): Promise<void> {
  if (report.filingId === null) return;
  await tx.update(Filing, report.filingId, { draftNumber: report.draftNumber + 1, draftDiscardedAt: now });
}

export const isRestorable = (report: Report, now: Date): boolean =>
  report.draftDiscardedAt !== null && now.getTime() - report.draftDiscardedAt.getTime() <= restorableMs;

/** Earlier periods of the unit that were begun and never confirmed, oldest first. */
export async function findStaleDrafts(tx: Tx, key: ReportKey): Promise<readonly string[]> {
  const rows = await tx
    .createQueryBuilder(Filing, 'filing')
    .innerJoin(DraftAnswer, 'answer', 'answer.filingId = filing.id AND answer.draftNumber = filing.draftNumber')
    .select('filing.period', 'period')
    .where('filing.unitId = :unitId AND filing.tableName = :table AND filing.period < :period', {
      unitId: key.unitId,
      table: key.definition.name,
      period: key.period,
    })
    .groupBy('filing.period')
    .orderBy('filing.period')
    .getRawMany<{ period: string }>();
  return rows.map((row) => row.period);
}

/** 恢复草稿 */
export async function restoreDraft(tx: Tx, report: Report): Promise<void> {
  if (report.filingId === null) return;
  await tx.update(Filing, report.filingId, { draftNumber: report.draftNumber - 1, draftDiscardedAt: null });
}
