/** Importing a workbook that somebody sent: which report it is for, its dry run, and the stored file until 确认导入. */
import { reportedUnits } from '../access/speaker';
import { say } from '../channels/content';
import { loadFile, storeFile } from '../delivery/files';
import { planFor } from '../dialogue/import-scene';
import { importRequestOf } from '../dialogue/import-words';
import type { Scene } from '../dialogue/scene';
import { takeWorkbook } from '../dialogue/workbook-talk';
import { countWrites } from '../imports/plan';
import { type OfficialResult, type ReadTable, readOfficial } from '../sheets/official';
import type { TableDefinition } from '../table/definition';
import { figureTables, listsOf, type Outcome, type Talk } from './command';
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
  const found = await findReport(aboutTables(talk, sent.read.tables), units);
  if ('refusal' in found) return found.refusal ?? { content: say(['这份表现在不能报。']) };
  const plan = planFor(found.scene, sent.read.tables);
  const { name, bytes } = sent;
  const file = { name: name.slice(-longestName), mediaType, bytes };
  const fileId = countWrites(plan) > 0 ? await storeFile(talk.tx, file, talk.now, 'as long as its message') : null;
  const { state, content } = takeWorkbook(found.scene, plan, { name, fileId });
  return { state, content };
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
