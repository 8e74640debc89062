/** 延期 and 补报: what is granted to one unit alone stands with its filing, each change of it one guarded write. */
import { IsNull } from 'typeorm';
import { Filing } from '../../entities/filing';
import type { Leave } from '../calendar/leave';
import type { Tx } from '../database/database';
import { run, selecting } from '../database/sql';
import type { ReportKey } from './report';

/** A filing as somebody saw it when they decided; nothing is begun where there is none. */
export type SeenLeave = Pick<Filing, 'id' | 'status' | 'extendedTo' | 'supplementUntil'> | null;

export async function seeLeave(tx: Tx, { unitId, definition, period }: ReportKey): Promise<SeenLeave> {
  return tx.findOneBy(Filing, { unitId, tableName: definition.name, period });
}

/**
 * False when the report was filed or the leave changed meanwhile. The first write of a unit meets the unique key when
 * somebody else was faster, and the message is worked on again.
 */
export async function extendTo(tx: Tx, key: ReportKey, seen: SeenLeave, extendedTo: Date | null): Promise<boolean> {
  if (seen === null) return begin(tx, key, { extendedTo });
  const asSeen = { id: seen.id, status: seen.status, extendedTo: seen.extendedTo ?? IsNull() };
  const { affected } = await tx.update(Filing, asSeen, { extendedTo });
  return affected === 1;
}

/** Whoever decides on the unit's request does it alone, so nothing is compared here. */
export async function reopenUntil(tx: Tx, key: ReportKey, seen: SeenLeave, supplementUntil: Date): Promise<void> {
  if (seen === null) await begin(tx, key, { supplementUntil });
  else await tx.update(Filing, seen.id, { supplementUntil });
}

async function begin(tx: Tx, { unitId, definition, period }: ReportKey, leave: Partial<Leave>): Promise<true> {
  await tx.insert(Filing, { unitId, tableName: definition.name, period, status: 'draft', draftNumber: 1, ...leave });
  return true;
}

const reopened = `
  SELECT period FROM filing
  WHERE unitId = ? AND tableName = ? AND supplementUntil > ?
  ORDER BY period`;

/** The periods that the unit may file now although they are locked, oldest first. */
export async function reopenedPeriods(
  tx: Tx,
  { unitId, definition }: Omit<ReportKey, 'period'>,
  now: Date,
): Promise<readonly string[]> {
  const rows = await run(tx, selecting<{ period: string }>(reopened, [unitId, definition.name, now]));
  return rows.map(({ period }) => period);
}
