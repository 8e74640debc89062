import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where the trial's clock was last put, so that a restart does not move time. One row, id 1. */
@Entity('trial_clock')
export class TrialClock {
  @PrimaryColumn('int')
  id!: number;

  /** What the clock showed… */
  @Column('datetime', { precision: 3 })
  shown!: Date;

  /** …at this real instant. */
  @Column('datetime', { precision: 3 })
  real!: Date;
}
