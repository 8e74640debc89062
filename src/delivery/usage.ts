/**
 * What the outbox itself knows of how often a platform was called lately, so that several copies of the bot share its
 * quotas. All parts of a message count as of its latest, which is at most too careful; what is in hand now is told apart.
 */
import { DateTime } from 'luxon';
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Channel, Quota } from '../channels/channel';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';
import { run, type SqlValue, selecting } from '../database/sql';
import { namesOf } from './carriers';
import { addresseeInSql, leaseMs } from './claim';

/**
 * The clocks of two copies differ by less. A call that lies further ahead was made before a clock was set back: it would stop
 * the platform for as long as the clock jumped.
 */
const toleranceSeconds = 10;

export interface Usage {
  readonly calls: number;
  /** When the first of them was made: a window later there is room again. */
  readonly oldest: Date;
}

export interface UsageQuestion {
  readonly channel: Channel;
  readonly quota: Quota;
  readonly now: Date;
}

interface RawUsage {
  readonly addressee: string;
  readonly calls: number | string | null;
  readonly oldest: Date | string | null;
}

export async function callsOfChannel(tx: Tx, question: UsageQuestion): Promise<Usage | null> {
  const { sql, values } = callsOf(question);
  const total = `SELECT SUM(calls) AS calls, MIN(calledAt) AS oldest FROM (${sql}) AS lately WHERE calls > 0`;
  const [raw] = await run(tx, selecting<RawUsage>(total, values));
  return raw ? usageOf(raw) : null;
}

/** By addressee; who was not called in the window is missing. */
export async function callsOfChats(
  tx: Tx,
  question: UsageQuestion,
  addressees: readonly string[],
): Promise<ReadonlyMap<string, Usage>> {
  const { sql, values } = callsOf(question);
  const meant = `${sql} AND addressee IN (${placesFor(addressees)})`;
  const each = `SELECT addressee, SUM(calls) AS calls, MIN(calledAt) AS oldest FROM (${meant}) AS lately WHERE calls > 0 GROUP BY addressee`;
  const rows = await run(tx, selecting<RawUsage>(each, [...values, ...addressees]));
  return new Map(
    rows.flatMap((raw) => {
      const usage = usageOf(raw);
      return usage ? [[raw.addressee, usage] as const] : [];
    }),
  );
}

/** By the index of channel and instant; an answer that its channel handed over was never in a sender's hand. */
function callsOf({ channel, quota, now }: UsageQuestion): { sql: string; values: readonly SqlValue[] } {
  const names = namesOf(channel);
  const answers = quota.withAnswers ? 1 : 0;
  const since = inShanghai(now).minus({ seconds: quota.seconds }).toJSDate();
  const until = inShanghai(now).plus({ seconds: toleranceSeconds }).toJSDate();
  const calls = `CASE WHEN status = 'sent' AND attempts = 0 THEN ${answers} WHEN gone = 0 THEN 1 ELSE gone END`;
  const lately = `channel IN (${placesFor(names)}) AND calledAt > ? AND calledAt <= ?`;
  return {
    sql: `SELECT addressee, calledAt, ${calls} AS calls FROM outbox_message WHERE ${lately}`,
    values: [...names, since, until],
  };
}

const placesFor = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** A message for which its platform is about to be called, by a sender or by the channel that answers with it. */
export interface InHand extends Pick<OutboxMessage, 'id' | 'channel' | 'chatKind' | 'addressee'> {
  readonly isAnswer: boolean;
  readonly since: Date;
}

interface RawInHand extends Pick<OutboxMessage, 'id' | 'channel' | 'chatKind' | 'addressee'> {
  readonly sentAt: Date | string | null;
  readonly createdAt: Date | string;
}

/** By the index of status and `dueAt`: a lease ends in time, and so does the grace of an answer. */
export async function listInHand(tx: Tx, now: Date): Promise<readonly InHand[]> {
  const until = inShanghai(now).plus(leaseMs).toJSDate();
  const sql = `SELECT id, channel, chatKind, ${addresseeInSql} AS addressee, sentAt, createdAt FROM outbox_message
    WHERE status = 'pending' AND dueAt > ? AND dueAt <= ? AND (sentAt IS NOT NULL OR (attempts = 0 AND purpose = 'reply'))`;
  const rows = await run(tx, selecting<RawInHand>(sql, [now, until]));
  return rows.map(({ sentAt, createdAt, ...row }) => {
    return { ...row, isAnswer: sentAt === null, since: instantOf(sentAt ?? createdAt) };
  });
}

function usageOf({ calls, oldest }: RawUsage): Usage | null {
  return oldest === null ? null : { calls: Number(calls), oldest: instantOf(oldest) };
}

/** As the driver has it: the embedded database keeps instants as text in UTC. */
const instantOf = (raw: Date | string): Date =>
  typeof raw === 'string' ? DateTime.fromSQL(raw, { zone: 'utc' }).toJSDate() : raw;
