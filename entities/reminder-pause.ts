import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** 暂停催报: until then a unit's contacts and leads are not reminded. One row a unit; what went before is in the audit. */
@Entity('reminder_pause')
export class ReminderPause {
  @PrimaryGeneratedColumn()
  id!: number;

  @Index({ unique: true })
  @Column('int')
  unitId!: number;

  /** Without 因: 防汛 */
  @Column('varchar', { length: 200 })
  reason!: string;

  @Column('datetime', { precision: 3 })
  until!: Date;

  /** Person of the staff. */
  @Column('int')
  pausedBy!: number;
}
