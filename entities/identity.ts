import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Which person stands behind an account of a channel; a person may have one in each. */
@Entity('identity')
@Index(['channel', 'userId'], { unique: true })
export class Identity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 32 })
  channel!: string;

  @Column('varchar', { length: 128 })
  userId!: string;

  @Index()
  @Column('int')
  personId!: number;
}
