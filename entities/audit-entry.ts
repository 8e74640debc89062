import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** 审计: who decided what about whom, and when. Rows are only added. */
@Entity('audit_entry')
export class AuditEntry {
  @PrimaryGeneratedColumn()
  id!: number;

  @Index()
  @Column('datetime', { precision: 3 })
  at!: Date;

  /** Who did it. */
  @Column('int')
  personId!: number;

  /** In the words of the command: 通过, 不通过. */
  @Column('varchar', { length: 32 })
  action!: string;

  /** On whom or what, in words that stay true: 光山县 张三 登记. No phone numbers. */
  @Column('varchar', { length: 500 })
  subject!: string;
}
