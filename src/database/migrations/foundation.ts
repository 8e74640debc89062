/**
 * The first schema. One structural step a migration, since MySQL commits each by itself; each can be run again, since
 * two copies of the bot may start at once.
 */
import type { MigrationInterface, QueryRunner, Table } from 'typeorm';
import { flag, id, instant, json, key, long, optional, short, tableOf, whole } from '../columns';
import { createTable, type MigrationClass } from './create-table';

/** Names compare to the letter, as the platforms' ids do (utf8mb4_bin), whatever the database was created with. */
class CompareNamesExactly1751300000000 implements MigrationInterface {
  name = 'CompareNamesExactly1751300000000';

  async up(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type === 'better-sqlite3') return;
    await runner.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  }

  async down(): Promise<void> {}
}

const create = (step: number, table: () => Table): MigrationClass =>
  createTable(`Create${step}${1751300000000 + step}`, table);

const peopleAndUnits = [
  () =>
    tableOf(
      'unit',
      [
        id(),
        whole('parentId', optional),
        short('path', 190),
        short('code', 16),
        short('name', 100),
        short('short', 50),
        short('kind', 16),
        whole('officialOrder'),
      ],
      ['path', '!code'],
    ),
  () => tableOf('unit_name', [whole('unitId', key), short('name', 100, key), flag('preferred')], ['name']),
  () =>
    tableOf('person', [
      id(),
      short('name', 50),
      short('title', 100, { default: "''" }),
      short('officePhone', 40, { default: "''" }),
      short('mobile', 20, { default: "''" }),
      short('email', 190, { default: "''" }),
      instant('createdAt'),
    ]),
  () =>
    tableOf(
      'identity',
      [id(), short('channel', 32), short('userId', 128), whole('personId')],
      ['!channel,userId', 'personId'],
    ),
  () =>
    tableOf(
      'assignment',
      [
        id(),
        whole('personId'),
        whole('unitId'),
        short('role', 16),
        flag('deputy'),
        instant('since'),
        instant('until', optional),
      ],
      ['personId', 'unitId'],
    ),
];

const reports = [
  () =>
    tableOf(
      'filing',
      [
        id(),
        whole('unitId'),
        short('tableName', 64),
        short('period', 7),
        short('status', 16),
        whole('draftNumber', { default: '1' }),
        instant('draftDiscardedAt', optional),
        whole('versionId', optional),
        instant('firstFiledAt', optional),
        short('timeliness', 16, optional),
      ],
      ['!tableName,period,unitId', 'filing_of_unit:unitId,tableName,period'],
    ),
  () =>
    tableOf(
      'filing_version',
      [
        id(),
        whole('filingId'),
        whole('number'),
        whole('authorId'),
        instant('confirmedAt'),
        short('reason', 500, optional),
        flag('unchanged'),
        short('receipt', 40),
      ],
      ['!filingId,number', '!receipt'],
    ),
  () =>
    tableOf(
      'filing_note',
      [id(), whole('versionId'), short('field', 64), short('kind', 16), short('text', 500)],
      ['versionId'],
    ),
  () =>
    tableOf('filing_entry', [
      whole('versionId', key),
      short('tableName', 64, key),
      whole('rowId', key),
      whole('ordinal'),
    ]),
  () =>
    tableOf(
      'draft_answer',
      [
        id(),
        whole('filingId'),
        whole('draftNumber'),
        short('field', 64),
        long('value', optional),
        short('notApplicable', 500, optional),
        short('explanation', 500, optional),
        whole('authorId'),
        instant('givenAt'),
      ],
      ['filingId,draftNumber'],
    ),
];

const messages = [
  () =>
    tableOf(
      'conversation',
      [
        id(),
        short('channel', 32),
        short('chatKind', 8),
        short('chatId', 190),
        json('state', optional),
        instant('updatedAt'),
      ],
      ['!channel,chatKind,chatId'],
    ),
  () =>
    tableOf(
      'inbound_message',
      [id(), short('channel', 32), short('messageKey', 64), instant('receivedAt')],
      ['!channel,messageKey', 'receivedAt'],
    ),
  () =>
    tableOf(
      'outbox_message',
      [
        id(),
        short('channel', 32),
        short('chatKind', 8),
        short('chatId', 190),
        json('content'),
        json('replyVia', optional),
        whole('inboundId', optional),
        short('purpose', 16),
        whole('priority'),
        short('status', 8),
        instant('dueAt'),
        whole('attempts', { default: '0' }),
        short('failureCode', 64, optional),
        short('failureText', 500, optional),
        short('platformId', 190, optional),
        instant('createdAt'),
        instant('sentAt', optional),
      ],
      ['status,dueAt', 'channel,chatId,sentAt', 'inboundId'],
    ),
  () =>
    tableOf('stored_file', [id(), short('name', 190), short('mediaType', 100), json('base64'), instant('createdAt')]),
];

const schedules = [
  () =>
    tableOf(
      'schedule_run',
      [id(), short('occurrence', 128), instant('dueAt'), instant('ranAt'), whole('messages')],
      ['!occurrence'],
    ),
  () =>
    tableOf(
      'bulletin',
      [id(), short('tableName', 64), short('period', 7), short('version', 32), json('content'), instant('composedAt')],
      ['tableName,period'],
    ),
  () =>
    tableOf(
      'chat_binding',
      [id(), short('channel', 32), short('chatId', 190), short('name', 100), short('purpose', 16), whole('unitId')],
      ['!channel,chatId,purpose'],
    ),
  () =>
    tableOf(
      'trial_message',
      [id(), short('chatKind', 8), short('chatId', 190), short('userId', 128), long('text'), instant('at')],
      ['chatKind,chatId'],
    ),
  () => tableOf('trial_clock', [whole('id', key), instant('shown'), instant('real')]),
];

export const foundation: readonly MigrationClass[] = [
  CompareNamesExactly1751300000000,
  ...[...peopleAndUnits, ...reports, ...messages, ...schedules].map((table, index) => create(index + 1, table)),
];
