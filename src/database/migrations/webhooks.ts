/** Group robots that only write are bound by their secret address. */
import { json, optional } from '../columns';
import { addColumn } from './add-column';
import type { MigrationClass } from './create-table';

export const webhooks: readonly MigrationClass[] = [
  addColumn('AddChatSecret1763810000001', 'chat_binding', () => json('secret', optional)),
];
