/**
 * The outbox: what is to be said is written in the transaction that decided it, so that nothing is said that was not
 * stored and nothing stored stays unsaid. Nobody else writes these rows, and nobody sends past them.
 */
import type { InsertResult } from 'typeorm';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage, type OutboxStatus } from '../../entities/outbox-message';
import type { Chat, ReplyVia } from '../channels/channel';
import type { Content } from '../channels/content';
import type { Tx } from '../database/database';
import { inserting, type Statement } from '../database/sql';
import { addresseeOf } from './places';

export type Purpose = 'reply' | 'notice' | 'recall' | 'reminder' | 'bulletin';

/** A message before it lies in the outbox. */
export interface Draft {
  readonly chat: Chat;
  readonly content: Content;
  readonly purpose: Purpose;
  /** The message that it answers. */
  readonly inboundId?: number | null;
  readonly replyVia?: ReplyVia | null;
  /** Sent at once without it. */
  readonly notBefore?: Date;
  /** Which report it is about, where it has no sense once that is in. */
  readonly about?: string;
  /** Not sent any more from then on. */
  readonly expiresAt?: Date | null;
  /** What it takes back of which messages; then its content is empty. */
  readonly recalls?: { readonly ids: readonly number[]; readonly receipts: readonly string[] };
}

export interface ReplyDraft {
  readonly chat: Chat;
  readonly content: Content;
  readonly inboundId: number;
  readonly replyVia: ReplyVia | null;
  /** Of whoever is answered, where the id of a private chat is not the account's. */
  readonly userId?: string;
}

/** What was answered to a message, for its repetition. */
export interface EarlierAnswer {
  readonly outboxId: number;
  readonly content: Content;
  readonly status: OutboxStatus;
  /** How often the sender took it up. */
  readonly attempts: number;
}

/** Somebody waits for a reply; a bulletin can wait for everybody. */
const priorities: Readonly<Record<Purpose, number>> = { reply: 0, notice: 1, recall: 1, reminder: 5, bulletin: 6 };

/** How long a channel may take to hand a reply over in its HTTP response before the sender pushes it. */
export const graceMs = 15_000;

/** Rows in one INSERT: far below what a statement may hold on either database. */
const chunkSize = 200;

/** Puts messages into the outbox and returns their ids, in order. */
export async function post(tx: Tx, messages: readonly Draft[], now: Date): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let start = 0; start < messages.length; start += chunkSize) {
    const rows = messages.slice(start, start + chunkSize).map((draft) => ({
      ...rowOf(draft, now),
      about: draft.about ?? null,
      expiresAt: draft.expiresAt ?? null,
      recalls: draft.recalls?.ids ?? null,
      receipts: draft.recalls?.receipts ?? null,
    }));
    ids.push(...(await insertRows(tx, rows)));
  }
  return ids;
}

/** Puts a reply into the outbox that its channel may still hand over in the HTTP response; its id is the result. */
export function postingReply(reply: ReplyDraft, now: Date): Statement<number> {
  const notBefore = new Date(now.getTime() + graceMs);
  const addressee = addresseeOf(reply.chat, reply.userId);
  const row = { ...rowOf({ ...reply, purpose: 'reply', notBefore }, now), addressee };
  const replyVia = row.replyVia && JSON.stringify(row.replyVia);
  return inserting('outbox_message', { ...row, content: JSON.stringify(row.content), replyVia });
}

/** @param messageKey as `InboundMessage` stores it. */
export async function answerTo(tx: Tx, channel: string, messageKey: string): Promise<EarlierAnswer | null> {
  const reply = await tx
    .createQueryBuilder(OutboxMessage, 'reply')
    .innerJoin(InboundMessage, 'inbound', 'inbound.id = reply.inboundId')
    .where('inbound.channel = :channel AND inbound.messageKey = :messageKey', { channel, messageKey })
    .andWhere('reply.purpose = :purpose', { purpose: 'reply' satisfies Purpose })
    .orderBy('reply.id')
    .limit(1)
    .getOne();
  return reply && { outboxId: reply.id, content: reply.content, status: reply.status, attempts: reply.attempts };
}

type NewRow = Pick<
  OutboxMessage,
  'channel' | 'chatKind' | 'chatId' | 'addressee' | 'content' | 'replyVia' | 'inboundId'
> &
  Pick<OutboxMessage, 'purpose' | 'priority' | 'status' | 'dueAt' | 'wantedAt' | 'attempts' | 'createdAt'>;

function rowOf(draft: Draft, now: Date): NewRow {
  return {
    channel: draft.chat.channel,
    chatKind: draft.chat.kind,
    chatId: draft.chat.id,
    addressee: addresseeOf(draft.chat),
    content: draft.content,
    replyVia: draft.replyVia ?? null,
    inboundId: draft.inboundId ?? null,
    purpose: draft.purpose,
    priority: priorities[draft.purpose],
    status: 'pending',
    dueAt: draft.notBefore ?? now,
    wantedAt: draft.notBefore ?? now,
    attempts: 0,
    createdAt: now,
  };
}

/** One statement: without `updateEntity(false)` TypeORM reads every row back for the defaults of its columns. */
async function insertRows(
  tx: Tx,
  rows: readonly (NewRow & Pick<OutboxMessage, 'about' | 'expiresAt' | 'recalls' | 'receipts'>)[],
): Promise<readonly number[]> {
  const insert = tx.createQueryBuilder().insert().into(OutboxMessage);
  const { raw }: InsertResult = await insert
    .values([...rows])
    .updateEntity(false)
    .execute();
  if (isEmbedded(tx)) return rows.map((_, index) => Number(raw) - rows.length + 1 + index);
  const { insertId } = raw as { insertId: number };
  const step = rows.length > 1 ? await idStep(tx) : 1;
  return rows.map((_, index) => insertId + index * step);
}

/** The embedded database names the last id of an INSERT, a server the first. */
const isEmbedded = (tx: Tx): boolean => tx.connection.options.type === 'better-sqlite3';

/** Group replication counts ids in steps of seven, Galera in steps of its nodes. */
async function idStep(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ step: number }[]>('SELECT @@auto_increment_increment AS step');
  return Number(row?.step ?? 1);
}
