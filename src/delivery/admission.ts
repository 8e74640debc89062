/**
 * Which of the claimed messages may go now. It looks after the claim is committed, not before: of two senders that claim at
 * the same moment at least one sees what the other has in hand and steps back, so that together they keep the platform's
 * quotas and the order within a chat.
 */
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Channel, Quota } from '../channels/channel';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';
import { chatKey, type PutBack } from './claim';
import { busyChats, type Usage, type UsageQuestion, usageOfChannel, usageOfChats } from './usage';

export interface Admission {
  readonly go: readonly OutboxMessage[];
  readonly wait: readonly PutBack[];
}

/** How much of one quota others used than the claimed messages: by chat id, or under `''` for the whole channel. */
export interface Ceiling {
  readonly channel: string;
  readonly quota: Quota;
  readonly used: ReadonlyMap<string, Usage>;
}

export interface Facts {
  /** Chats, by `chatKey`, of which another sender has a message in hand. */
  readonly busy: ReadonlySet<string>;
  readonly ceilings: readonly Ceiling[];
}

/** Reads what bears on the claimed rows: for each channel among them one query, and one for each of its quotas. */
export async function readFacts(
  tx: Tx,
  rows: readonly OutboxMessage[],
  channels: readonly Channel[],
  now: Date,
): Promise<Facts> {
  const except = rows.map(({ id }) => id);
  const busy: string[] = [];
  const ceilings: Ceiling[] = [];
  for (const { name: channel, quotas } of channels) {
    const chatIds = [...new Set(rows.filter((row) => row.channel === channel).map((row) => row.chatId))];
    if (chatIds.length === 0) continue;
    busy.push(...(await busyChats(tx, { channel, now, except }, chatIds)));
    for (const quota of quotas) {
      const question = { channel, quota, now, except };
      const used = quota.per === 'chat' ? await usageOfChats(tx, question, chatIds) : await whole(tx, question);
      ceilings.push({ channel, quota, used });
    }
  }
  return { busy: new Set(busy), ceilings };
}

async function whole(tx: Tx, question: UsageQuestion): Promise<ReadonlyMap<string, Usage>> {
  const usage = await usageOfChannel(tx, question);
  return new Map(usage ? [['', usage]] : []);
}

/** The channels whose own quota is used up, so that their backlog does not fill the next claim. */
export async function findFullChannels(
  tx: Tx,
  channels: readonly Channel[],
  now: Date,
): Promise<ReadonlyMap<string, Date>> {
  const full = new Map<string, Date>();
  for (const { name: channel, quotas } of channels) {
    for (const quota of quotas.filter(({ per }) => per === 'channel')) {
      const usage = await usageOfChannel(tx, { channel, quota, now, except: [] });
      if (usage && usage.count >= quota.count)
        full.set(channel, latest(roomAt(quota, usage), full.get(channel) ?? now));
    }
  }
  return full;
}

/**
 * Lets the claimed rows go in their order as far as every quota has room; what waits of a chat is its tail.
 * @param again the earliest instant to look again at what has to wait.
 */
export function admit(rows: readonly OutboxMessage[], { busy, ceilings }: Facts, now: Date, again: Date): Admission {
  const go: OutboxMessage[] = [];
  const wait: PutBack[] = [];
  for (const row of rows) {
    const usages = ceilings.map((ceiling) => ({ ...ceiling, usage: usedWith(go, ceiling, row, now) }));
    const full = usages.filter(({ quota, usage }) => usage.count >= quota.count);
    if (full.length === 0 && !busy.has(chatKey(row))) go.push(row);
    else wait.push({ row, until: latest(again, ...full.map(({ quota, usage }) => roomAt(quota, usage))) });
  }
  return { go, wait };
}

/** What is used of the row's quota, the rows let go before it included. */
function usedWith(go: readonly OutboxMessage[], ceiling: Ceiling, row: OutboxMessage, now: Date): Usage {
  if (ceiling.channel !== row.channel) return { count: 0, oldest: now };
  const { per } = ceiling.quota;
  const mine = go.filter((each) => each.channel === row.channel && (per === 'channel' || each.chatId === row.chatId));
  const others = ceiling.used.get(per === 'chat' ? row.chatId : '');
  return { count: mine.length + (others?.count ?? 0), oldest: others?.oldest ?? now };
}

const roomAt = ({ seconds }: Quota, { oldest }: Usage): Date => inShanghai(oldest).plus({ seconds }).toJSDate();

const latest = (...instants: readonly Date[]): Date => new Date(Math.max(...instants.map(Number)));
