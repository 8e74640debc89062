/**
 * Reads a simple sheet (a head line, then one record a line) that somebody sends: the first worksheet of an .xlsx, or a
 * UTF-8 .csv. Everything comes back as text; what it means is the caller's business.
 */
import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import type { Worksheet } from './library';
import { isOldWorkbook, isZip, oldWorkbookReason, openSheets, tooManyColumns, tooManyRows } from './open';
import { plainText } from './plain';

export type ReadResult =
  /** Row 1 of the sheet is `rows[0]`; empty rows between are kept, so that line numbers agree. */
  | { readonly ok: true; readonly rows: string[][] }
  /** `reason` is for the person who sent the file. */
  | { readonly ok: false; readonly reason: string };

const limits = { bytes: 5 * 1024 * 1024, rows: 20_000, columns: 200 };

export async function readRows(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<ReadResult> {
  const { name, bytes } = file;
  if (bytes.length > limits.bytes) return refuse('文件超过5 MB');
  if (isZip(bytes)) return readWorkbook(bytes);
  if (isOldWorkbook(bytes)) return refuse(oldWorkbookReason);
  if (/\.csv$/i.test(name)) return readCsv(bytes);
  return refuse('只能读 .xlsx 和 UTF-8 的 .csv');
}

function refuse(reason: string): ReadResult {
  return { ok: false, reason };
}

async function readWorkbook(bytes: Uint8Array): Promise<ReadResult> {
  const opened = await openSheets(bytes, limits);
  if (!opened.ok) return opened;
  const sheet = opened.sheets.find((each) => each.state === 'visible') ?? opened.sheets[0];
  return sheet ? readSheet(sheet) : refuse('工作簿里没有工作表');
}

function readSheet(sheet: Worksheet): ReadResult {
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
    const rows = parse(text, { relax_column_count: true, skip_empty_lines: false, trim: true, to: limits.rows + 1 });
    if (rows.length > limits.rows) return refuse(tooManyRows(limits.rows));
    return rows.some((row) => row.length > limits.columns)
      ? refuse(tooManyColumns(limits.columns))
      : { ok: true, rows: trimEnd(rows) };
  } catch {
    // What else the parser objects to is allowed by its options, save a quote that never closes or stands in a bare text.
    return refuse('引号不成对，读不了');
  }
}

/** Without the empty rows below the last record. */
function trimEnd(rows: readonly string[][]): string[][] {
  return rows.slice(0, rows.findLastIndex((row) => row.some((cell) => cell !== '')) + 1);
}
