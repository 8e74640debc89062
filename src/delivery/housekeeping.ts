/**
 * Forgets what nobody asks for any more: that a message came in, once no platform would repeat it; what was sent half a
 * year ago, and its files; links that have run out. Dead letters stay until staff see to them.
 */
import { type EntityTarget, type FindOptionsWhere, In, LessThan, type ObjectLiteral } from 'typeorm';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import { StoredFile } from '../../entities/stored-file';
import { UploadLink } from '../../entities/upload-link';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';
import { sentDays } from './files';

const inboundDays = 30;
/** Whoever opens a link that has run out is told so for as long. */
const linkDays = 7;

export interface Pruned {
  readonly removed: number;
  /** There is more to remove: call again, in another transaction. */
  readonly more: boolean;
}

/** Removes at most `batchSize` rows of each kind, so that no transaction grows long. */
export async function prune(tx: Tx, now: Date, batchSize = 1000): Promise<Pruned> {
  const before = (days: number) => LessThan(inShanghai(now).minus({ days }).toJSDate());
  // `dueAt` has an index with the status, and in a row that was sent it lies within minutes of `sentAt`.
  const sent = { status: In(['sent', 'recalled']), dueAt: before(sentDays) };
  const removed = [
    await remove(tx, InboundMessage, { receivedAt: before(inboundDays) }, batchSize),
    await remove(tx, OutboxMessage, sent, batchSize),
    await remove(tx, StoredFile, { expiresAt: LessThan(now) }, batchSize),
    await remove(tx, UploadLink, { expiresAt: before(linkDays) }, batchSize),
  ];
  return { removed: removed.reduce((sum, count) => sum + count, 0), more: removed.includes(batchSize) };
}

async function remove<T extends ObjectLiteral & { id: number }>(
  tx: Tx,
  entity: EntityTarget<T>,
  where: FindOptionsWhere<T>,
  take: number,
): Promise<number> {
  const old = await tx.createQueryBuilder(entity, 'old').select('old.id').where(where).limit(take).getMany();
  if (old.length > 0)
    await tx.delete(
      entity,
      old.map(({ id }) => id),
    );
  return old.length;
}
