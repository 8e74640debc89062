import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A human, with the columns of 附件4. */
@Entity('person')
export class Person {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 50 })
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

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
