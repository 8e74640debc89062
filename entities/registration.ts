import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Columns are still missing · staff have to decide · a contact now · refused, to be mended and sent again. */
export type RegistrationStatus = 'asking' | 'waiting' | 'approved' | 'refused';

/** 登记: an account that nobody knows yet, with what it said of the six columns of 附件4. Only values that passed their checks. */
@Entity('registration')
@Index(['channel', 'userId'], { unique: true })
export class Registration {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 32 })
  channel!: string;

  @Column('varchar', { length: 128 })
  userId!: string;

  @Index()
  @Column('varchar', { length: 16 })
  status!: RegistrationStatus;

  @Column('int', { nullable: true })
  unitId!: number | null;

  @Column('varchar', { length: 50, default: '' })
  name!: string;

  /** 职务 */
  @Column('varchar', { length: 100, default: '' })
  title!: string;

  @Column('varchar', { length: 40, default: '' })
  officePhone!: string;

  @Column('varchar', { length: 20, default: '' })
  mobile!: string;

  @Column('varchar', { length: 190, default: '' })
  email!: string;

  /** Why it was refused. */
  @Column('varchar', { length: 500, nullable: true })
  reason!: string | null;

  /** Person who decided. */
  @Column('int', { nullable: true })
  decidedBy!: number | null;

  @Column('datetime', { precision: 3, nullable: true })
  decidedAt!: Date | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  /** SHA-256 (hex) of the last message, so that the same one again is known; its text is not kept. */
  @Column('varchar', { length: 64, default: '' })
  heard!: string;

  /** When the last answer was given. */
  @Column('datetime', { precision: 3, nullable: true })
  answeredAt!: Date | null;

  /** Answers in a row to messages that brought nothing new: two bots would go on for ever. */
  @Column('int', { default: 0 })
  fruitless!: number;
}
