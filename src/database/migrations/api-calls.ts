/** Calls of a platform's API are counted by the month. */
import { id, instant, optional, short, tableOf, whole } from '../columns';
import { createTable, type MigrationClass } from './create-table';

export const apiCalls: readonly MigrationClass[] = [
  createTable('CreateApiCalls1763920000001', () =>
    tableOf(
      'api_calls',
      [id(), short('channel', 32), short('month', 7), whole('calls', { default: '0' }), instant('warnedAt', optional)],
      ['!channel,month'],
    ),
  ),
];
