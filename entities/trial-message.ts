import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What a person typed in the trial's playground, so that its chats survive a restart. A service never writes it. */
@Entity('trial_message')
@Index(['chatKind', 'chatId'])
export class TrialMessage {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 8 })
  chatKind!: 'private' | 'group';

  @Column('varchar', { length: 190 })
  chatId!: string;

  @Column('varchar', { length: 128 })
  userId!: string;

  @Column('text')
  text!: string;

  @Column('datetime', { precision: 3 })
  at!: Date;
}
