/** Where a message goes, as the channels are told it, and whom a platform counts it for. Pure. */
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Chat } from '../channels/channel';

export const chatOf = (row: Pick<OutboxMessage, 'channel' | 'chatKind' | 'chatId'>): Chat => ({
  channel: row.channel,
  kind: row.chatKind,
  id: row.chatId,
});

/** Accounts compare without regard to case on the platforms, ids of groups do not. */
export const addresseeOf = ({ kind, id }: Chat, userId = id): string =>
  kind === 'private' ? userId.toLowerCase() : id;
