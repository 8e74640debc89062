/**
 * One try to send rows of the outbox that go together: what the channel is given, and what of it has gone, whatever becomes
 * of the rest. Knows the channel's ways: to one chat, to many people in one call, and back again.
 */
import { In } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Channel, SendFailure, SendResult } from '../channels/channel';
import type { Database } from '../database/database';
import { describeFault, type Log } from '../log';
import { type Attempts, attemptsOf, type Cast, chatOf, type Tried } from './attempt';
import type { HoldParts } from './hold';

interface TryParts extends HoldParts {
  readonly log: Log;
}

/** Never rejects: a channel that throws has failed like any other. */
export async function tryToSend(parts: TryParts, channel: Channel | undefined, cast: Cast): Promise<readonly Tried[]> {
  const attempts = attemptsOf(parts, channel, cast);
  const results = channel ? await safely(parts, channel, attempts) : cast.map(() => failed(noChannel));
  return attempts.map((attempt, index) => attempt.tried(results[index] ?? failed(channelThrew)));
}

async function safely(
  { database, log }: TryParts,
  channel: Channel,
  attempts: Attempts,
): Promise<readonly SendResult[]> {
  const [{ row }] = attempts;
  try {
    return row.recalls ? [await takeBack(database, channel, row, row.recalls)] : await send(channel, attempts);
  } catch (fault) {
    log.error({ outbound: row.id, channel: row.channel, fault: describeFault(fault) }, 'delivery.channel_threw');
    return attempts.map(() => failed(channelThrew));
  }
}

async function send(channel: Channel, [first, ...others]: Attempts): Promise<readonly SendResult[]> {
  if (others.length === 0 || !channel.broadcast) return [await channel.send(first.outbound)];
  return channel.broadcast.send([first.outbound, ...others.map(({ outbound }) => outbound)]);
}

async function takeBack(
  database: Database,
  channel: Channel,
  row: OutboxMessage,
  ids: readonly number[],
): Promise<SendResult> {
  if (!channel.recall) return failed(noRecall);
  const shown = await database.read((tx) => tx.findBy(OutboxMessage, { id: In([...ids]) }));
  const receipts = new Set(shown.flatMap((each) => each.receipts ?? []));
  return channel.recall.take({ chat: chatOf(row), receipts: [...receipts] });
}

const failed = (failure: SendFailure): SendResult => ({ ok: false, failure });

const final = { retryable: false, ours: true, unknown: false, waitMs: null } as const;

const noChannel: SendFailure = {
  ...final,
  code: 'delivery.no_channel',
  message: 'the channel is not configured',
  userText: '这条消息所属的平台目前没有接入，未能发出。请让管理员检查平台配置，恢复后重新发送。',
};

const noRecall: SendFailure = {
  ...final,
  code: 'delivery.no_recall',
  message: 'the channel takes nothing back',
  userText: '这个平台不支持收回已发的消息，请在群里或私下说明更正。',
};

const channelThrew: SendFailure = {
  ...final,
  retryable: true,
  code: 'delivery.channel_threw',
  message: 'the channel failed instead of answering',
  userText: '发送程序出错，未能发出。请把这条消息的编号告诉管理员查看日志，修复后重新发送。',
};
