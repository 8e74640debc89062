/** The row of a chat, locked while one of its messages is at work: over several copies of the bot, they queue here. */
import type { Chat, Inbound } from '../channels/channel';
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

export async function beginConversation(tx: Tx, inbound: Inbound, now: Date): Promise<LockedConversation> {
  const { channel, kind, id } = inbound.chat;
  const row = { channel, chatKind: kind, chatId: id, ...ownerOf(inbound), updatedAt: now };
  return { id: await run(tx, inserting('conversation', row)), state: idle };
}

/** With the account, which a platform may come to tell only later. */
export function savingState(
  { id }: LockedConversation,
  inbound: Inbound,
  { state, now }: { readonly state: DialogueState; readonly now: Date },
): Statement<undefined> {
  const { directory, userId } = ownerOf(inbound);
  const sql = 'UPDATE conversation SET state = ?, directory = ?, userId = ?, updatedAt = ? WHERE id = ?';
  return writing(sql, [JSON.stringify(state), directory, userId, now, id]);
}

/** Whose chat it is; a group is nobody's. */
function ownerOf({ chat, userId, directory = chat.channel }: Inbound) {
  return chat.kind === 'private' ? { directory, userId } : { directory: null, userId: null };
}
