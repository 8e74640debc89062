/**
 * The guard before the workbook library: an .xlsx is a ZIP of XML parts, and a small one can unfold to more than the
 * process can hold. Hands on only the parts that cells come from, unpacked and measured.
 */
import { strFromU8, strToU8, type UnzipFileInfo, type Unzipped, unzipSync, zipSync } from 'fflate';

export type ArchiveResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

const maxUnpackedBytes = 50 * 1024 * 1024;
const maxUnpackedText = '50 MB';
/** The library visits every cell of a merged area; a form merges heads and a few columns. */
const maxMergedCells = 200_000;

const neededPart =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/;
const mergeTag = /<mergeCell\b[^>]*>/g;
const mergeArea = /\sref=["']([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?["']/;
/** Names of ranges are unfolded to single cells by the library, and say nothing about what stands in a cell. */
const definedNames = /<definedNames\b[\s\S]*?<\/definedNames\s*>/g;

/** Repacks a workbook to what is needed of it, or says why it is refused. */
export function openArchive(bytes: Uint8Array): ArchiveResult {
  try {
    return repack(bytes);
  } catch {
    // fflate throws on anything that is not a whole ZIP file.
    return { ok: false, reason: '文件已损坏，打不开' };
  }
}

function repack(bytes: Uint8Array): ArchiveResult {
  // The sizes come from the central directory; each part is unpacked into just as much room, so a false size gains nothing.
  const sizes: number[] = [];
  unzipSync(bytes, {
    filter: ({ originalSize }) => {
      sizes.push(originalSize);
      return false;
    },
  });
  if (sizes.reduce((sum, size) => sum + size, 0) > maxUnpackedBytes) {
    return { ok: false, reason: `文件解压后超过${maxUnpackedText}` };
  }
  const parts = unzipSync(bytes, { filter: ({ name }: UnzipFileInfo) => neededPart.test(name) });
  if (!parts['xl/workbook.xml']) return { ok: false, reason: '不是Excel工作簿（.xlsx）' };
  if (countMergedCells(parts) > maxMergedCells) return { ok: false, reason: '合并单元格过多' };
  return { ok: true, bytes: zipSync(withoutNames(parts, parts['xl/workbook.xml']), { level: 0 }) };
}

function withoutNames(parts: Unzipped, workbook: Uint8Array): Unzipped {
  return { ...parts, 'xl/workbook.xml': strToU8(strFromU8(workbook).replaceAll(definedNames, '')) };
}

function countMergedCells(parts: Unzipped): number {
  const areas = Object.entries(parts)
    .filter(([name]) => name.startsWith('xl/worksheets/'))
    .flatMap(([, part]) => strFromU8(part).match(mergeTag) ?? []);
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
