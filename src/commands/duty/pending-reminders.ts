/** Reminders that have not left yet, held up by a platform's quota or a failure: called off once they make no sense. */
import { newestPeriod, periodsBack } from '../../calendar/periods';
import type { Chat } from '../../channels/channel';
import { callOffAbout } from '../../delivery/call-off';
import { aboutReport } from '../../reminders/records';
import type { TableDefinition } from '../../table/definition';
import { figureTables, type Talk } from '../command';

/** The report is in, or due on another day. */
export async function callOffReminders(
  { tx }: Pick<Talk, 'tx'>,
  definition: TableDefinition,
  { period, unitId }: { readonly period: string; readonly unitId: number },
): Promise<void> {
  await callOffAbout(tx, [aboutReport(definition, period, unitId)]);
}

/** So many periods may be open beside the newest. */
const periodsOpen = 2;

/** Whatever it is about: the unit is to be left alone, or one of its people does not report any more. */
export async function callOffAllReminders(
  { tx, tables, now }: Pick<Talk, 'tx' | 'tables' | 'now'>,
  unitId: number,
  chats?: readonly Chat[],
): Promise<void> {
  const periods = periodsBack(newestPeriod(now), periodsOpen);
  const about = figureTables(tables).flatMap((table) => periods.map((period) => aboutReport(table, period, unitId)));
  await callOffAbout(tx, about, chats);
}
