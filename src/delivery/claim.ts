/**
 * How a sender takes messages in hand. A claim is a lease: it moves `dueAt` behind the time that sending can take, so that
 * the rows of a sender that was killed come back by themselves. A pending row with a `sentAt` is in somebody's hand since
 * then; it lies back in the queue with none. `claims` only grows, and tells a sender whose lease ran out that another has
 * the row now.
 */
import { type FindOptionsWhere, In } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import { inShanghai } from '../clock';
import type { Database, Tx } from '../database/database';
import { callOffExpired } from './call-off';
import type { Addressed } from './carriers';
import { addresseeOf, chatOf } from './places';

export const leaseMs = 120_000;

export interface ClaimTerms {
  readonly now: Date;
  readonly limit: number;
  /** Channels to leave alone. */
  readonly without: readonly string[];
  /** Under which messages queue together. */
  readonly keyOf: (row: Addressed) => string;
}

export interface Claim {
  /** In the order in which they go. */
  readonly rows: readonly OutboxMessage[];
  /** There may be more. */
  readonly full: boolean;
}

/** Takes the most urgent messages that are due, none of them twice however many senders there are. */
export async function claimDue(database: Database, terms: ClaimTerms): Promise<Claim> {
  const found = await database.read((tx) => findDue(tx, terms));
  const full = found.length === terms.limit;
  const expired = found.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= terms.now);
  if (expired.length > 0) await database.transact((tx) => callOffExpired(tx, expired));
  const candidates = found.filter((row) => !expired.includes(row));
  if (candidates.length === 0) return { rows: [], full };
  return { rows: await database.transact((tx) => take(tx, candidates, terms)), full };
}

/** An older copy of the bot writes rows without an addressee. */
const named = (row: OutboxMessage): OutboxMessage =>
  row.addressee === '' ? { ...row, addressee: addresseeOf(chatOf(row)) } : row;

/** Without locks: a locking search by `dueAt` would hold up everyone who is posting. */
async function findDue(tx: Tx, { now, limit, without }: ClaimTerms): Promise<readonly OutboxMessage[]> {
  const search = tx
    .createQueryBuilder(OutboxMessage, 'message')
    .select(['message.id', 'message.channel', 'message.chatKind', 'message.chatId', 'message.addressee'])
    .addSelect(['message.expiresAt', 'message.claims'])
    .where("message.status = 'pending' AND message.dueAt <= :now", { now });
  if (without.length > 0) search.andWhere('message.channel NOT IN (:...without)', { without });
  const found = await search.orderBy('message.priority').addOrderBy('message.id').limit(limit).getMany();
  return found.map(named);
}

async function take(
  tx: Tx,
  candidates: readonly OutboxMessage[],
  { now, keyOf }: ClaimTerms,
): Promise<readonly OutboxMessage[]> {
  const locked = await lockRows(
    tx,
    candidates.map(({ id }) => id),
  );
  const free = new Map(
    locked.filter((row) => row.status === 'pending' && row.dueAt <= now).map((row) => [row.id, named(row)]),
  );
  const rows = headsFirst(candidates, free, keyOf);
  if (rows.length === 0) return [];
  const lease = { dueAt: inShanghai(now).plus(leaseMs).toJSDate(), sentAt: now };
  const ids = rows.map(({ id }) => id);
  const counted = { attempts: () => 'attempts + 1', claims: () => 'claims + 1', addressee: () => addresseeInSql };
  await tx.update(OutboxMessage, { id: In(ids) }, { ...lease, ...counted });
  return rows.map((row) => ({ ...row, ...lease, attempts: row.attempts + 1, claims: row.claims + 1 }));
}

/** What `named` makes of a row. */
export const addresseeInSql =
  "CASE WHEN addressee <> '' THEN addressee WHEN chatKind = 'private' THEN LOWER(chatId) ELSE chatId END";

/** The rows, as far as they are still in the hand of whoever took them so. */
export const stillHeld = (rows: readonly OutboxMessage[]): FindOptionsWhere<OutboxMessage>[] =>
  rows.map(({ id, claims }) => ({ id, claims, status: 'pending' }));

/** By primary key alone, which locks these rows and no gap between them. */
function lockRows(tx: Tx, ids: readonly number[]): Promise<OutboxMessage[]> {
  const rows = tx.createQueryBuilder(OutboxMessage, 'message').where('message.id IN (:...ids)', { ids });
  const isEmbedded = tx.connection.options.type === 'better-sqlite3';
  return (isEmbedded ? rows : rows.setLock('pessimistic_write').setOnLocked('skip_locked')).getMany();
}

/** Whoever did not get the first message of a chat leaves the others too: somebody else is about to send the first. */
function headsFirst(
  candidates: readonly OutboxMessage[],
  free: ReadonlyMap<number, OutboxMessage>,
  keyOf: ClaimTerms['keyOf'],
): readonly OutboxMessage[] {
  const lost = new Set<string>();
  return candidates.flatMap((candidate) => {
    const row = free.get(candidate.id);
    if (!row) lost.add(keyOf(candidate));
    return row && !lost.has(keyOf(row)) ? [row] : [];
  });
}

export interface PutBack {
  readonly row: OutboxMessage;
  readonly until: Date;
}

/** Lays rows back that were claimed and not tried. */
export async function putBack(database: Database, rows: readonly PutBack[]): Promise<void> {
  const instants = new Set(rows.map(({ until }) => until.getTime()));
  for (const instant of instants) {
    const group = rows.filter(({ until }) => until.getTime() === instant);
    await database.transact((tx) => layBack(tx, group));
  }
}

async function layBack(tx: Tx, group: readonly PutBack[]): Promise<void> {
  const rows = group.map(({ row }) => row);
  const asBefore = { dueAt: group[0]?.until, sentAt: null, attempts: () => 'attempts - 1' };
  await tx.update(OutboxMessage, stillHeld(rows), asBefore);
}
