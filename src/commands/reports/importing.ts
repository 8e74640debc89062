/** Importing a workbook that somebody sent: which report it is for, its dry run, and the stored file until 确认导入. */
import { reportedUnits, type UnitRef } from '../../access/speaker';
import { say } from '../../channels/content';
import { loadFile, storeFile } from '../../delivery/files';
import { planFor } from '../../dialogue/imports/import-scene';
import { importRequestOf } from '../../dialogue/imports/import-words';
import { takeWorkbook } from '../../dialogue/imports/workbook-talk';
import { startOf } from '../../dialogue/intents';
import type { Scene } from '../../dialogue/scene';
import { idle } from '../../dialogue/state';
import { unitsWrittenIn } from '../../imports/opening';
import { countWrites } from '../../imports/plan';
import { findUnits } from '../../reading/names';
import { type OfficialResult, type ReadTable, readOfficial } from '../../sheets/official';
import type { TableDefinition } from '../../table/definition';
import { figureTables, listsOf, type Outcome, type Talk } from '../command';
import { findReport } from './find-report';

/** A file as it came, fetched and read before the transaction. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly read: OfficialResult;
}

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** `stored_file.name` */
const longestName = 190;

export async function answerFile(talk: Talk, sent: SentFile | null): Promise<Outcome> {
  const units = reportedUnits(talk.speaker);
  if (talk.chat.kind === 'group' || !sent) return { content: say(['群里不收报表，请私聊发给我。']) };
  if (units.length === 0) return { content: say(['文件收到了，但您名下没有要报送的单位，没有读取。']) };
  if (!sent.read.ok) return { content: say([`《${sent.name}》${sent.read.reason}。没有写入任何数据。`]) };
  const { tables } = sent.read;
  const unit = unitMeant(talk, tables, units);
  const store = () => storeWorkbook(talk, sent);
  if (!unit) return askUnit(units, sent.name, await store());
  return dryRun(talk, { tables, unit, name: sent.name, store });
}

interface Workbook {
  readonly tables: readonly ReadTable[];
  readonly unit: UnitRef;
  readonly name: string;
  /** Returns the id of the stored file. */
  store(): Promise<number>;
}

async function dryRun(talk: Talk, { tables, unit, name, store }: Workbook): Promise<Outcome> {
  const found = await findReport(aboutTables(talk, tables), [unit]);
  if ('refusal' in found) return found.refusal ?? { content: say(['这份表现在不能报。']) };
  const plan = planFor(found.scene, tables);
  const fileId = countWrites(plan) > 0 ? await store() : null;
  const { state, content } = takeWorkbook(found.scene, plan, { name, fileId });
  return { state, content };
}

function storeWorkbook({ tx, now }: Talk, { name, bytes }: SentFile): Promise<number> {
  return storeFile(tx, { name: name.slice(-longestName), mediaType, bytes }, now, 'as long as its message');
}

/** The one that the file names, else the only one, else the one whose report is open in the chat. */
function unitMeant({ state }: Talk, tables: readonly ReadTable[], units: readonly UnitRef[]): UnitRef | null {
  const [only, another] = units;
  if (only && !another) return only;
  const named = unitsWrittenIn(tables).flatMap((words) => ownUnitsIn(words, units));
  const [first] = named;
  if (first && named.every(({ id }) => id === first.id)) return first;
  return named.length > 0 ? null : (units.find(({ id }) => id === state.open?.unitId) ?? null);
}

function ownUnitsIn(words: string, units: readonly UnitRef[]): readonly UnitRef[] {
  const mentions = findUnits(
    words,
    units.map(({ id, name, short }) => ({ id, names: [name, short] })),
  );
  const ids = mentions.flatMap((mention) => mention.ids);
  return units.filter(({ id }) => ids.includes(id));
}

function askUnit(units: readonly UnitRef[], name: string, fileId: number): Outcome {
  const names = units.map(({ short }) => short);
  const line = `《${name}》是哪个单位的？您负责${names.join('、')}，回单位名称即可。还没有写入任何数据。`;
  return { content: say([line], names), state: { ...idle, unplaced: { fileId, name } } };
}

/** 光山县, said after a file that named no unit; null when the message is something else. */
export async function placeWorkbook(talk: Talk, units: readonly UnitRef[]): Promise<Outcome | null> {
  const { unplaced } = talk.state;
  const [unit, another] = unplaced ? ownUnitsIn(talk.text, units) : [];
  if (!unplaced || !unit || another || talk.text.trim().length > unit.name.length + 4) return null;
  if (startOf(talk.text) !== null) return null;
  const read = await readOfficial(await loadFile(talk.tx, unplaced.fileId), talk.tables);
  if (!read.ok) return { content: say([`《${unplaced.name}》${read.reason}。没有写入任何数据。`]), state: idle };
  const workbook = { tables: read.tables, unit, name: unplaced.name, store: async () => unplaced.fileId };
  return dryRun({ ...talk, state: idle }, workbook);
}

/** The talk as if it named the table of what was read, so that no word in a file or row is taken for a month. */
export function aboutTables(talk: Talk, read: readonly ReadTable[]): Talk {
  const names = read.map((each) => each.table);
  const isRead = (table: TableDefinition): boolean => names.includes(table.name);
  const tables = figureTables(talk.tables);
  const table = tables.find(isRead) ?? tables.find((each) => listsOf(each, talk.tables).some(isRead));
  return table ? { ...talk, text: `上报 ${table.short}` } : talk;
}

/** The scene with the workbook that waits, when the message is about it. */
export async function withUpload(talk: Talk, scene: Scene): Promise<Scene> {
  const { pending, waiting } = talk.state;
  if (waiting?.kind !== 'workbook' || !importRequestOf(talk.text, pending?.kind === 'import')) return scene;
  const read = await readOfficial(await loadFile(talk.tx, waiting.fileId), talk.tables);
  return read.ok ? { ...scene, upload: read.tables } : scene;
}
