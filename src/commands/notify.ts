/** Whom an act on a report concerns: the contacts of its unit, and the staff over it, in every account they have. */
import { Assignment } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import type { UnitRef } from '../access/speaker';
import type { Chat } from '../channels/channel';
import type { Content } from '../channels/content';
import { staffChats } from '../registration/staff';
import type { Notice, Talk } from './command';

type Teller = Pick<Talk, 'tx' | 'now' | 'speaker'>;

/** To the unit's contacts, except whoever speaks. */
export async function tellContacts(
  talk: Teller,
  unit: Pick<UnitRef, 'id'>,
  content: Content,
): Promise<readonly Notice[]> {
  const chats = await contactChats(talk, unit.id);
  return chats.map((chat) => ({ chat, content }));
}

/** To the staff of the unit and above it. */
export async function tellStaff(
  { tx, now }: Teller,
  unit: Pick<UnitRef, 'path'>,
  content: Content,
): Promise<readonly Notice[]> {
  const chats = await staffChats(tx, unit.path, now);
  return chats.map((chat) => ({ chat, content }));
}

async function contactChats({ tx, now, speaker }: Teller, unitId: number): Promise<readonly Chat[]> {
  const rows = await tx
    .createQueryBuilder(Assignment, 'post')
    .innerJoin(Identity, 'identity', 'identity.personId = post.personId')
    .select('identity.channel', 'channel')
    .addSelect('identity.userId', 'userId')
    .where("post.role = 'contact' AND post.unitId = :unitId", { unitId })
    .andWhere('post.personId <> :personId', { personId: speaker.personId })
    .andWhere('post.since <= :now AND (post.until IS NULL OR post.until > :now)', { now })
    .orderBy('identity.id')
    .getRawMany<{ channel: string; userId: string }>();
  return rows.map(({ channel, userId }) => ({ channel, kind: 'private', id: userId }));
}
