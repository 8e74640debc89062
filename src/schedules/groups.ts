/** The groups that are bound to a purpose. */
import { ChatBinding } from '../../entities/chat-binding';
import { Unit } from '../../entities/unit';
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';

export interface BoundGroup {
  readonly path: string;
  readonly chat: Chat;
}

export async function groupsFor(tx: Tx, purpose: ChatBinding['purpose']): Promise<readonly BoundGroup[]> {
  const rows = await tx
    .createQueryBuilder(ChatBinding, 'binding')
    .innerJoin(Unit, 'unit', 'unit.id = binding.unitId')
    .select('binding.channel', 'channel')
    .addSelect('binding.chatId', 'chatId')
    .addSelect('unit.path', 'path')
    .where('binding.purpose = :purpose', { purpose })
    .orderBy('binding.id')
    .getRawMany<{ channel: string; chatId: string; path: string }>();
  return rows.map(({ channel, chatId, path }) => ({ path, chat: { channel, kind: 'group', id: chatId } }));
}
