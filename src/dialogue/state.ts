/** Where a chat stands between two messages; stored with the conversation, so it outlives a restart. */
import type { CorrectedThing } from '../../entities/filing-correction';
import type { ShownReport } from '../filing/accept';
import type { Answer } from '../filing/draft';
import type { ReadTable } from '../sheets/official';
import type { Values } from '../table/definition';
import type { Slots } from './entries/patent-slots';

/** The draft that is open in this chat. */
export interface OpenReport {
  readonly unitId: number;
  readonly table: string;
  readonly period: string;
}

/** An entry of a list that is being described; stored nowhere else until it is whole. */
export interface EntryDraft {
  readonly list: string;
  /** The entry that is being changed; null for a new one. */
  readonly entryId: number | null;
  readonly values: Values;
  readonly asked: string | null;
  /** Its patent numbers while one of them is wrong. */
  readonly slots?: Slots | null;
  /** Looks like an entry that is there already; written only when that was confirmed. */
  readonly doubled?: boolean;
}

/** A question of the bot's that is not about a field's value. */
export type Pending =
  /** The summary was shown; `digest` tells whether it is still what would be confirmed. */
  | { readonly kind: 'review'; readonly digest: string /** Said of the report as a whole. */; readonly reason?: string }
  | { readonly kind: 'leave' }
  | { readonly kind: 'explain'; readonly field: string }
  /** Stated licence figures that the list does not bear out. */
  | { readonly kind: 'mismatch'; readonly field: string; readonly stated: string }
  /** Values that another contact of the unit answered otherwise. */
  | { readonly kind: 'conflict'; readonly contested: readonly Answer[] }
  /** The only reading of a doubtful value was offered: 企业9家？ */
  | { readonly kind: 'offer'; readonly field: string; readonly value: string }
  | { readonly kind: 'remove'; readonly list: string; readonly entryId: number }
  /** The dry run of what waits in `waiting` was shown. */
  | { readonly kind: 'import' };

/** What somebody sent to be imported; `digest` tells whether the dry run that was shown still holds. */
export type Waiting = {
  readonly unitId: number;
  readonly digest: string;
} & (
  | { readonly kind: 'workbook'; readonly fileId: number; readonly name: string }
  /** Pasted rows. Once the others are imported, the wrong ones are kept and mended one by one. */
  | { readonly kind: 'rows'; readonly rows: ReadTable; readonly kept: boolean }
);

/** 催: whom staff were shown that they would remind; nothing is sent before 确认催报. */
export interface Urging {
  readonly table: string;
  readonly period: string;
  readonly unitIds: readonly number[];
  /** When they were shown it, ISO 8601. */
  readonly at: string;
}

/** 全部通过: the reports that staff were shown, each in its version; nothing is accepted before 确认通过. */
export interface Accepting {
  readonly table: string;
  readonly period: string;
  readonly shown: readonly ShownReport[];
  /** When they were shown it, ISO 8601. */
  readonly at: string;
}

/** 更正 as it was understood; `versionId` is the version that it would correct. */
export interface CorrectionDraft {
  readonly filingId: number;
  readonly versionId: number;
  readonly unitId: number;
  readonly table: string;
  readonly period: string;
  readonly things: readonly CorrectedThing[];
  /** Null while it is asked for. */
  readonly reason: string | null;
}

export interface DialogueState {
  readonly version: 1;
  readonly open: OpenReport | null;
  readonly asked: string | null;
  readonly pending: Pending | null;
  readonly entry: EntryDraft | null;
  /** Outlives what is said in between; null once it is done with, absent where a turn leaves it as it is. */
  readonly waiting?: Waiting | null;
  /** A workbook of somebody who reports for several units, until they say for which it is. */
  readonly unplaced?: { readonly fileId: number; readonly name: string } | null;
  readonly urging?: Urging | null;
  readonly accepting?: Accepting | null;
  /** A correction of a closed report that was read back and not yet handed in. */
  readonly correction?: CorrectionDraft | null;
  /** The report that the message before filed: what is said of none is said of it. */
  readonly acted?: OpenReport | null;
  /** Messages in a row that were not understood. */
  readonly misses?: number;
}

export const idle: DialogueState = { version: 1, open: null, asked: null, pending: null, entry: null };

/** A state of another version of the product counts as none: the drafts are in the database all the same. */
export function readState(stored: unknown): DialogueState {
  const isOurs = typeof stored === 'object' && stored !== null && 'version' in stored && stored.version === 1;
  return isOurs ? { ...idle, ...(stored as Partial<DialogueState>), version: 1 } : idle;
}
