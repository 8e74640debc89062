/**
 * What the bot sent of its own accord, in the batches in which it was decided, and how a batch is taken back: what has not
 * left yet is not sent, what people see is taken back by the platform where it can.
 */
import { In, IsNull, MoreThan } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Chat } from '../channels/channel';
import { say } from '../channels/content';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';
import { type Draft, type Purpose, post } from './outbox';
import { chatOf } from './places';

/** No platform takes back what is older than a day. */
const lookBackHours = 24;

export type ToldPurpose = Exclude<Purpose, 'reply' | 'recall'>;

/** One message of the bot's own, without what it says. */
export interface Told {
  readonly id: number;
  readonly chat: Chat;
  readonly purpose: ToldPurpose;
  readonly decidedAt: Date;
  readonly state: /** Nobody has seen it yet. */
    | 'waiting'
    /** A part of it was seen, and the rest has not left: it waits, or was given up. */
    | 'begun'
    /** Being sent at this moment. */
    | 'leaving'
    | 'recallable'
    /** Too long ago, on a platform that takes nothing back, or never arrived. */
    | 'lasting'
    | 'recalled';
  /** The platform's names for what it can still take back. */
  readonly receipts: readonly string[];
}

/** Messages that one decision sent: a bulletin, the reminders of one step. */
export interface Batch {
  /** Of its first message: what a person calls the batch by. */
  readonly id: number;
  readonly purpose: ToldPurpose;
  readonly decidedAt: Date;
  readonly told: readonly [Told, ...Told[]];
}

const purposes: readonly ToldPurpose[] = ['bulletin', 'reminder', 'notice'];
const place = { id: true, channel: true, chatKind: true, chatId: true, purpose: true } as const;
const fate = {
  status: true,
  gone: true,
  sentAt: true,
  createdAt: true,
  recallableUntil: true,
  receipts: true,
} as const;

/** What was decided within the last day, oldest first. */
export async function findTold(tx: Tx, now: Date): Promise<readonly Told[]> {
  const since = inShanghai(now).minus({ hours: lookBackHours }).toJSDate();
  const rows = await tx.find(OutboxMessage, {
    select: { ...place, ...fate },
    where: { purpose: In([...purposes]), createdAt: MoreThan(since) },
    order: { id: 'ASC' },
  });
  return rows.map((row) => toldOf(row, now));
}

function toldOf(row: OutboxMessage, now: Date): Told {
  const { id, purpose, createdAt } = row;
  return {
    id,
    chat: chatOf(row),
    purpose: purposes.find((each) => each === purpose) ?? 'notice',
    decidedAt: createdAt,
    state: stateOf(row, now),
    receipts: isRecallable(row, now) ? (row.receipts ?? []) : [],
  };
}

const isRecallable = ({ recallableUntil }: OutboxMessage, now: Date): boolean =>
  recallableUntil !== null && recallableUntil > now;

function stateOf(row: OutboxMessage, now: Date): Told['state'] {
  const { status, sentAt, gone } = row;
  if (status === 'recalled') return 'recalled';
  if (status === 'pending' && sentAt !== null) return 'leaving';
  if (status === 'pending') return gone === 0 ? 'waiting' : 'begun';
  if (!isRecallable(row, now)) return 'lasting';
  return status === 'dead' ? 'begun' : 'recallable';
}

/** Newest first. Pure. */
export function batchesOf(told: readonly Told[]): readonly Batch[] {
  const batches = new Map<string, [Told, ...Told[]]>();
  for (const each of told) {
    const key = `${each.purpose} ${each.decidedAt.getTime()}`;
    const batch = batches.get(key);
    if (batch) batch.push(each);
    else batches.set(key, [each]);
  }
  return [...batches.values()]
    .map((all) => ({ id: all[0].id, purpose: all[0].purpose, decidedAt: all[0].decidedAt, told: all }))
    .reverse();
}

/** How many messages of a batch each befell. */
export interface TakenBack {
  /** Called off before anybody saw of them. */
  readonly calledOff: number;
  /** Called off when parts of them were seen that nobody takes back. */
  readonly cutShort: number;
  /** The platforms are asked for what was seen of them. */
  readonly asked: number;
}

/** Kick the sender afterwards. */
export async function takeBack(tx: Tx, { told }: Batch, now: Date): Promise<TakenBack> {
  const waiting = told.filter(({ state }) => state === 'waiting');
  const calledOff = await callOff(tx, waiting);
  const begun = await callOffEach(
    tx,
    told.filter(({ state }) => state === 'begun'),
  );
  const seen = [...told.filter(({ state }) => state === 'recallable'), ...begun];
  const asked = seen.filter(({ receipts }) => receipts.length > 0);
  await post(tx, recallsOf(asked), now);
  // So that nobody asks for the same twice; a recall that fails shows among the dead letters.
  await tx.update(OutboxMessage, { id: In(asked.map(({ id }) => id)) }, { recallableUntil: null });
  return { calledOff, cutShort: seen.length - asked.length, asked: asked.length };
}

/** A sender may have taken one in hand meanwhile: then it goes out. */
async function callOff(tx: Tx, told: readonly Told[]): Promise<number> {
  const ids = told.map(({ id }) => id);
  const notInHand = { id: In(ids), status: In(['pending', 'dead']), sentAt: IsNull() };
  const { affected } = await tx.update(OutboxMessage, notInHand, { status: 'recalled' });
  return affected ?? 0;
}

/** Those that nobody had taken in hand. */
async function callOffEach(tx: Tx, told: readonly Told[]): Promise<readonly Told[]> {
  const stopped: Told[] = [];
  for (const each of told) if ((await callOff(tx, [each])) === 1) stopped.push(each);
  return stopped;
}

/**
 * The platform has one name for all that went in one call, and what went together at first may have gone on apart: one draft
 * for the names that the same messages share, so that no name is asked for twice.
 */
function recallsOf(told: readonly Told[]): readonly Draft[] {
  const sharing = groupBy(
    told.flatMap((each) => each.receipts.map((receipt) => ({ each, receipt }))),
    ({ each: { chat }, receipt }) => [chat.channel, chat.kind, receipt],
  ).map((held) => ({ receipt: held[0].receipt, chat: held[0].each.chat, ids: held.map(({ each }) => each.id) }));
  return groupBy(sharing, ({ ids }) => ids).map((calls) => ({
    chat: calls[0].chat,
    content: say([]),
    purpose: 'recall',
    recalls: { ids: calls[0].ids, receipts: calls.map(({ receipt }) => receipt) },
  }));
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => unknown): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const group = groups.get(JSON.stringify(keyOf(one)));
    if (group) group.push(one);
    else groups.set(JSON.stringify(keyOf(one)), [one]);
  }
  return [...groups.values()];
}
