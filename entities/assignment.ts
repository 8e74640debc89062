import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** 联络员 · 分管领导 · 市局人员 · 市局领导; a role reaches its unit and all below. */
export type Role = 'contact' | 'lead' | 'staff' | 'leader';

/** 任职: a role of a person over a unit, from–until. */
@Entity('assignment')
export class Assignment {
  @PrimaryGeneratedColumn()
  id!: number;

  @Index()
  @Column('int')
  personId!: number;

  @Index()
  @Column('int')
  unitId!: number;

  @Column('varchar', { length: 16 })
  role!: Role;

  /** 副联络员 */
  @Column('boolean', { default: false })
  deputy!: boolean;

  @Column('datetime', { precision: 3 })
  since!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  until!: Date | null;
}
