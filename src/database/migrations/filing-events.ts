/** What befalls a report besides its versions. */
import { id, instant, json, optional, short, tableOf, whole } from '../columns';
import { createTable, type MigrationClass } from './create-table';

export const filingEvents: readonly MigrationClass[] = [
  createTable('CreateFilingEvent1763860000001', () =>
    tableOf(
      'filing_event',
      [
        id(),
        whole('filingId'),
        short('kind', 24),
        whole('personId'),
        instant('at'),
        whole('versionId'),
        short('reason', 500, optional),
        json('fields', optional),
      ],
      ['filingId'],
    ),
  ),
];
