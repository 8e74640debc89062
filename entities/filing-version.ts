import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** 版本: one confirmed state of a filing. Its figures stand in the table of their own, under this id. */
@Entity('filing_version')
@Index(['filingId', 'number'], { unique: true })
export class FilingVersion {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('int')
  filingId!: number;

  /** 1, 2, … within the filing. */
  @Column('int')
  number!: number;

  @Column('int')
  authorId!: number;

  @Column('datetime', { precision: 3 })
  confirmedAt!: Date;

  /** Why there is another version; null for the first. */
  @Column('varchar', { length: 500, nullable: true })
  reason!: string | null;

  /** 无变化: filed as last month's figures. */
  @Column('boolean', { default: false })
  unchanged!: boolean;

  /** 回执: GS-202506-01 */
  @Index({ unique: true })
  @Column('varchar', { length: 40 })
  receipt!: string;
}
