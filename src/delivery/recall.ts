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
import { chatOf } from './attempt';
import { type Draft, type Purpose, post } from './outbox';

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
    /** Being sent at this moment. */
    | 'leaving'
    | 'recallable'
    /** Too long ago, on a platform that takes nothing back, or never arrived. */
    | 'lasting'
    | 'recalled';
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
const fate = { status: true, sentAt: true, createdAt: true, recallableUntil: true, receipts: true } as const;

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
  const { id, purpose, createdAt, receipts } = row;
  return {
    id,
    chat: chatOf(row),
    purpose: purposes.find((each) => each === purpose) ?? 'notice',
    decidedAt: createdAt,
    state: stateOf(row, now),
    receipts: receipts ?? [],
  };
}

function stateOf({ status, sentAt, recallableUntil }: OutboxMessage, now: Date): Told['state'] {
  if (status === 'recalled') return 'recalled';
  if (status === 'pending') return sentAt === null ? 'waiting' : 'leaving';
  return status === 'sent' && recallableUntil !== null && recallableUntil > now ? 'recallable' : 'lasting';
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

/** How many messages of a batch were called off before they left, and how many the platforms are asked for. */
export interface TakenBack {
  readonly calledOff: number;
  readonly asked: number;
}

/** Kick the sender afterwards. */
export async function takeBack(tx: Tx, { told }: Batch, now: Date): Promise<TakenBack> {
  const calledOff = await callOff(tx, told);
  const recallable = told.filter(({ state }) => state === 'recallable');
  await post(tx, recallsOf(recallable), now);
  // So that nobody asks for the same twice; a recall that fails shows among the dead letters.
  await tx.update(OutboxMessage, { id: In(recallable.map(({ id }) => id)) }, { recallableUntil: null });
  return { calledOff, asked: recallable.length };
}

/** A sender may have taken one in hand meanwhile: then it goes out. */
async function callOff(tx: Tx, told: readonly Told[]): Promise<number> {
  const ids = told.filter(({ state }) => state === 'waiting').map(({ id }) => id);
  const stillWaiting = { id: In(ids), status: 'pending', sentAt: IsNull() } as const;
  const { affected } = await tx.update(OutboxMessage, stillWaiting, { status: 'recalled' });
  return affected ?? 0;
}

/** One for all that went in one call, since the platform has one name for it. */
function recallsOf(told: readonly Told[]): readonly Draft[] {
  const calls = new Map<string, [Told, ...Told[]]>();
  for (const each of told) {
    const key = JSON.stringify([each.chat.channel, each.chat.kind, each.receipts]);
    const call = calls.get(key);
    if (call) call.push(each);
    else calls.set(key, [each]);
  }
  return [...calls.values()].map((together) => ({
    chat: together[0].chat,
    content: say([]),
    purpose: 'recall',
    recalls: together.map(({ id }) => id),
  }));
}
