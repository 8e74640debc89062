/** The units of the installation as the roster's files and lists name them. */
import { Unit } from '../../entities/unit';
import { UnitName } from '../../entities/unit-name';
import type { Tx } from '../database/database';
import type { RosterUnits } from './roster';

export interface KnownUnits extends RosterUnits {
  /** In official order, each unit before those below it. */
  readonly all: readonly Unit[];
}

export async function loadUnits(tx: Tx): Promise<KnownUnits> {
  const units = await tx.find(Unit);
  const names = await tx.find(UnitName);
  const idOf = findByName(units, names);
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return {
    all: inOfficialOrder(units, byId),
    idOf,
    nameOf(unitId) {
      const unit = byId.get(unitId);
      if (!unit) return '';
      // Two counties of a country may share a short name; what is printed must lead back to the unit.
      return idOf(unit.short) === unitId ? unit.short : unit.name;
    },
  };
}

/** A full name means its unit; any other name only while a single unit bears it. */
function findByName(units: readonly Unit[], names: readonly UnitName[]): RosterUnits['idOf'] {
  const fullNames = new Map(units.map(({ id, name }) => [nameKey(name), id]));
  const bearers = new Map<string, Set<number>>();
  const shorts = units.map(({ id, short }) => ({ unitId: id, name: short }));
  for (const { unitId, name } of [...shorts, ...names]) {
    const key = nameKey(name);
    bearers.set(key, (bearers.get(key) ?? new Set()).add(unitId));
  }
  return (typed) => {
    const key = nameKey(typed);
    const [only, another] = bearers.get(key) ?? [];
    return fullNames.get(key) ?? (another === undefined ? (only ?? null) : null);
  };
}

/** Files are read with full-width signs made half-width, （ as (. */
function nameKey(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s/g, '');
}

function inOfficialOrder(units: readonly Unit[], byId: ReadonlyMap<number, Unit>): readonly Unit[] {
  const rank = ({ path }: Unit): string => {
    const ids = path.split('/').filter((part) => part !== '');
    return ids.map((id) => String(byId.get(Number(id))?.officialOrder ?? 0).padStart(6, '0')).join('/');
  };
  const ranked = units.map((unit) => ({ unit, rank: rank(unit) }));
  ranked.sort((a, b) => (a.rank === b.rank ? a.unit.id - b.unit.id : a.rank < b.rank ? -1 : 1));
  return ranked.map(({ unit }) => unit);
}
