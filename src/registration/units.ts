/** The units that a person may mean, asked of the database by their names: it may hold thousands. */
import { Unit } from '../../entities/unit';
import { UnitName } from '../../entities/unit-name';
import type { Tx } from '../database/database';
import type { UnitChoice } from './read';

interface NameRow {
  id: number;
  path: string;
  name: string;
}

/** Units one of whose names stands in the text. */
export async function unitsNamedIn(tx: Tx, text: string): Promise<readonly UnitChoice[]> {
  const rows = await namesOfUnits(tx).where('INSTR(:text, unitName.name) > 0', { text }).getRawMany<NameRow>();
  return choicesOf(rows);
}

/** How many candidates are offered; more are no help in a chat. */
const mostCandidates = 6;
/** So few units can all be named. */
const fewUnits = 20;

/** Units whose names share a part with the words, else all when they are few; not the one above all. */
export async function unitsLike(tx: Tx, words: string): Promise<readonly Unit[]> {
  const pairs = pairsIn(words);
  const found = pairs.length > 0 ? await unitsSharing(tx, pairs) : [];
  return found.length > 0 ? found : fewOrNone(tx);
}

async function unitsSharing(tx: Tx, pairs: readonly string[]): Promise<readonly Unit[]> {
  const wanted = pairs.map((_, index) => `INSTR(unitName.name, :pair${index}) > 0`).join(' OR ');
  const values = Object.fromEntries(pairs.map((pair, index) => [`pair${index}`, pair]));
  const rows = await namesOfUnits(tx)
    .where(`(${wanted}) AND unit.parentId IS NOT NULL`, values)
    .limit(200)
    .getRawMany<NameRow>();
  const shared = (choice: UnitChoice): number =>
    pairs.filter((pair) => choice.names.some((name) => name.includes(pair))).length;
  const best = [...choicesOf(rows)].sort((a, b) => shared(b) - shared(a)).slice(0, mostCandidates);
  return unitsById(
    tx,
    best.map(({ id }) => id),
  );
}

async function fewOrNone(tx: Tx): Promise<readonly Unit[]> {
  const query = tx.createQueryBuilder(Unit, 'unit').where('unit.parentId IS NOT NULL');
  const units = await query
    .orderBy('unit.officialOrder')
    .addOrderBy('unit.id')
    .limit(fewUnits + 1)
    .getMany();
  return units.length > fewUnits ? [] : units;
}

export async function unitsById(tx: Tx, ids: readonly number[]): Promise<readonly Unit[]> {
  const units = await tx
    .createQueryBuilder(Unit, 'unit')
    .whereInIds([...ids])
    .getMany();
  return ids.flatMap((id) => units.filter((unit) => unit.id === id));
}

/** Any unit below another, for an example that people recognise. */
export async function exampleUnit(tx: Tx): Promise<Unit | null> {
  const query = tx.createQueryBuilder(Unit, 'unit').where('unit.parentId IS NOT NULL');
  return query.orderBy('unit.officialOrder').addOrderBy('unit.id').limit(1).getOne();
}

function namesOfUnits(tx: Tx) {
  return tx
    .createQueryBuilder(UnitName, 'unitName')
    .innerJoin(Unit, 'unit', 'unit.id = unitName.unitId')
    .select('unit.id', 'id')
    .addSelect('unit.path', 'path')
    .addSelect('unitName.name', 'name')
    .orderBy('unit.officialOrder')
    .addOrderBy('unit.id');
}

function choicesOf(rows: readonly NameRow[]): readonly UnitChoice[] {
  const choices = new Map<number, { id: number; path: string; names: string[] }>();
  for (const { id, path, name } of rows) {
    const choice = choices.get(id);
    if (choice) choice.names.push(name);
    else choices.set(id, { id, path, names: [name] });
  }
  return [...choices.values()];
}

/** Every two neighbouring characters of what makes the name: 光山县局 → 光山, 山县. */
function pairsIn(words: string): readonly string[] {
  const stem = words.replace(/(?:市场监督管理局|市场监管局|市监局|分局|局)+$/, '').slice(0, 20);
  return [...new Set([...stem].slice(1).map((character, index) => `${[...stem][index]}${character}`))];
}
