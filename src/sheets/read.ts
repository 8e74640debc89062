/**
 * Reads a simple sheet (a head line, then one record a line) that somebody sends: the first worksheet of an .xlsx, or a
 * UTF-8 .csv. Everything comes back as text; what it means is the caller's business.
 */
import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { openArchive } from './archive';
import { loadLibrary, type Worksheet } from './library';
import { plainText } from './plain';

export type ReadResult =
  /** Row 1 of the sheet is `rows[0]`; empty rows between are kept, so that line numbers agree. */
  | { readonly ok: true; readonly rows: string[][] }
  /** `reason` is for the person who sent the file. */
  | { readonly ok: false; readonly reason: string };

const maxBytes = 5 * 1024 * 1024;
const maxRows = 20_000;
const maxColumns = 200;
const tooManyRows = `超过${maxRows}行`;
const tooManyColumns = `超过${maxColumns}列`;

/** Parts of a worksheet that hold no cells; some are unfolded to single cells by the library, whatever area they name. */
const ignoreNodes = [
  'dataValidations',
  'conditionalFormatting',
  'hyperlinks',
  'drawing',
  'legacyDrawing',
  'picture',
  'tableParts',
  'autoFilter',
  'extLst',
];

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);
const zipSignature = [0x50, 0x4b, 0x03, 0x04];
/** Of OLE compound files: .xls up to 2003, and .xlsx under a password. */
const oleSignature = [0xd0, 0xcf, 0x11, 0xe0];

export async function readRows(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<ReadResult> {
  const { name, bytes } = file;
  if (bytes.length > maxBytes) return refuse('文件超过5 MB');
  if (startsWith(bytes, zipSignature)) return readWorkbook(bytes);
  if (startsWith(bytes, oleSignature)) return refuse('是旧版 .xls 或加了密码，请另存为不带密码的 .xlsx');
  if (/\.csv$/i.test(name)) return readCsv(bytes);
  return refuse('只能读 .xlsx 和 UTF-8 的 .csv');
}

function refuse(reason: string): ReadResult {
  return { ok: false, reason };
}

async function readWorkbook(bytes: Uint8Array): Promise<ReadResult> {
  const archive = openArchive(bytes);
  if (!archive.ok) return archive;
  const { Workbook } = await loadLibrary();
  const workbook = new Workbook();
  try {
    await workbook.xlsx.load(archive.bytes, { maxRows, maxCols: maxColumns, ignoreNodes });
  } catch (error) {
    return refuse(reasonOf(error));
  }
  const sheet = workbook.worksheets.find((each) => each.state === 'visible') ?? workbook.worksheets[0];
  return sheet ? readSheet(sheet) : refuse('工作簿里没有工作表');
}

/** The library throws plain errors: for its two limits by their text, for XML that does not parse by the parser's. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/^Max row count/.test(message)) return tooManyRows;
  return /^Max column count/.test(message) ? tooManyColumns : '文件已损坏，打不开';
}

function readSheet(sheet: Worksheet): ReadResult {
  if (sheet.rowCount > maxRows) return refuse(tooManyRows);
  if (sheet.columnCount > maxColumns) return refuse(tooManyColumns);
  const rows = Array.from({ length: sheet.rowCount }, (_, row) => {
    const line = sheet.getRow(row + 1);
    // A merged cell's value stands in every cell that it covers.
    return Array.from({ length: line.cellCount }, (_, column) => plainText(line.getCell(column + 1).value));
  });
  return { ok: true, rows: trimEnd(rows) };
}

function readCsv(bytes: Uint8Array): ReadResult {
  if (!isUtf8(bytes)) return refuse('不是UTF-8编码，请另存为“CSV UTF-8”或 .xlsx');
  try {
    const text = new TextDecoder().decode(bytes);
    const rows = parse(text, { relax_column_count: true, skip_empty_lines: false, trim: true, to: maxRows + 1 });
    if (rows.length > maxRows) return refuse(tooManyRows);
    return rows.some((row) => row.length > maxColumns) ? refuse(tooManyColumns) : { ok: true, rows: trimEnd(rows) };
  } catch {
    // What else the parser objects to is allowed by its options, save a quote that never closes or stands in a bare text.
    return refuse('引号不成对，读不了');
  }
}

/** Without the empty rows below the last record. */
function trimEnd(rows: readonly string[][]): string[][] {
  return rows.slice(0, rows.findLastIndex((row) => row.some((cell) => cell !== '')) + 1);
}
