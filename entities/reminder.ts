import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * 催报: one step that a unit was reminded with, or one 催 by staff. The unique key makes each step happen once over restarts
 * and copies; a 催 given in the silence waits here and is decided anew when it ends.
 */
@Entity('reminder')
@Index(['tableName', 'period', 'unitId'])
export class Reminder {
  @PrimaryGeneratedColumn()
  id!: number;

  /** statistics/2025-06/T+1/12; of an extended unit statistics/2025-06/T-1@2025-07-10/12; of a 催 …/urge2/12 */
  @Index({ unique: true })
  @Column('varchar', { length: 128 })
  occurrence!: string;

  @Column('varchar', { length: 64 })
  tableName!: string;

  @Column('varchar', { length: 7 })
  period!: string;

  @Column('int')
  unitId!: number;

  /** T-3 … T+3, urge, or returned */
  @Column('varchar', { length: 16 })
  step!: string;

  /** Person of the staff; null for a step of the timetable. */
  @Column('int', { nullable: true })
  requestedBy!: number | null;

  @Column('datetime', { precision: 3 })
  dueAt!: Date;

  /** Null while it waits for the silence to end. */
  @Column('datetime', { precision: 3, nullable: true })
  sentAt!: Date | null;

  /** To how many accounts it went; 0 when there was nobody, or no reason any more. */
  @Column('int')
  messages!: number;
}
