/** Where a chat stands between two messages; stored with the conversation, so it outlives a restart. */
import type { Answer } from '../filing/draft';
import type { Values } from '../table/definition';
import type { Slots } from './patent-slots';

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
  | { readonly kind: 'review'; readonly digest: string }
  | { readonly kind: 'leave' }
  | { readonly kind: 'explain'; readonly field: string }
  /** Stated licence figures that the list does not bear out. */
  | { readonly kind: 'mismatch'; readonly field: string; readonly stated: string }
  /** Values that another contact of the unit answered otherwise. */
  | { readonly kind: 'conflict'; readonly contested: readonly Answer[] }
  | { readonly kind: 'remove'; readonly list: string; readonly entryId: number };

export interface DialogueState {
  readonly version: 1;
  readonly open: OpenReport | null;
  readonly asked: string | null;
  readonly pending: Pending | null;
  readonly entry: EntryDraft | null;
  /** Messages in a row that were not understood. */
  readonly misses?: number;
}

export const idle: DialogueState = { version: 1, open: null, asked: null, pending: null, entry: null };

/** A state of another version of the product counts as none: the drafts are in the database all the same. */
export function readState(stored: unknown): DialogueState {
  const isOurs = typeof stored === 'object' && stored !== null && 'version' in stored && stored.version === 1;
  return isOurs ? { ...idle, ...(stored as Partial<DialogueState>), version: 1 } : idle;
}
