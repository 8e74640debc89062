import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of a list table that a version counted; the list lives on, the version keeps its rows. */
@Entity('filing_entry')
export class FilingEntry {
  @PrimaryColumn('int')
  versionId!: number;

  @PrimaryColumn('varchar', { length: 64 })
  tableName!: string;

  @PrimaryColumn('int')
  rowId!: number;

  /** 序号 on the sheet. */
  @Column('int')
  ordinal!: number;
}
