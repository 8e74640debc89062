import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { ReplyVia } from '../src/channels/channel';
import type { Content } from '../src/channels/content';

/** recalled: taken back by the platform, or before it was sent. */
export type OutboxStatus = 'pending' | 'sent' | 'dead' | 'recalled';

/** A message to be sent, written in the transaction that decided it. */
@Entity('outbox_message')
@Index(['status', 'dueAt'])
@Index(['channel', 'addressee', 'calledAt'])
@Index(['channel', 'calledAt'])
export class OutboxMessage {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 32 })
  channel!: string;

  @Column('varchar', { length: 8 })
  chatKind!: 'private' | 'group';

  @Column('varchar', { length: 190 })
  chatId!: string;

  /**
   * Who is counted by a platform that grants each so many messages: the account in lower case, under whichever of its ids
   * the chat goes, or the group.
   */
  @Column('varchar', { length: 190, default: '' })
  addressee!: string;

  @Column('json')
  content!: Content;

  @Column('json', { nullable: true })
  replyVia!: ReplyVia | null;

  /** The message that this answers. */
  @Index()
  @Column('int', { nullable: true })
  inboundId!: number | null;

  /** reply · reminder · bulletin · notice · recall */
  @Column('varchar', { length: 16 })
  purpose!: string;

  /** Which report it is about, for what loses its sense when that is in: `statistics/2025-06/12`; null for all else. */
  @Index()
  @Column('varchar', { length: 100, nullable: true })
  about!: string | null;

  /** From then on it is not sent any more; null when it is never too late. */
  @Column('datetime', { precision: 3, nullable: true })
  expiresAt!: Date | null;

  /** Lower goes first: a waiting person before a bulletin. */
  @Column('int')
  priority!: number;

  @Column('varchar', { length: 8 })
  status!: OutboxStatus;

  /** When it was to go at first: since then it waits. */
  @Column('datetime', { precision: 3, nullable: true })
  wantedAt!: Date | null;

  /** Not to be sent before; a sender that claims the row moves it to the end of its lease. */
  @Column('datetime', { precision: 3 })
  dueAt!: Date;

  /** Tries that count, of which each lets the next wait longer; 0 as long as no sender had it in hand. */
  @Column('int', { default: 0 })
  attempts!: number;

  /** How often a sender took it in hand. It only grows, and tells a sender whose lease ran out that another has the row now. */
  @Column('int', { default: 0 })
  claims!: number;

  /** Code of the last failure: `wecom.45009`. */
  @Column('varchar', { length: 64, nullable: true })
  failureCode!: string | null;

  /** What staff should do about it. */
  @Column('varchar', { length: 500, nullable: true })
  failureText!: string | null;

  /** Unused: a copy of the bot from before `receipts` that is still running writes and reads it. */
  @Column('varchar', { length: 190, nullable: true, select: false })
  platformId!: string | null;

  /** How many of the parts that the platform takes it in have gone: a retry goes on from there. */
  @Column('int', { default: 0 })
  gone!: number;

  /** When the platform was last called for it, or took it in the HTTP response; null when nobody knows of a call. */
  @Column('datetime', { precision: 3, nullable: true })
  calledAt!: Date | null;

  /**
   * The platform's names for what people see, by which it can be taken back; of a message that takes others back, those it
   * has still to ask for. Null where there are none.
   */
  @Column('json', { nullable: true })
  receipts!: readonly string[] | null;

  /** Until when the platform takes it back; null where it does not. */
  @Column('datetime', { precision: 3, nullable: true })
  recallableUntil!: Date | null;

  /** The messages of which this one takes something back instead of saying something. */
  @Column('json', { nullable: true })
  recalls!: readonly number[] | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  sentAt!: Date | null;
}
