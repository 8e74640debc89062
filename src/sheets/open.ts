/** Opens an .xlsx that somebody sent, within bounds: what is not one, is damaged or unfolds too far comes back as a reason. */
import { type ArchiveLimits, openArchive } from './archive';
import { loadLibrary, type Worksheet } from './library';

export interface OpenLimits extends ArchiveLimits {
  readonly bytes: number;
  readonly rows: number;
  readonly columns: number;
}

export type OpenResult =
  | { readonly ok: true; readonly sheets: readonly Worksheet[] }
  /** `reason` is for the person who sent the file. */
  | { readonly ok: false; readonly reason: string };

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

export const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, zipSignature);
export const isOldWorkbook = (bytes: Uint8Array): boolean => startsWith(bytes, oleSignature);

export const oldWorkbookReason = '是旧版 .xls 或加了密码，请另存为不带密码的 .xlsx';
export const tooManyRows = (limit: number): string => `超过${limit}行`;
export const tooManyColumns = (limit: number): string => `超过${limit}列`;

export async function openSheets(bytes: Uint8Array, limits: OpenLimits): Promise<OpenResult> {
  if (bytes.length > limits.bytes) return refuse(`文件超过${limits.bytes / 1024 / 1024} MB`);
  const archive = openArchive(bytes, limits);
  if (!archive.ok) return archive;
  const { Workbook } = await loadLibrary();
  const workbook = new Workbook();
  try {
    await workbook.xlsx.load(archive.bytes, { maxRows: limits.rows, maxCols: limits.columns, ignoreNodes });
  } catch (error) {
    return refuse(reasonOf(error, limits));
  }
  const sheets = workbook.worksheets;
  if (sheets.some((sheet) => sheet.rowCount > limits.rows)) return refuse(tooManyRows(limits.rows));
  if (sheets.some((sheet) => sheet.columnCount > limits.columns)) return refuse(tooManyColumns(limits.columns));
  return sheets.length > 0 ? { ok: true, sheets } : refuse('工作簿里没有工作表');
}

const refuse = (reason: string): OpenResult => ({ ok: false, reason });

/** The library throws plain errors: for its two limits by their text, for XML that does not parse by the parser's. */
function reasonOf(error: unknown, limits: OpenLimits): string {
  const message = error instanceof Error ? error.message : '';
  if (/^Max row count/.test(message)) return tooManyRows(limits.rows);
  return /^Max column count/.test(message) ? tooManyColumns(limits.columns) : '文件已损坏，打不开';
}
