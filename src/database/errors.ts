/** What a database complaint means, for both drivers; everything unknown is a fault and goes on unchanged. */
import { QueryFailedError } from 'typeorm';

const duplicateCodes = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
/** Also what Galera, group replication and TiDB answer to a write conflict. */
const conflictCodes = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD', 'SQLITE_BUSY']);
/** A statement that names a row as it was read (draft.ts) found none, and NULL where there must be an id. */
const missedCodes = new Set(['ER_BAD_NULL_ERROR', 'SQLITE_CONSTRAINT_NOTNULL']);

/** A unique key refused the row. */
export const isDuplicate = (error: unknown): boolean => duplicateCodes.has(codeOf(error));

/** Thrown when a row is no longer as it was read: what was decided by it must be decided again. */
export class WriteConflict extends Error {}

/** Another transaction was in the way; the same work can be tried again. */
export const isConflict = (error: unknown): boolean =>
  error instanceof WriteConflict || conflictCodes.has(codeOf(error)) || missedCodes.has(codeOf(error));

function codeOf(error: unknown): string {
  if (!(error instanceof QueryFailedError)) return '';
  const { code } = error.driverError as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
