import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

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
}
