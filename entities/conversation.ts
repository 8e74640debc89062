import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Where a chat stands: which draft is open, what was asked. Its row is locked while a message of the chat is at work. */
@Entity('conversation')
@Index(['channel', 'chatKind', 'chatId'], { unique: true })
@Index(['userId'])
export class Conversation {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 32 })
  channel!: string;

  @Column('varchar', { length: 8 })
  chatKind!: 'private' | 'group';

  @Column('varchar', { length: 190 })
  chatId!: string;

  /** Whose private chat it is, under which account of which directory; null in a group. */
  @Column('varchar', { length: 32, nullable: true })
  directory!: string | null;

  @Column('varchar', { length: 128, nullable: true })
  userId!: string | null;

  /** `DialogueState`, versioned; an unknown version counts as none. */
  @Column('json', { nullable: true })
  state!: unknown;

  /** The day of the last greeting: 2025-07-02. */
  @Column('varchar', { length: 10, nullable: true })
  greetedOn!: string | null;

  @Column('datetime', { precision: 3 })
  updatedAt!: Date;
}
