import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A link by which one person may send one file from a browser, as if it were sent in their chat. */
@Entity('upload_link')
@Index(['tokenHash'], { unique: true })
@Index(['personId'])
export class UploadLink {
  @PrimaryGeneratedColumn()
  id!: number;

  /** SHA-256 of the token in hexadecimal; the token itself is only in the link. */
  @Column('varchar', { length: 64 })
  tokenHash!: string;

  @Column('int')
  personId!: number;

  /** The private chat in which it was asked for. */
  @Column('varchar', { length: 32 })
  channel!: string;

  @Column('varchar', { length: 190 })
  chatId!: string;

  /** The account from which it was asked for, and the channel under which such accounts are registered. */
  @Column('varchar', { length: 32 })
  directory!: string;

  @Column('varchar', { length: 128, default: '' })
  userId!: string;

  @Column('datetime', { precision: 3 })
  expiresAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  usedAt!: Date | null;
}
