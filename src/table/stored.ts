/** The columns that storage adds to every declared table; a table class extends one of the two. */
import { Column, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** One row of figures for each confirmed version of a filing. */
export abstract class FiguresRow {
  @PrimaryColumn('int')
  versionId!: number;
}

/**
 * One state of an entry of a unit's list. A change writes a new row with the same `entryId` and closes the old one, so
 * that a version of a filing can name the very rows it counted.
 */
@Index(['unitId', 'closedAt'])
export abstract class ListRow {
  @PrimaryGeneratedColumn('increment')
  id!: number;

  @Column('int')
  unitId!: number;

  /** The first row's id; the same over all states of an entry. */
  @Column('int', { nullable: true })
  entryId!: number | null;

  @Column('int', { nullable: true })
  authorId!: number | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  /** Null while this is the state of the entry. */
  @Column('datetime', { precision: 3, nullable: true })
  closedAt!: Date | null;

  @Column('int', { nullable: true })
  closedById!: number | null;
}
