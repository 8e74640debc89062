/** Who has a message in hand is told apart by how often it was claimed. */
import { whole } from '../columns';
import { addColumn } from './add-column';
import type { MigrationClass } from './create-table';

export const claims: readonly MigrationClass[] = [
  addColumn('AddClaims1763940000001', 'outbox_message', () => whole('claims', { default: '0' })),
];
