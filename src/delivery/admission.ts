/**
 * Which of the messages in hand may go now, each with its next part. It looks after the claim is committed, not before: of
 * two senders that claim at the same moment at least one sees what the other has in hand and steps back, so that together
 * they keep the platform's quotas and the order within a chat. Further parts are admitted in the same way, one at a time.
 */
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Channel, Quota } from '../channels/channel';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';
import { chatKeyIn, namesOf } from './carriers';
import { countCalls } from './casts';
import type { PutBack } from './claim';
import { callsOfChannel, callsOfChats, type InHand, listInHand, type Usage, type UsageQuestion } from './usage';

export interface Admission {
  readonly go: readonly OutboxMessage[];
  readonly wait: readonly PutBack[];
}

/** How much of one quota is used but for the rows that ask: by addressee, or under `''` for the whole channel. */
export interface Ceiling {
  readonly channel: Channel;
  readonly quota: Quota;
  readonly used: ReadonlyMap<string, Usage>;
}

export interface Facts {
  readonly channels: readonly Channel[];
  /** Chats, by their key, of which another sender has a message in hand. */
  readonly busy: ReadonlySet<string>;
  readonly ceilings: readonly Ceiling[];
}

/** Reads what bears on rows in hand: one query, and for each channel among them one for each of its quotas. */
export async function readFacts(
  tx: Tx,
  rows: readonly OutboxMessage[],
  channels: readonly Channel[],
  now: Date,
): Promise<Facts> {
  const mine = new Set(rows.map(({ id }) => id));
  const others = (await listInHand(tx, now)).filter(({ id }) => !mine.has(id));
  const ceilings: Ceiling[] = [];
  for (const channel of channels) {
    const addressees = new Set(
      rows.filter((row) => namesOf(channel).includes(row.channel)).map((row) => row.addressee),
    );
    if (addressees.size === 0) continue;
    for (const quota of channel.quotas) {
      const question = { channel, quota, now };
      const called =
        quota.per === 'chat' ? await callsOfChats(tx, question, [...addressees]) : await whole(tx, question);
      ceilings.push({ channel, quota, used: withHeld(called, question, others) });
    }
  }
  const sending = others.filter(({ isAnswer }) => !isAnswer);
  return { channels, busy: new Set(sending.map(chatKeyIn(channels))), ceilings };
}

async function whole(tx: Tx, question: UsageQuestion): Promise<ReadonlyMap<string, Usage>> {
  const usage = await callsOfChannel(tx, question);
  return new Map(usage ? [['', usage]] : []);
}

/** What somebody has in hand takes a call more than has gone of it. */
function withHeld(
  called: ReadonlyMap<string, Usage>,
  { channel, quota }: UsageQuestion,
  held: readonly InHand[],
): ReadonlyMap<string, Usage> {
  const names = namesOf(channel);
  const counted = held.filter((each) => names.includes(each.channel) && (quota.withAnswers || !each.isAnswer));
  const used = new Map(called);
  for (const { addressee, since } of counted) {
    const key = quota.per === 'chat' ? addressee : '';
    const { calls, oldest } = used.get(key) ?? { calls: 0, oldest: since };
    used.set(key, { calls: calls + 1, oldest: earliest(oldest, since) });
  }
  return used;
}

/** The channels whose own quota is used up, so that their backlog does not fill the next claim. */
export async function findFullChannels(
  tx: Tx,
  channels: readonly Channel[],
  now: Date,
): Promise<ReadonlyMap<Channel, Date>> {
  const full = new Map<Channel, Date>();
  for (const channel of channels) {
    for (const quota of channel.quotas.filter(({ per }) => per === 'channel')) {
      const usage = await callsOfChannel(tx, { channel, quota, now });
      if (usage && usage.calls >= quota.count)
        full.set(channel, latest(roomAt(quota, usage), full.get(channel) ?? now));
    }
  }
  return full;
}

/**
 * Lets the rows go in their order as far as every quota has room; what waits of a chat is its tail.
 * @param again the earliest instant to look again at what has to wait.
 */
export function admit(rows: readonly OutboxMessage[], facts: Facts, now: Date, again: Date): Admission {
  const keyOf = chatKeyIn(facts.channels);
  const go: OutboxMessage[] = [];
  const wait: PutBack[] = [];
  const held = new Set(facts.busy);
  for (const row of rows) {
    const full = facts.ceilings.filter((ceiling) => isAbove(ceiling, go, row, facts.channels));
    if (full.length === 0 && !held.has(keyOf(row))) {
      go.push(row);
      continue;
    }
    held.add(keyOf(row));
    wait.push({ row, until: latest(again, ...full.map((ceiling) => roomFor(ceiling, row, now))) });
  }
  return { go, wait };
}

/** Whether one more part, of this row, would be too many beside the rows let go before it. */
function isAbove(
  ceiling: Ceiling,
  go: readonly OutboxMessage[],
  row: OutboxMessage,
  channels: readonly Channel[],
): boolean {
  const { channel, quota } = ceiling;
  const names = namesOf(channel);
  if (!names.includes(row.channel)) return false;
  const mine = [...go.filter((each) => names.includes(each.channel)), row];
  const wanted =
    quota.per === 'chat'
      ? mine.filter(({ addressee }) => addressee === row.addressee).length
      : countCalls(channels, mine);
  return (usageFor(ceiling, row)?.calls ?? 0) + wanted > quota.count;
}

const usageFor = ({ quota, used }: Ceiling, row: OutboxMessage): Usage | undefined =>
  used.get(quota.per === 'chat' ? row.addressee : '');

const roomFor = (ceiling: Ceiling, row: OutboxMessage, now: Date): Date =>
  roomAt(ceiling.quota, usageFor(ceiling, row) ?? { calls: 0, oldest: now });

const roomAt = ({ seconds }: Quota, { oldest }: Usage): Date => inShanghai(oldest).plus({ seconds }).toJSDate();

const earliest = (...instants: readonly Date[]): Date => new Date(Math.min(...instants.map(Number)));

const latest = (...instants: readonly Date[]): Date => new Date(Math.max(...instants.map(Number)));
