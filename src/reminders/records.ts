/** What each unit was reminded with for a period, and how often. */
import { Reminder } from '../../entities/reminder';
import type { Tx } from '../database/database';
import type { TableDefinition } from '../table/definition';

export async function remindersOf(
  tx: Tx,
  definition: Pick<TableDefinition, 'name'>,
  period: string,
): Promise<readonly Reminder[]> {
  return tx.findBy(Reminder, { tableName: definition.name, period });
}

/** 已催3次: how many of them reached somebody, by unit. */
export function countSent(reminders: readonly Reminder[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { unitId, messages } of reminders) if (messages > 0) counts.set(unitId, (counts.get(unitId) ?? 0) + 1);
  return counts;
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
