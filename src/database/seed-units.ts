/** Puts the units of the notice into an empty installation. */
import { Unit } from '../../entities/unit';
import { UnitName } from '../../entities/unit-name';
import type { Database, Tx } from './database';
import { isDuplicate } from './errors';
import { type NoticeUnit, noticeUnits, rootUnit } from './notice-units';

/** Does nothing once there is any unit; a copy that seeds at the same moment wins or loses as a whole. */
export async function seedUnits(
  database: Database,
  root: NoticeUnit = rootUnit,
  units: readonly NoticeUnit[] = noticeUnits,
): Promise<void> {
  try {
    await database.transact(async (tx) => {
      if (await tx.existsBy(Unit, {})) return;
      const rootId = await addUnit(tx, root, null, 0);
      for (const [index, unit] of units.entries()) await addUnit(tx, unit, rootId, index + 1);
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

async function addUnit(tx: Tx, unit: NoticeUnit, parentId: number | null, officialOrder: number): Promise<number> {
  const { code, name, short, kind } = unit;
  const row = { parentId, path: '', code, name, short, kind, officialOrder };
  const inserted = await tx.insert(Unit, row);
  const id = Number(inserted.identifiers[0]?.['id']);
  await tx.update(Unit, id, { path: parentId === null ? `/${id}/` : `/${parentId}/${id}/` });
  const names = [...new Set([name, short, ...unit.names])];
  await tx.insert(
    UnitName,
    names.map((each) => ({ unitId: id, name: each, preferred: each === short })),
  );
  return id;
}
