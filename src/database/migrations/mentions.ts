/** Whom the bot calls by name when it writes into a group. */
import { json, optional } from '../columns';
import { addColumn } from './add-column';
import type { MigrationClass } from './create-table';

export const mentions: readonly MigrationClass[] = [
  addColumn('AddMentions1763850000001', 'chat_binding', () => json('mentions', optional)),
];
