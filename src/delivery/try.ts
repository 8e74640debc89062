/**
 * One try to send rows of the outbox that go together: what the channel is given, and what of it has gone, whatever becomes
 * of the rest. Knows the channel's ways: to one chat, to many people in one call, and back again.
 */
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Channel, SendFailure, SendResult } from '../channels/channel';
import { describeFault, type Log } from '../log';
import { type Attempts, attemptsOf, type Cast, type Tried } from './attempt';
import type { HoldParts } from './hold';
import { chatOf } from './places';

interface TryParts extends HoldParts {
  readonly log: Log;
}

/**
 * Never rejects: a channel that throws has failed like any other.
 * @param behind rows in the same hand, to be sent to the same chats afterwards.
 */
export async function tryToSend(
  parts: TryParts,
  channel: Channel | undefined,
  cast: Cast,
  behind: readonly OutboxMessage[],
): Promise<readonly Tried[]> {
  const attempts = attemptsOf(parts, channel, cast, behind);
  const results = channel ? await safely(parts.log, channel, attempts) : cast.map(() => failed(noChannel));
  return attempts.map((attempt, index) => attempt.tried(results[index] ?? failed(channelThrew)));
}

async function safely(log: Log, channel: Channel, attempts: Attempts): Promise<readonly SendResult[]> {
  const [first] = attempts;
  const { row } = first;
  try {
    return row.recalls ? [await askBack(channel, first)] : await send(channel, attempts);
  } catch (fault) {
    log.error({ outbound: row.id, channel: row.channel, fault: describeFault(fault) }, 'delivery.channel_threw');
    return attempts.map(() => failed(channelThrew));
  }
}

async function send(channel: Channel, [first, ...others]: Attempts): Promise<readonly SendResult[]> {
  if (others.length === 0 || !channel.broadcast) return [await channel.send(first.outbound)];
  return channel.broadcast.send([first.outbound, ...others.map(({ outbound }) => outbound)]);
}

async function askBack({ recall }: Channel, attempt: Attempts[0]): Promise<SendResult> {
  if (!recall) return failed(noRecall);
  const { receipts } = attempt;
  const result = await recall.take({ chat: chatOf(attempt.row), receipts, took: (receipt) => attempt.took([receipt]) });
  if (result.ok) attempt.took(receipts);
  return result;
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
