/** Who talked to the bot before, for channels that must know it. */
import { Conversation } from '../../entities/conversation';
import type { Tx } from '../database/database';

const mostKnownChats = 20_000;

/** The ids of private chats of a channel, those of late first. */
export async function privateChatIds(tx: Tx, channel: string): Promise<readonly string[]> {
  const rows = await tx.find(Conversation, {
    select: { id: true, chatId: true },
    where: { channel, chatKind: 'private' },
    order: { updatedAt: 'DESC' },
    take: mostKnownChats,
  });
  return rows.map(({ chatId }) => chatId);
}
