import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What was called of a platform's API in a calendar month, by all copies of the bot together. */
@Entity('api_calls')
@Index(['channel', 'month'], { unique: true })
export class ApiCalls {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 32 })
  channel!: string;

  /** In China: 2025-06 */
  @Column('varchar', { length: 7 })
  month!: string;

  @Column('int', { default: 0 })
  calls!: number;

  /** When staff were told that the month's calls run short; null before. */
  @Column('datetime', { precision: 3, nullable: true })
  warnedAt!: Date | null;
}
