/** What units want changed in reports that they can no longer change themselves. */
import { id, instant, json, optional, short, tableOf, whole } from '../columns';
import { createTable, type MigrationClass } from './create-table';

export const corrections: readonly MigrationClass[] = [
  createTable('CreateFilingCorrection1763860000002', () =>
    tableOf(
      'filing_correction',
      [
        id(),
        whole('filingId'),
        whole('versionId'),
        short('status', 16),
        json('things'),
        short('reason', 500),
        whole('authorId'),
        instant('askedAt'),
        whole('decidedById', optional),
        instant('decidedAt', optional),
        short('answer', 500, optional),
      ],
      ['filingId,status'],
    ),
  ),
];
