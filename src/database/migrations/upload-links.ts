/** Links by which a file is sent from a browser. */
import { id, instant, optional, short, tableOf, whole } from '../columns';
import { createTable, type MigrationClass } from './create-table';

export const uploadLinks: readonly MigrationClass[] = [
  createTable('CreateUploadLink1763820000001', () =>
    tableOf(
      'upload_link',
      [
        id(),
        short('tokenHash', 64),
        whole('personId'),
        short('channel', 32),
        short('chatId', 190),
        short('directory', 32),
        instant('expiresAt'),
        instant('usedAt', optional),
      ],
      ['!tokenHash', 'personId'],
    ),
  ),
];
