/** How far a message has gone, and by which names the platform takes it back. */
import { instant, json, optional, whole } from '../columns';
import { addColumn } from './add-column';
import type { MigrationClass } from './create-table';

const table = 'outbox_message';

export const sendingProgress: readonly MigrationClass[] = [
  addColumn('AddGoneParts1763830000001', table, () => whole('gone', { default: '0' })),
  addColumn('AddReceipts1763830000002', table, () => json('receipts', optional)),
  addColumn('AddRecallableUntil1763830000003', table, () => instant('recallableUntil', optional)),
  addColumn('AddRecalls1763830000004', table, () => json('recalls', optional)),
];
