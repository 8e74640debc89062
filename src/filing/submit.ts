/** 确认: a draft becomes a version, whole or not at all. Everything that must hold is checked here once more. */
import { IsNull } from 'typeorm';
import type { Timeliness } from '../../entities/filing';
import { Filing } from '../../entities/filing';
import type { PeriodTerms } from '../calendar/periods';
import type { Tx } from '../database/database';
import { WriteConflict } from '../database/errors';
import { complaintsOf, missingFields } from '../table/check';
import type { Values } from '../table/definition';
import { holdDraft, openFiling } from './draft';
import { explanationsIn, factsOf, notApplicableIn, type Report, type ReportKey, valuesInForce } from './report';
import { writeVersion } from './write-version';

export interface Submission {
  readonly key: ReportKey;
  readonly report: Report;
  readonly terms: PeriodTerms;
  readonly personId: number;
  readonly now: Date;
  readonly reason: string | null;
}

export type SubmitResult =
  | { readonly ok: true; readonly receipt: string; readonly timeliness: Timeliness; readonly number: number }
  | { readonly ok: false; readonly refusal: Refusal };

export type Refusal =
  | { readonly kind: 'unchanged'; readonly receipt: string }
  | { readonly kind: 'accepted'; readonly receipt: string }
  | { readonly kind: 'locked' }
  | { readonly kind: 'not_open' }
  | { readonly kind: 'incomplete' };

export async function submitReport(tx: Tx, submission: Submission): Promise<SubmitResult> {
  const refusal = refusalOf(submission);
  if (refusal) return { ok: false, refusal };
  const { key, report, now } = submission;
  await holdDraft(tx, report);
  const filingId = await openFiling(tx, key, report);
  const values = valuesInForce(key.definition, report);
  const { versionId, number, receipt } = await writeVersion(tx, key, {
    filingId,
    authorId: submission.personId,
    now,
    unchanged: isUnchanged(submission, values),
    values,
    notApplicable: notApplicableIn(report),
    explanations: explanationsIn(report),
    entries: report.entries,
    reasonOf: (number) => reasonOf(submission, number),
  });
  const firstFiledAt = report.firstFiledAt ?? now;
  const timeliness = report.timeliness ?? timelinessAt(submission.terms, now);
  const filed = { status: 'filed', versionId, firstFiledAt, timeliness } as const;
  const asSeen = { id: filingId, status: report.status, versionId: report.filed?.versionId ?? IsNull() };
  const draft = { draftNumber: report.draftNumber + 1, draftDiscardedAt: null };
  const { affected } = await tx.update(Filing, asSeen, { ...filed, ...draft });
  if (affected !== 1) throw new WriteConflict(`filing ${filingId} has changed`);
  return { ok: true, receipt, timeliness, number };
}

/** Why there is another version. */
function reasonOf({ reason, report: { returned, filed } }: Submission, number: number): string | null {
  if (returned) return `退回修改（${returned.reason}）${reason === null ? '' : `：${reason}`}`.slice(0, 500);
  return reason ?? (number > 1 && !filed ? '撤回后重新提交' : null);
}

/** Why the report cannot be confirmed now; null when it can. */
export function refusalOf({ key, report, terms, now }: Submission): Refusal | null {
  if (now < terms.opensAt) return { kind: 'not_open' };
  if (now >= terms.locksAt) return { kind: 'locked' };
  const receipt = report.filed?.receipt ?? '';
  if (report.status === 'accepted') return { kind: 'accepted', receipt };
  if (report.status === 'filed' && !hasChanges(key, report)) return { kind: 'unchanged', receipt };
  return isComplete(key, report) ? null : { kind: 'incomplete' };
}

function isComplete({ definition }: ReportKey, report: Report): boolean {
  const values = valuesInForce(definition, report);
  if (missingFields(definition, values, new Set(notApplicableIn(report).keys())).length > 0) return false;
  const explained = explanationsIn(report);
  return complaintsOf(definition, factsOf(definition, report)).every(
    (complaint) => complaint.level === 'soft' && explained.has(complaint.field),
  );
}

/** Whether confirming would change anything of what is confirmed. */
export function hasChanges({ definition }: ReportKey, report: Report): boolean {
  if (!report.filed) return true;
  if (report.draft.size > 0) return true;
  return !isSame(valuesInForce(definition, report), report.filed.values);
}

function isSame(one: Values, other: Values): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => one[key] === other[key]);
}

function isUnchanged({ report }: Submission, values: Values): boolean {
  return report.last !== null && isSame(values, report.last.values);
}

/** On time is fixed by the first valid submission. */
function timelinessAt(terms: PeriodTerms, now: Date): Timeliness {
  if (terms.supplementFrom && now >= terms.supplementFrom) return 'supplement';
  return now <= terms.dueAt ? 'on_time' : 'late';
}
