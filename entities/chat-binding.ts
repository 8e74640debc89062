import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Mention } from '../src/channels/content';

/** By which a group robot that only writes is called; whoever knows it may write into the group. */
export interface WebhookSecret {
  /** `key` of WeCom, `access_token` of DingTalk. */
  readonly token: string;
  readonly signingSecret: string | null;
}

/** What a group is for: where progress and bulletins of a unit's subtree go. */
@Entity('chat_binding')
@Index(['channel', 'chatId', 'purpose'], { unique: true })
export class ChatBinding {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 32 })
  channel!: string;

  @Column('varchar', { length: 190 })
  chatId!: string;

  /** What people call the group. */
  @Column('varchar', { length: 100 })
  name!: string;

  @Column('varchar', { length: 16 })
  purpose!: 'progress' | 'bulletins';

  @Column('int')
  unitId!: number;

  /** Whom the bot calls by name when it writes there; null for nobody. */
  @Column('json', { nullable: true })
  mentions!: readonly Mention[] | null;

  /** Only of a group robot. Read by none but who asks for it by name, so that it gets into no list and no log. */
  @Column('json', { nullable: true, select: false })
  secret?: WebhookSecret | null;
}
