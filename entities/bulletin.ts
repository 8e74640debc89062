import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Content } from '../src/channels/content';

/** 通报: what was told to leaders and the group, kept as it was told. */
@Entity('bulletin')
@Index(['tableName', 'period'])
export class Bulletin {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 64 })
  tableName!: string;

  @Column('varchar', { length: 7 })
  period!: string;

  /** 202506-P1 for provisional, 202506-F1 for final. */
  @Column('varchar', { length: 32 })
  version!: string;

  /** Path of the unit whose subtree it tells of; null in what an earlier release archived. */
  @Column('varchar', { length: 190, nullable: true })
  scope!: string | null;

  /** Where each unit stood then, as `BulletinUnit[]`; null as above. */
  @Column('json', { nullable: true })
  units!: unknown;

  @Column('json')
  content!: Content;

  @Column('datetime', { precision: 3 })
  composedAt!: Date;
}
