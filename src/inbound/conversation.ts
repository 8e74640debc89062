/** The row of a chat, locked while one of its messages is at work: over several copies of the bot, they queue here. */
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';
import { insertRow, jsonOf, lockRows, runStatement } from '../database/sql';
import { type DialogueState, idle, readState } from '../dialogue/state';

export interface LockedConversation {
  readonly id: number;
  readonly state: DialogueState;
}

export async function lockConversation(tx: Tx, chat: Chat, now: Date): Promise<LockedConversation> {
  const sql = 'SELECT id, state FROM conversation WHERE channel = ? AND chatKind = ? AND chatId = ?';
  const [found] = await lockRows<{ id: number; state: unknown }>(tx, sql, [chat.channel, chat.kind, chat.id]);
  if (found) return { id: found.id, state: readState(jsonOf(found.state)) };
  const row = { channel: chat.channel, chatKind: chat.kind, chatId: chat.id, updatedAt: now };
  return { id: await insertRow(tx, 'conversation', row), state: idle };
}

export async function saveState(
  tx: Tx,
  conversation: LockedConversation,
  state: DialogueState,
  now: Date,
): Promise<void> {
  const sql = 'UPDATE conversation SET state = ?, updatedAt = ? WHERE id = ?';
  await runStatement(tx, sql, [JSON.stringify(state), now, conversation.id]);
}
