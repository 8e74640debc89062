/**
 * One try to send rows of the outbox that go together: what the channel is given, and what of it has gone, whatever becomes
 * of the rest. Knows the channel's ways: to one chat, to many people in one call, and back again.
 */
import { In } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Channel, Chat, Outbound, SendFailure, SendResult } from '../channels/channel';
import { inShanghai } from '../clock';
import type { Database } from '../database/database';
import { describeFault, type Log } from '../log';
import { loadFile } from './files';
import type { Progress } from './outcome';

/** Rows for one channel: one, or several that its broadcast takes in one call. */
export type Cast = readonly [OutboxMessage, ...OutboxMessage[]];

export interface Tried {
  readonly row: OutboxMessage;
  readonly result: SendResult;
  readonly gone: number;
  readonly receipts: readonly string[];
}

interface TryParts {
  readonly database: Database;
  readonly log: Log;
}

export const chatOf = (row: Pick<OutboxMessage, 'channel' | 'chatKind' | 'chatId'>): Chat => ({
  channel: row.channel,
  kind: row.chatKind,
  id: row.chatId,
});

/** Never rejects: a channel that throws has failed like any other. */
export async function tryToSend(parts: TryParts, channel: Channel | undefined, cast: Cast): Promise<readonly Tried[]> {
  const [first, ...others] = cast.map((row) => new Attempt(row, parts.database));
  if (!first) return [];
  const results = channel ? await safely(parts, channel, [first, ...others]) : cast.map(() => failed(noChannel));
  return [first, ...others].map((attempt, index) => attempt.tried(results[index] ?? failed(channelThrew)));
}

export function progressOf({ gone, receipts }: Tried, channel: Channel | undefined, now: Date): Progress {
  const hours = receipts.length > 0 ? channel?.recall?.hours : undefined;
  return { gone, receipts, recallableUntil: hours ? inShanghai(now).plus({ hours }).toJSDate() : null };
}

class Attempt {
  readonly outbound: Outbound;
  private gone: number;
  private readonly receipts: string[];

  constructor(
    readonly row: OutboxMessage,
    database: Database,
  ) {
    this.gone = row.gone;
    this.receipts = [...(row.receipts ?? [])];
    this.outbound = {
      id: String(row.id),
      chat: chatOf(row),
      content: row.content,
      replyVia: row.replyVia,
      gone: row.gone,
      went: (receipt) => this.went(receipt),
      load: (fileId) => database.read((tx) => loadFile(tx, fileId)),
    };
  }

  tried(result: SendResult): Tried {
    return { row: this.row, result, gone: this.gone, receipts: this.receipts };
  }

  private went(receipt: string | null): void {
    this.gone += 1;
    if (receipt !== null) this.receipts.push(receipt);
  }
}

type Attempts = readonly [Attempt, ...Attempt[]];

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
