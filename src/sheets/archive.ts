/**
 * The guard before the workbook library: an .xlsx is a ZIP of XML parts, and a small one can unfold to more than the
 * process can hold. Hands on only the parts that cells come from, unpacked and measured.
 */
import { strFromU8, strToU8, type UnzipFileInfo, type Unzipped, unzipSync, zipSync } from 'fflate';
import { isWithinBounds } from './xml-bounds';

export type ArchiveResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

export interface ArchiveLimits {
  readonly unpackedBytes?: number;
  /** Of all sheets together. */
  readonly cells?: number;
  /** Of each part. */
  readonly tags?: number;
  /** Whether a workbook with macros is refused instead of being read without them. */
  readonly refusesMacros?: boolean;
}

const megabyte = 1024 * 1024;
const maxUnpackedBytes = 50 * megabyte;
/** The library visits every cell of a merged area; a form merges heads and a few columns. */
const maxMergedCells = 200_000;

const neededPart =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/;
const macros = /^xl\/vbaProject\.bin$/i;
const cellTag = /<c[\s/>]/g;
/** The format has no document types; what they could unfold to has no bound. */
const documentType = '<!DOCTYPE';
const mergeTag = /<mergeCell\b[^>]*>/g;
const mergeArea = /\sref=["']([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?["']/;
/** Names of ranges are unfolded to single cells by the library, and say nothing about what stands in a cell. */
const definedNames = /<definedNames\b[\s\S]*?<\/definedNames\s*>/g;

/** Repacks a workbook to what is needed of it, or says why it is refused. */
export function openArchive(bytes: Uint8Array, limits: ArchiveLimits = {}): ArchiveResult {
  try {
    return repack(bytes, limits);
  } catch {
    // fflate throws on anything that is not a whole ZIP file.
    return { ok: false, reason: '文件已损坏，打不开' };
  }
}

function repack(bytes: Uint8Array, limits: ArchiveLimits): ArchiveResult {
  const { unpackedBytes = maxUnpackedBytes, cells = Number.POSITIVE_INFINITY, tags, refusesMacros = false } = limits;
  const entries = entriesOf(bytes);
  if (entries.reduce((sum, { originalSize }) => sum + originalSize, 0) > unpackedBytes) {
    return refuse(`文件解压后超过${unpackedBytes / megabyte} MB`);
  }
  if (refusesMacros && entries.some(({ name }) => macros.test(name))) {
    return refuse('含有宏（.xlsm），请另存为不带宏的 .xlsx');
  }
  const parts = unzipSync(bytes, { filter: ({ name }: UnzipFileInfo) => neededPart.test(name) });
  const workbook = parts['xl/workbook.xml'];
  if (!workbook) return refuse('不是Excel工作簿（.xlsx）');
  if (
    Object.values(parts).some((part) => Buffer.from(part.buffer, part.byteOffset, part.length).includes(documentType))
  )
    return refuse('文件已损坏，打不开');
  if (countMergedCells(parts) > maxMergedCells) return refuse('合并单元格过多');
  if (countCells(parts) > cells) return refuse(`单元格超过${cells}个`);
  if (tags !== undefined && !Object.values(parts).every((part) => isWithinBounds(strFromU8(part), tags))) {
    return refuse('内容过多，不是填好的报表');
  }
  return { ok: true, bytes: zipSync(withoutNames(parts, workbook), { level: 0 }) };
}

const refuse = (reason: string): ArchiveResult => ({ ok: false, reason });

/** The sizes come from the central directory; each part is unpacked into just as much room, so a false size gains nothing. */
function entriesOf(bytes: Uint8Array): readonly UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = [];
  unzipSync(bytes, {
    filter: (entry) => {
      entries.push(entry);
      return false;
    },
  });
  return entries;
}

const sheetsOf = (parts: Unzipped): readonly string[] =>
  Object.entries(parts).flatMap(([name, part]) => (name.startsWith('xl/worksheets/') ? [strFromU8(part)] : []));

function countCells(parts: Unzipped): number {
  return sheetsOf(parts).reduce((sum, xml) => sum + (xml.match(cellTag)?.length ?? 0), 0);
}

function withoutNames(parts: Unzipped, workbook: Uint8Array): Unzipped {
  return { ...parts, 'xl/workbook.xml': strToU8(strFromU8(workbook).replaceAll(definedNames, '')) };
}

function countMergedCells(parts: Unzipped): number {
  const areas = sheetsOf(parts).flatMap((xml) => xml.match(mergeTag) ?? []);
  return areas.reduce((sum, tag) => sum + cellsOf(tag), 0);
}

/** Infinite for an area that cannot be read, so that the file is refused. */
function cellsOf(tag: string): number {
  const [, left, top, right = left, bottom = top] = mergeArea.exec(tag) ?? [];
  if (!left || !top || !right || !bottom) return Number.POSITIVE_INFINITY;
  return (Math.abs(columnNumber(right) - columnNumber(left)) + 1) * (Math.abs(Number(bottom) - Number(top)) + 1);
}

function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
