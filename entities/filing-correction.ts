import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Staff have to decide · done, there is a version with it · refused · taken back by the unit. */
export type CorrectionStatus = 'waiting' | 'agreed' | 'refused' | 'taken_back';

/** One thing that is to be otherwise: a figure, or an entry of a list as the version counted it. Values are canonical. */
export type CorrectedThing =
  | { readonly kind: 'figure'; readonly field: string; readonly after: string }
  | {
      readonly kind: 'entry';
      readonly list: string;
      readonly rowId: number;
      readonly after: Readonly<Record<string, string>>;
    };

/** 更正申请: what a unit wants changed in a report that it can no longer change itself. Counts for nothing until it is agreed to. */
@Entity('filing_correction')
@Index(['filingId', 'status'])
export class FilingCorrection {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('int')
  filingId!: number;

  /** The version that it corrects. */
  @Column('int')
  versionId!: number;

  @Column('varchar', { length: 16 })
  status!: CorrectionStatus;

  @Column('json')
  things!: readonly CorrectedThing[];

  @Column('varchar', { length: 500 })
  reason!: string;

  /** Who asked for it. */
  @Column('int')
  authorId!: number;

  @Column('datetime', { precision: 3 })
  askedAt!: Date;

  @Column('int', { nullable: true })
  decidedById!: number | null;

  @Column('datetime', { precision: 3, nullable: true })
  decidedAt!: Date | null;

  /** Why it was refused. */
  @Column('varchar', { length: 500, nullable: true })
  answer!: string | null;
}
