import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** That a scheduled occurrence was done: the unique key is what makes it happen once over restarts and copies. */
@Entity('schedule_run')
export class ScheduleRun {
  @PrimaryGeneratedColumn()
  id!: number;

  /** statistics/2025-06/reminder/T-3 */
  @Index({ unique: true })
  @Column('varchar', { length: 128 })
  occurrence!: string;

  @Column('datetime', { precision: 3 })
  dueAt!: Date;

  @Column('datetime', { precision: 3 })
  ranAt!: Date;

  /** How many messages it wrote. */
  @Column('int')
  messages!: number;
}
