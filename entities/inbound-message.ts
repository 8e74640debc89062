import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** That a message was taken in, so that its repetition is not. Its text is not kept. */
@Entity('inbound_message')
@Index(['channel', 'messageKey'], { unique: true })
export class InboundMessage {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 32 })
  channel!: string;

  /** SHA-256 (hex) of the platform's key, which may be of any length and letter case. */
  @Column('varchar', { length: 64 })
  messageKey!: string;

  @Index()
  @Column('datetime', { precision: 3 })
  receivedAt!: Date;
}
