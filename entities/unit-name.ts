import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A name that people use for a unit: full, short, with 局. One name may stand for several units; then the bot asks. */
@Entity('unit_name')
export class UnitName {
  @PrimaryColumn('int')
  unitId!: number;

  @Index()
  @PrimaryColumn('varchar', { length: 100 })
  name!: string;

  /** The one that tables and bulletins print where space is short. */
  @Column('boolean', { default: false })
  preferred!: boolean;
}
