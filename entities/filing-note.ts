import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What was said about one figure of a version: why it is unusual (说明), or why it does not apply (不适用). */
@Entity('filing_note')
export class FilingNote {
  @PrimaryGeneratedColumn()
  id!: number;

  @Index()
  @Column('int')
  versionId!: number;

  @Column('varchar', { length: 64 })
  field!: string;

  @Column('varchar', { length: 16 })
  kind!: 'explanation' | 'not_applicable';

  @Column('varchar', { length: 500 })
  text!: string;
}
