import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * 草稿: one field's unconfirmed value, who gave it and when. Rows are only added; the newest of a field counts, so the
 * changes of a draft can be read back. Shared by all contacts of the unit.
 */
@Entity('draft_answer')
@Index(['filingId', 'draftNumber'])
export class DraftAnswer {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('int')
  filingId!: number;

  @Column('int')
  draftNumber!: number;

  @Column('varchar', { length: 64 })
  field!: string;

  /** Canonical value; null when the field does not apply. */
  @Column('text', { nullable: true })
  value!: string | null;

  /** Why the field does not apply, when it does not. */
  @Column('varchar', { length: 500, nullable: true })
  notApplicable!: string | null;

  /** Why an unusual value is right. */
  @Column('varchar', { length: 500, nullable: true })
  explanation!: string | null;

  @Column('int')
  authorId!: number;

  @Column('datetime', { precision: 3 })
  givenAt!: Date;
}
