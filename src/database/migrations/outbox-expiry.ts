/** A message of the bot's own may be about a report, and lose its sense when that is in or when its day is over. */
import { instant, optional, short } from '../columns';
import { addColumn } from './add-column';
import { addIndex } from './add-index';
import type { MigrationClass } from './create-table';

const table = 'outbox_message';

export const outboxExpiry: readonly MigrationClass[] = [
  addColumn('AddOutboxAbout1763960000001', table, () => short('about', 100, optional)),
  addColumn('AddOutboxExpiresAt1763960000002', table, () => instant('expiresAt', optional)),
  addIndex('IndexOutboxAbout1763960000003', table, ['about']),
];
