/** Whom a registration concerns among the staff: those over its unit, in every account they have. */
import { Assignment } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';

/** Private chats of the staff of the unit and of those above it. */
export async function staffChats(tx: Tx, unitPath: string, now: Date): Promise<readonly Chat[]> {
  const unitIds = unitPath.split('/').filter(Boolean).map(Number);
  const rows = await tx
    .createQueryBuilder(Assignment, 'post')
    .innerJoin(Identity, 'identity', 'identity.personId = post.personId')
    .select('identity.channel', 'channel')
    .addSelect('identity.userId', 'userId')
    .distinct(true)
    .where("post.role = 'staff' AND post.unitId IN (:...unitIds)", { unitIds })
    .andWhere('post.since <= :now AND (post.until IS NULL OR post.until > :now)', { now })
    .getRawMany<{ channel: string; userId: string }>();
  return rows.map(({ channel, userId }) => ({ channel, kind: 'private', id: userId }));
}
