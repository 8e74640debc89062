import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** 撤回 · 退回 · 撤销退回 · 通过 · 撤销通过 */
export type FilingEventKind = 'withdrawn' | 'returned' | 'return_undone' | 'accepted' | 'acceptance_undone';

/** 报告经过: what befell a report besides its versions, who did it and why. Rows are only added. */
@Entity('filing_event')
export class FilingEvent {
  @PrimaryGeneratedColumn()
  id!: number;

  @Index()
  @Column('int')
  filingId!: number;

  @Column('varchar', { length: 24 })
  kind!: FilingEventKind;

  @Column('int')
  personId!: number;

  @Column('datetime', { precision: 3 })
  at!: Date;

  /** The version that stood then. */
  @Column('int')
  versionId!: number;

  @Column('varchar', { length: 500, nullable: true })
  reason!: string | null;

  /** Keys of the fields that were returned; none when the whole report was. */
  @Column('json', { nullable: true })
  fields!: readonly string[] | null;
}
