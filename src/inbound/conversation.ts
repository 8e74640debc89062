/** The row of a chat, locked while one of its messages is at work: over several copies of the bot, they queue here. */
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';
import { inserting, jsonOf, locking, reading, run, type Statement, writing } from '../database/sql';
import { type DialogueState, idle, readState } from '../dialogue/state';

export interface LockedConversation {
  readonly id: number;
  readonly state: DialogueState;
}

/** Null when it is the first message of its chat. */
export function lockingConversation(chat: Chat): Statement<LockedConversation | null> {
  const sql = 'SELECT id, state FROM conversation WHERE channel = ? AND chatKind = ? AND chatId = ?';
  const rows = locking<{ id: number; state: unknown }>(sql, [chat.channel, chat.kind, chat.id]);
  return reading(rows, ([found]) => (found ? { id: found.id, state: readState(jsonOf(found.state)) } : null));
}

export async function beginConversation(tx: Tx, chat: Chat, now: Date): Promise<LockedConversation> {
  const row = { channel: chat.channel, chatKind: chat.kind, chatId: chat.id, updatedAt: now };
  return { id: await run(tx, inserting('conversation', row)), state: idle };
}

export function savingState({ id }: LockedConversation, state: DialogueState, now: Date): Statement<undefined> {
  const sql = 'UPDATE conversation SET state = ?, updatedAt = ? WHERE id = ?';
  return writing(sql, [JSON.stringify(state), now, id]);
}
