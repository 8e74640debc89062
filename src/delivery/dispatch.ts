/**
 * Sends claimed messages: those of one chat one after another, so that nobody reads them in the wrong order, different chats
 * side by side. No transaction is open while a platform is being talked to.
 */
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Channel, Outbound, SendFailure, SendResult } from '../channels/channel';
import type { Clock } from '../clock';
import type { Database } from '../database/database';
import { describeFault, type Log } from '../log';
import { chatKey, putBack } from './claim';
import { loadFile } from './files';
import type { CountAttempt } from './metrics';
import { type Outcome, outcomeOf, queueBehind, recordOutcome } from './outcome';

export interface DispatchParts {
  readonly database: Database;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly count: CountAttempt;
}

/** Chats that are sent to at the same time. */
const lanes = 8;

/** Resolves when all is sent or lies in the queue again; after `until` no further send is begun. */
export async function dispatch(parts: DispatchParts, rows: readonly OutboxMessage[], until: Date): Promise<void> {
  const chats = new Map<string, OutboxMessage[]>();
  for (const row of rows) chats.set(chatKey(row), [...(chats.get(chatKey(row)) ?? []), row]);
  const waiting = chats.values();
  const lane = async () => {
    for (const chat of waiting) await sendChat(parts, chat, until);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, chats.size) }, lane));
}

async function sendChat(parts: DispatchParts, rows: readonly OutboxMessage[], until: Date): Promise<void> {
  try {
    for (const [index, row] of rows.entries()) {
      const now = parts.clock.now();
      if (now >= until) return await layBack(parts, rows.slice(index), now);
      const outcome = await attempt(parts, row);
      if (outcome.kind === 'retry') return await letWait(parts, row, rows.slice(index + 1), outcome.dueAt);
    }
  } catch (fault) {
    // What became of a message could not be written. Its lease brings it back, and those behind it must not overtake.
    parts.log.error({ channel: rows[0]?.channel, fault: describeFault(fault) }, 'delivery.outcome_not_written');
  }
}

async function attempt(parts: DispatchParts, row: OutboxMessage): Promise<Outcome> {
  const result = await send(parts, row);
  const now = parts.clock.now();
  const outcome = outcomeOf({ attempts: row.attempts, result, now, random: parts.random() });
  await parts.database.transact((tx) => recordOutcome(tx, row, outcome, now));
  parts.count(row.channel, outcome.kind);
  if (outcome.kind !== 'sent') tell(parts.log, row, outcome);
  return outcome;
}

async function send({ database, channels, log }: DispatchParts, row: OutboxMessage): Promise<SendResult> {
  const channel = channels.find(({ name }) => name === row.channel);
  if (!channel) return { ok: false, failure: noChannel };
  const outbound: Outbound = {
    id: String(row.id),
    chat: { channel: row.channel, kind: row.chatKind, id: row.chatId },
    content: row.content,
    replyVia: row.replyVia,
    load: (fileId) => database.read((tx) => loadFile(tx, fileId)),
  };
  try {
    return await channel.send(outbound);
  } catch (fault) {
    log.error({ outbound: row.id, channel: row.channel, fault: describeFault(fault) }, 'delivery.channel_threw');
    return { ok: false, failure: channelThrew };
  }
}

function tell(log: Log, row: OutboxMessage, { kind, failure }: Exclude<Outcome, { kind: 'sent' }>): void {
  const { code, ours } = failure;
  const facts = { outbound: row.id, channel: row.channel, code, ours, attempts: row.attempts };
  if (failure.unknown) log.warn(facts, 'delivery.outcome_unknown');
  else if (kind === 'dead') log.warn(facts, 'delivery.given_up');
  else log.info(facts, 'delivery.retry_later');
}

const layBack = ({ database }: DispatchParts, rows: readonly OutboxMessage[], until: Date): Promise<void> =>
  putBack(
    database,
    rows.map((row) => ({ row, until })),
  );

async function letWait(
  parts: DispatchParts,
  failed: OutboxMessage,
  behind: readonly OutboxMessage[],
  until: Date,
): Promise<void> {
  await layBack(parts, behind, until);
  await parts.database.transact((tx) => queueBehind(tx, failed, until));
}

const fault = { retryable: true, ours: true, unknown: false, waitMs: null } as const;

const noChannel: SendFailure = {
  ...fault,
  retryable: false,
  code: 'delivery.no_channel',
  message: 'the channel is not configured',
  userText: '这条消息所属的平台目前没有接入，未能发出。请让管理员检查平台配置，恢复后重新发送。',
};

const channelThrew: SendFailure = {
  ...fault,
  code: 'delivery.channel_threw',
  message: 'the channel failed instead of answering',
  userText: '发送程序出错，未能发出。请把这条消息的编号告诉管理员查看日志，修复后重新发送。',
};
