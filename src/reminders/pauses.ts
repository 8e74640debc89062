/** 暂停催报: which units are not reminded now, until when and why. */
import { In, MoreThan } from 'typeorm';
import { ReminderPause } from '../../entities/reminder-pause';
import { formatEndOf } from '../calendar/periods';
import type { Tx } from '../database/database';

export type Pause = Pick<ReminderPause, 'reason' | 'until'>;

/** By unit; of all units when none are given. */
export async function pausesInForce(
  tx: Tx,
  now: Date,
  unitIds?: readonly number[],
): Promise<ReadonlyMap<number, Pause>> {
  const of = unitIds ? { unitId: In([...unitIds]) } : {};
  const rows = await tx.findBy(ReminderPause, { ...of, until: MoreThan(now) });
  return new Map(rows.map((row) => [row.unitId, row]));
}

/** 因防汛暂停催报 */
export const pauseReason = ({ reason }: Pick<Pause, 'reason'>): string => `因${reason}暂停催报`;

/** 因防汛暂停催报至7月12日 */
export const pauseNote = (pause: Pause): string => `${pauseReason(pause)}至${formatEndOf(pause.until)}`;
