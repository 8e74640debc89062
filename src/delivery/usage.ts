/**
 * What the outbox itself knows of how much was sent lately, so that several copies of the bot share a platform's quotas.
 * Counted is what a sender sent or has in hand; a reply handed over in an HTTP response (no attempt) is free.
 */
import { DateTime } from 'luxon';
import { In, IsNull, MoreThan, Not, type SelectQueryBuilder } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Quota } from '../channels/channel';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';
import { chatKey } from './claim';

export interface Usage {
  readonly count: number;
  /** When the first of them was sent: a window later there is room again. */
  readonly oldest: Date;
}

export interface UsageQuestion {
  readonly channel: string;
  readonly quota: Quota;
  readonly now: Date;
  /** Rows that the asker has in hand, which do not count. */
  readonly except: readonly number[];
}

interface RawUsage {
  readonly chatId: string;
  readonly count: number | string;
  readonly oldest: Date | string;
}

export async function usageOfChannel(tx: Tx, question: UsageQuestion): Promise<Usage | null> {
  const { now } = question;
  // By the index of status and `dueAt`, which in a row that was claimed is the end of its lease, so after `sentAt`.
  const [raw] = await counting(tx, question)
    .andWhere("message.status IN ('pending', 'sent') AND message.dueAt > :since AND message.sentAt IS NOT NULL")
    // However long ago a message was taken in hand, its sending is now.
    .andWhere("(message.sentAt > :since OR (message.status = 'pending' AND message.dueAt > :now))", { now })
    .getRawMany<RawUsage>();
  return raw && Number(raw.count) > 0 ? usageOf(raw) : null;
}

/** By chat id; a chat to which nothing was sent in the window is missing. */
export async function usageOfChats(
  tx: Tx,
  question: UsageQuestion,
  chatIds: readonly string[],
): Promise<ReadonlyMap<string, Usage>> {
  const rows = await counting(tx, question)
    .addSelect('message.chatId', 'chatId')
    .andWhere('message.chatId IN (:...chatIds) AND message.sentAt > :since', { chatIds })
    .groupBy('message.chatId')
    .getRawMany<RawUsage>();
  return new Map(rows.map((raw) => [raw.chatId, usageOf(raw)]));
}

/** The chats, by `chatKey`, of which somebody has a message in hand that is not one of `except`. */
export async function busyChats(
  tx: Tx,
  { channel, now, except }: Omit<UsageQuestion, 'quota'>,
  chatIds: readonly string[],
): Promise<readonly string[]> {
  const inHand = { status: 'pending', sentAt: Not(IsNull()), dueAt: MoreThan(now) } as const;
  const rows = await tx.find(OutboxMessage, {
    select: { channel: true, chatKind: true, chatId: true },
    where: { ...inHand, channel, chatId: In([...chatIds]), id: Not(In([...except])) },
  });
  return rows.map(chatKey);
}

function counting(tx: Tx, { channel, quota, now, except }: UsageQuestion): SelectQueryBuilder<OutboxMessage> {
  const since = inShanghai(now).minus({ seconds: quota.seconds }).toJSDate();
  const search = tx
    .createQueryBuilder(OutboxMessage, 'message')
    .select('COUNT(*)', 'count')
    .addSelect('MIN(message.sentAt)', 'oldest')
    .where('message.channel = :channel AND message.attempts > 0', { channel, since });
  return except.length > 0 ? search.andWhere('message.id NOT IN (:...except)', { except }) : search;
}

/** An aggregate comes as the driver has it: the embedded database keeps instants as text in UTC. */
function usageOf({ count, oldest }: RawUsage): Usage {
  const instant = typeof oldest === 'string' ? DateTime.fromSQL(oldest, { zone: 'utc' }).toJSDate() : oldest;
  return { count: Number(count), oldest: instant };
}
