/**
 * 退回: the bureau sends a filed report back for one figure or several. It stays filed as it was, with its first submission,
 * but counts in no total until the unit has answered.
 */
import { FilingEvent } from '../../entities/filing-event';
import type { Tx } from '../database/database';
import { type Act, moveFiling, seenIn } from './events';
import type { Report } from './report';

/** What was sent back, and why. */
export interface Returned {
  readonly eventId: number;
  /** Keys of fields; none when the whole report was. */
  readonly fields: readonly string[];
  readonly reason: string;
  readonly personId: number;
}

/** How the reason begins that the bureau itself gave for a figure. */
export const returnedWords = '退回修改：';

type Decision = Pick<Act, 'personId' | 'now'>;

/** False when the report is no longer as it was seen. */
export async function returnReport(
  tx: Tx,
  report: Report,
  given: { readonly fields: readonly string[]; readonly reason: string },
  decision: Decision,
): Promise<boolean> {
  const seen = seenIn(report);
  return seen !== null && moveFiling(tx, seen, { status: 'returned' }, { kind: 'returned', ...given, ...decision });
}

/** 撤销退回; false when the unit has answered in the meantime. */
export async function undoReturn(tx: Tx, report: Report, decision: Decision): Promise<boolean> {
  const seen = seenIn(report);
  return seen !== null && moveFiling(tx, seen, { status: 'filed' }, { kind: 'return_undone', ...decision });
}

/** The open 退回 of a report that is in that state. */
export async function loadReturned(tx: Tx, filingId: number): Promise<Returned | null> {
  const event = await tx.findOne(FilingEvent, { where: { filingId, kind: 'returned' }, order: { id: 'DESC' } });
  return (
    event && { eventId: event.id, fields: event.fields ?? [], reason: event.reason ?? '', personId: event.personId }
  );
}
