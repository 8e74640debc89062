import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** 更换: who takes over from a contact, perhaps before anybody knows the successor's account. */
@Entity('succession')
@Index(['unitId', 'closedAt'])
export class Succession {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('int')
  unitId!: number;

  /** Person whose post ended. */
  @Index()
  @Column('int')
  leaverId!: number;

  /** The successor's, as staff wrote it: a registration of this name from this unit is meant. */
  @Column('varchar', { length: 50 })
  name!: string;

  @Column('int')
  orderedBy!: number;

  @Column('datetime', { precision: 3 })
  orderedAt!: Date;

  /** Who it came to be. */
  @Column('int', { nullable: true })
  personId!: number | null;

  /** When the successor took over, or the order was taken back; null while it waits for a registration. */
  @Column('datetime', { precision: 3, nullable: true })
  closedAt!: Date | null;
}
