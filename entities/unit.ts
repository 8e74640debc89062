import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Who can be asked to report, and who reads: a node of the tree 市局 ⊃ 县区, 分局, 中心; also 高校, 企业 … */
export type UnitKind = 'bureau' | 'county' | 'branch' | 'center' | 'university' | 'company' | 'other';

@Entity('unit')
export class Unit {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('int', { nullable: true })
  parentId!: number | null;

  /** Ids from the root to this unit, `/1/5/`: a subtree is a prefix. */
  @Index()
  @Column('varchar', { length: 190 })
  path!: string;

  /** Stands in receipt numbers: GS. */
  @Index({ unique: true })
  @Column('varchar', { length: 16 })
  code!: string;

  /** 光山县市场监督管理局 */
  @Column('varchar', { length: 100 })
  name!: string;

  /** 光山县 */
  @Column('varchar', { length: 50 })
  short!: string;

  @Column('varchar', { length: 16 })
  kind!: UnitKind;

  @Column('int')
  officialOrder!: number;
}
