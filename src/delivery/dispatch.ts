/**
 * Sends claimed messages: those of one chat one after another, so that nobody reads them in the wrong order, different chats
 * side by side. No transaction is open while a platform is being talked to.
 */
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Channel, SendFailure } from '../channels/channel';
import type { Clock } from '../clock';
import type { Database, Tx } from '../database/database';
import { describeFault, type Log } from '../log';
import { type Cast, progressOf, type Tried } from './attempt';
import { carrierOf, chatKeyIn, namesOf } from './carriers';
import { gatherCasts } from './casts';
import { putBack } from './claim';
import { insist, type Patience } from './insist';
import type { CountAttempt } from './metrics';
import { dropIfToldElsewhere } from './other-account';
import { type Outcome, outcomeOf, queueBehind, type Recorded, recordOutcome } from './outcome';
import { tryToSend } from './try';

export interface DispatchParts extends Patience {
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
  const keyOf = chatKeyIn(parts.channels);
  const chats = new Map<string, OutboxMessage[]>();
  for (const row of rows) chats.set(keyOf(row), [...(chats.get(keyOf(row)) ?? []), row]);
  const heads = [...chats.values()].flatMap((chat) => chat.slice(0, 1));
  const waiting = gatherCasts(parts.channels, heads).values();
  const lane = async () => {
    for (const cast of waiting) {
      const queues = cast.map((head) => chats.get(keyOf(head)) ?? [head]);
      await sendQueues(parts, queues, cast, until);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, heads.length) }, lane));
}

/** Sends the heads of the queues together, then the rest of each. */
async function sendQueues(
  parts: DispatchParts,
  queues: readonly (readonly OutboxMessage[])[],
  heads: Cast,
  until: Date,
): Promise<void> {
  try {
    const now = parts.clock.now();
    if (now >= until) return await layBack(parts, queues.flat(), now);
    const behindAll = queues.flatMap((queue) => queue.slice(1));
    const outcomes = await sendCast(parts, heads, behindAll);
    for (const [index, [head, ...behind]] of queues.entries()) {
      const outcome = outcomes[index];
      if (head && outcome && 'dueAt' in outcome) await letWait(parts, head, behind, outcome.dueAt);
      else await sendQueue(parts, behind, until);
    }
  } catch (fault) {
    // What became of a message could not be written. Its lease brings it back, and those behind it must not overtake.
    parts.log.error({ channel: heads[0].channel, fault: describeFault(fault) }, 'delivery.outcome_not_written');
  }
}

async function sendQueue(parts: DispatchParts, rows: readonly OutboxMessage[], until: Date): Promise<void> {
  const [head] = rows;
  if (head) await sendQueues(parts, [rows], [head], until);
}

async function sendCast(
  parts: DispatchParts,
  cast: Cast,
  behind: readonly OutboxMessage[],
): Promise<readonly Outcome[]> {
  const [first] = cast;
  const channel = carrierOf(parts.channels, first.channel);
  if (!channel && (await dropIfToldElsewhere(parts.database, parts.channels, first))) return [{ kind: 'sent' }];
  const tried = await tryToSend(parts, channel, cast, behind);
  const now = parts.clock.now();
  // Those who were told together come back together: a platform that checks for duplicates has to see the same call again.
  const random = parts.random();
  const records = tried.map((each) => recordOf(each, channel, now, random));
  await insist(() => parts.database.transact((tx) => recordAll(tx, records)), parts);
  for (const { row, outcome } of records) {
    parts.count(row.channel, outcome.kind);
    if ('failure' in outcome) tell(parts.log, row, outcome);
  }
  return records.map(({ outcome }) => outcome);
}

async function recordAll(tx: Tx, records: readonly Recorded[]): Promise<void> {
  for (const record of records) await recordOutcome(tx, record);
}

function recordOf(tried: Tried, channel: Channel | undefined, now: Date, random: number): Recorded {
  const { row, result } = tried;
  const outcome = outcomeOf({ attempts: row.attempts, result, now, random });
  return { row, outcome, progress: progressOf(tried, channel, now), now };
}

function tell(log: Log, row: OutboxMessage, { kind, failure }: Extract<Outcome, { failure: SendFailure }>): void {
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
  const carrier = carrierOf(parts.channels, failed.channel);
  const names = carrier ? namesOf(carrier) : [failed.channel];
  await parts.database.transact((tx) => queueBehind(tx, failed, names, until));
}
