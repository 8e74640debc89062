/** What each unit was reminded with for a period, and how often. */
import { MoreThan } from 'typeorm';
import { Reminder } from '../../entities/reminder';
import type { PeriodTerms } from '../calendar/periods';
import type { Tx } from '../database/database';
import type { TableDefinition } from '../table/definition';

type Table = Pick<TableDefinition, 'name'>;

/** What a reminder is about, by which it is called off before it has left: `statistics/2025-06/12`. */
export const aboutReport = ({ name }: Table, period: string, unitId: number): string => `${name}/${period}/${unitId}`;

/** A reminder of a deadline has no sense once that has passed; one after it none after the lock. */
export const expiryOf = ({ dueAt, locksAt }: Pick<PeriodTerms, 'dueAt' | 'locksAt'>, now: Date): Date =>
  now < dueAt ? dueAt : locksAt;

const remindersFor = (tx: Tx, { name }: Table, period: string) =>
  tx
    .createQueryBuilder(Reminder, 'reminder')
    .where('reminder.tableName = :name AND reminder.period = :period', { name, period });

/** As `Reminder.occurrence`. */
export async function stepsDone(tx: Tx, table: Table, period: string): Promise<ReadonlySet<string>> {
  const rows = await remindersFor(tx, table, period)
    .select('reminder.occurrence', 'occurrence')
    .getRawMany<{ occurrence: string }>();
  return new Set(rows.map(({ occurrence }) => occurrence));
}

/** 已催3次: how many of them reached somebody, by unit. */
export async function countSent(tx: Tx, table: Table, period: string): Promise<ReadonlyMap<number, number>> {
  const rows = await remindersFor(tx, table, period)
    .andWhere('reminder.messages > 0')
    .select('reminder.unitId', 'unitId')
    .addSelect('COUNT(*)', 'sent')
    .groupBy('reminder.unitId')
    .getRawMany<{ unitId: number; sent: number | string }>();
  return new Map(rows.map(({ unitId, sent }) => [unitId, Number(sent)]));
}

/** What staff asked for, and whatever went out after the instant. */
export async function urgesAndSince(
  tx: Tx,
  { name: tableName }: Table,
  { period, since }: { readonly period: string; readonly since: Date },
): Promise<readonly Reminder[]> {
  const which = { tableName, period };
  return tx.find(Reminder, {
    where: [
      { ...which, step: 'urge' },
      { ...which, sentAt: MoreThan(since) },
    ],
    order: { id: 'ASC' },
  });
}

/** Rows of one INSERT; databases bound the number of its parameters. */
const chunk = 200;

export async function keepReminders(tx: Tx, rows: readonly Omit<Reminder, 'id'>[]): Promise<void> {
  for (let start = 0; start < rows.length; start += chunk) {
    await tx
      .createQueryBuilder()
      .insert()
      .into(Reminder)
      .values(rows.slice(start, start + chunk))
      .updateEntity(false)
      .execute();
  }
}
