/** Registration of contacts, and the audit of what staff decide. */
import { id, instant, optional, short, tableOf, whole } from '../columns';
import { createTable, type MigrationClass } from './create-table';

const empty = { default: "''" };

export const registration: readonly MigrationClass[] = [
  createTable('CreateRegistration1763800000001', () =>
    tableOf(
      'registration',
      [
        id(),
        short('channel', 32),
        short('userId', 128),
        short('status', 16),
        whole('unitId', optional),
        short('name', 50, empty),
        short('title', 100, empty),
        short('officePhone', 40, empty),
        short('mobile', 20, empty),
        short('email', 190, empty),
        short('reason', 500, optional),
        whole('decidedBy', optional),
        instant('decidedAt', optional),
        instant('createdAt'),
        short('heard', 64, empty),
        instant('answeredAt', optional),
        whole('fruitless', { default: '0' }),
      ],
      ['!channel,userId', 'status'],
    ),
  ),
  createTable('CreateAuditEntry1763800000002', () =>
    tableOf(
      'audit_entry',
      [id(), instant('at'), whole('personId'), short('action', 32), short('subject', 500)],
      ['at'],
    ),
  ),
];
