import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** 草稿 → 已报 → 通过, or 退回; 撤回 leads back to 草稿. */
export type FilingStatus = 'draft' | 'filed' | 'accepted' | 'returned';

/** 按时 · 迟报 · 补报 */
export type Timeliness = 'on_time' | 'late' | 'supplement';

/** 报告: one for each unit × table × period, whoever writes it. */
@Entity('filing')
@Index(['tableName', 'period', 'unitId'], { unique: true })
@Index('filing_of_unit', ['unitId', 'tableName', 'period'])
export class Filing {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('int')
  unitId!: number;

  @Column('varchar', { length: 64 })
  tableName!: string;

  /** `2025-06` */
  @Column('varchar', { length: 7 })
  period!: string;

  @Column('varchar', { length: 16 })
  status!: FilingStatus;

  /** Which generation of draft answers is open; confirming or giving up a draft opens the next. */
  @Column('int', { default: 1 })
  draftNumber!: number;

  /** When the previous draft was given up; it can be restored for a day. */
  @Column('datetime', { precision: 3, nullable: true })
  draftDiscardedAt!: Date | null;

  /** The version in force; null before the first 确认. */
  @Column('int', { nullable: true })
  versionId!: number | null;

  /** Fixes whether the report is on time; later corrections leave it alone. */
  @Column('datetime', { precision: 3, nullable: true })
  firstFiledAt!: Date | null;

  @Column('varchar', { length: 16, nullable: true })
  timeliness!: Timeliness | null;

  /** 延期: until when this unit is on time, instead of the table's due moment. */
  @Column('datetime', { precision: 3, nullable: true })
  extendedTo!: Date | null;

  /** 补报: until when this unit may file although the period is locked. */
  @Column('datetime', { precision: 3, nullable: true })
  supplementUntil!: Date | null;
}
