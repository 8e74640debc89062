import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** 补报申请: a unit asks to file a period after its lock. One row a unit, table and period; earlier ones are in the audit. */
@Entity('supplement_request')
@Index(['tableName', 'period', 'unitId'], { unique: true })
export class SupplementRequest {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('int')
  unitId!: number;

  @Column('varchar', { length: 64 })
  tableName!: string;

  @Column('varchar', { length: 7 })
  period!: string;

  @Index()
  @Column('varchar', { length: 8 })
  status!: 'open' | 'granted' | 'refused';

  @Column('varchar', { length: 200 })
  reason!: string;

  @Column('int')
  requestedBy!: number;

  @Column('datetime', { precision: 3 })
  requestedAt!: Date;

  @Column('int', { nullable: true })
  decidedBy!: number | null;

  @Column('datetime', { precision: 3, nullable: true })
  decidedAt!: Date | null;
}
