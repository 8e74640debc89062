/** The duty to file: reminders and their pauses, extensions, late filing with leave, changes of contact. */
import { id, instant, optional, short, tableOf, whole } from '../columns';
import { addColumn } from './add-column';
import { createTable, type MigrationClass } from './create-table';

export const duty: readonly MigrationClass[] = [
  createTable('CreateReminder1763870000001', () =>
    tableOf(
      'reminder',
      [
        id(),
        short('occurrence', 128),
        short('tableName', 64),
        short('period', 7),
        whole('unitId'),
        short('step', 16),
        whole('requestedBy', optional),
        instant('dueAt'),
        instant('sentAt', optional),
        whole('messages'),
      ],
      ['!occurrence', 'tableName,period,unitId'],
    ),
  ),
  createTable('CreateReminderPause1763870000002', () =>
    tableOf(
      'reminder_pause',
      [id(), whole('unitId'), short('reason', 200), instant('until'), whole('pausedBy')],
      ['!unitId'],
    ),
  ),
  addColumn('AddExtendedTo1763870000003', 'filing', () => instant('extendedTo', optional)),
  addColumn('AddSupplementUntil1763870000004', 'filing', () => instant('supplementUntil', optional)),
  createTable('CreateSupplementRequest1763870000005', () =>
    tableOf(
      'supplement_request',
      [
        id(),
        whole('unitId'),
        short('tableName', 64),
        short('period', 7),
        short('status', 8),
        short('reason', 200),
        whole('requestedBy'),
        instant('requestedAt'),
        whole('decidedBy', optional),
        instant('decidedAt', optional),
      ],
      ['!tableName,period,unitId', 'status'],
    ),
  ),
  createTable('CreateSuccession1763870000006', () =>
    tableOf(
      'succession',
      [
        id(),
        whole('unitId'),
        whole('leaverId'),
        short('name', 50),
        whole('orderedBy'),
        instant('orderedAt'),
        whole('personId', optional),
        instant('closedAt', optional),
      ],
      ['unitId,closedAt', 'leaverId'],
    ),
  ),
];
