import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A file to be sent: an exported workbook, a chart. */
@Entity('stored_file')
export class StoredFile {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 190 })
  name!: string;

  @Column('varchar', { length: 100 })
  mediaType!: string;

  /** Base64 in a JSON string: the one column type of both databases that holds megabytes and shows no false difference. */
  @Column('json')
  base64!: string;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  /** When it may go; null for what belongs to the archive. */
  @Index()
  @Column('datetime', { precision: 3, nullable: true })
  expiresAt!: Date | null;
}
