import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { ReplyVia } from '../src/channels/channel';
import type { Content } from '../src/channels/content';

export type OutboxStatus = 'pending' | 'sent' | 'dead';

/** A message to be sent, written in the transaction that decided it. */
@Entity('outbox_message')
@Index(['status', 'dueAt'])
@Index(['channel', 'chatId', 'sentAt'])
export class OutboxMessage {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 32 })
  channel!: string;

  @Column('varchar', { length: 8 })
  chatKind!: 'private' | 'group';

  @Column('varchar', { length: 190 })
  chatId!: string;

  @Column('json')
  content!: Content;

  @Column('json', { nullable: true })
  replyVia!: ReplyVia | null;

  /** The message that this answers. */
  @Index()
  @Column('int', { nullable: true })
  inboundId!: number | null;

  /** reply · reminder · bulletin · notice */
  @Column('varchar', { length: 16 })
  purpose!: string;

  /** Lower goes first: a waiting person before a bulletin. */
  @Column('int')
  priority!: number;

  @Column('varchar', { length: 8 })
  status!: OutboxStatus;

  /** Not to be sent before; a sender that claims the row moves it to the end of its lease. */
  @Column('datetime', { precision: 3 })
  dueAt!: Date;

  @Column('int', { default: 0 })
  attempts!: number;

  /** Code of the last failure: `wecom.45009`. */
  @Column('varchar', { length: 64, nullable: true })
  failureCode!: string | null;

  /** What staff should do about it. */
  @Column('varchar', { length: 500, nullable: true })
  failureText!: string | null;

  @Column('varchar', { length: 190, nullable: true })
  platformId!: string | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  sentAt!: Date | null;
}
