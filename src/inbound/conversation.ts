/** The row of a chat, locked while one of its messages is at work: over several copies of the bot, they queue here. */
import { Conversation } from '../../entities/conversation';
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';
import { type DialogueState, idle, readState } from '../dialogue/state';

export interface LockedConversation {
  readonly id: number;
  readonly state: DialogueState;
}

export async function lockConversation(tx: Tx, chat: Chat, now: Date): Promise<LockedConversation> {
  const where = { channel: chat.channel, chatKind: chat.kind, chatId: chat.id };
  const query = tx.createQueryBuilder(Conversation, 'conversation').where(where);
  // The embedded database has one writer anyway, and no row locks.
  const isEmbedded = tx.connection.options.type === 'better-sqlite3';
  const found = await (isEmbedded ? query : query.setLock('pessimistic_write')).getOne();
  if (found) return { id: found.id, state: readState(found.state) };
  const { identifiers } = await tx.insert(Conversation, { ...where, updatedAt: now });
  return { id: Number(identifiers[0]?.['id']), state: idle };
}

export async function saveState(
  tx: Tx,
  conversation: LockedConversation,
  state: DialogueState,
  now: Date,
): Promise<void> {
  const changed: Partial<Conversation> = { state, updatedAt: now };
  await tx.update(Conversation, conversation.id, changed as object);
}
