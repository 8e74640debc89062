/** The groups that are bound to a purpose. */
import { ChatBinding } from '../../entities/chat-binding';
import { Unit } from '../../entities/unit';
import type { Chat } from '../channels/channel';
import type { Content, Mention } from '../channels/content';
import type { Tx } from '../database/database';
import { jsonOf } from '../database/sql';

export interface BoundGroup {
  readonly path: string;
  readonly chat: Chat;
  /** Whom the bot calls there by name. */
  readonly mentions: readonly Mention[];
}

/** What the group is told, with those whom the bot calls there. */
export const toGroup = (content: Content, { mentions }: Pick<BoundGroup, 'mentions'>): Content =>
  mentions.length > 0 ? { ...content, mentions } : content;

export async function groupsFor(tx: Tx, purpose: ChatBinding['purpose']): Promise<readonly BoundGroup[]> {
  const rows = await tx
    .createQueryBuilder(ChatBinding, 'binding')
    .innerJoin(Unit, 'unit', 'unit.id = binding.unitId')
    .select('binding.channel', 'channel')
    .addSelect('binding.chatId', 'chatId')
    .addSelect('binding.mentions', 'mentions')
    .addSelect('unit.path', 'path')
    .where('binding.purpose = :purpose', { purpose })
    .orderBy('binding.id')
    .getRawMany<{ channel: string; chatId: string; path: string; mentions: unknown }>();
  return rows.map(({ channel, chatId, path, mentions }) => ({
    path,
    chat: { channel, kind: 'group', id: chatId },
    mentions: (jsonOf(mentions) ?? []) as readonly Mention[],
  }));
}
