/** Who is told: the accounts of people by role and unit, and the groups that are bound to a purpose. */
import { Assignment, type Role } from '../../entities/assignment';
import { ChatBinding } from '../../entities/chat-binding';
import { Identity } from '../../entities/identity';
import { Unit } from '../../entities/unit';
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';

export interface Addressee {
  readonly unitId: number;
  readonly path: string;
  readonly chat: Chat;
}

interface Row {
  unitId: number;
  path: string;
  channel: string;
  userId: string;
}

/** Private chats of everyone who holds one of the roles now. */
export async function addresseesOf(tx: Tx, roles: readonly Role[], now: Date): Promise<readonly Addressee[]> {
  const rows = await tx
    .createQueryBuilder(Assignment, 'post')
    .innerJoin(Unit, 'unit', 'unit.id = post.unitId')
    .innerJoin(Identity, 'identity', 'identity.personId = post.personId')
    .select('unit.id', 'unitId')
    .addSelect('unit.path', 'path')
    .addSelect('identity.channel', 'channel')
    .addSelect('identity.userId', 'userId')
    .where('post.role IN (:...roles)', { roles: [...roles] })
    .andWhere('post.since <= :now AND (post.until IS NULL OR post.until > :now)', { now })
    .orderBy('identity.id')
    .getRawMany<Row>();
  return rows.map(({ channel, userId, unitId, path }) => ({
    unitId,
    path,
    chat: { channel, kind: 'private', id: userId },
  }));
}

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
