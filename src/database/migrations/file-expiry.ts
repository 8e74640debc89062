/** Files that were sent long ago go; what belongs to the archive stays. */
import { instant, optional } from '../columns';
import { addColumn } from './add-column';
import { addIndex } from './add-index';
import type { MigrationClass } from './create-table';

export const fileExpiry: readonly MigrationClass[] = [
  addColumn('AddFileExpiry1763840000001', 'stored_file', () => instant('expiresAt', optional)),
  addIndex('IndexFileExpiry1763840000002', 'stored_file', ['expiresAt']),
];
