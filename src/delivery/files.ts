/** Files on their way out: kept in the database, so that whichever copy of the bot sends a message has its files. */
import { StoredFile } from '../../entities/stored-file';
import type { OutboundFile } from '../channels/channel';
import { inShanghai } from '../clock';
import type { Tx } from '../database/database';

/** As long as the messages that name it. */
export const sentDays = 180;

/** How long a file is wanted: what a bulletin said belongs to the archive. */
export type Keeping = 'archived' | 'as long as its message';

/** Returns the id that a content's `file` and `image` blocks name. */
export async function storeFile(tx: Tx, file: OutboundFile, now: Date, keeping: Keeping): Promise<number> {
  const { name, mediaType, bytes } = file;
  const expiresAt = keeping === 'archived' ? null : inShanghai(now).plus({ days: sentDays }).toJSDate();
  const row = { name, mediaType, base64: bytes.toString('base64'), createdAt: now, expiresAt };
  const { identifiers } = await tx.insert(StoredFile, row);
  return Number(identifiers[0]?.['id']);
}

/** Rejects when there is no such file. */
export async function loadFile(tx: Tx, id: number): Promise<OutboundFile> {
  // As text: MySQL's driver decodes a JSON string itself, and TypeORM then takes the result for JSON once more.
  const row = await tx
    .createQueryBuilder(StoredFile, 'file')
    .select('file.name', 'name')
    .addSelect('file.mediaType', 'mediaType')
    .addSelect('CAST(file.base64 AS CHAR)', 'json')
    .where('file.id = :id', { id })
    .getRawOne<{ name: string; mediaType: string; json: string }>();
  if (!row) throw new Error(`there is no stored file ${id}`);
  return { name: row.name, mediaType: row.mediaType, bytes: Buffer.from(String(JSON.parse(row.json)), 'base64') };
}
