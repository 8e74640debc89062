/**
 * Marks the text cells of a finished workbook so that a text such as `=1+1` stays one even when its cell is edited: Excel
 * does this with the cell format's `quotePrefix` (ECMA-376 part 1, 18.8.45), which the workbook library cannot write.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** Built-in number format 49 is `@`, text (ECMA-376 part 1, 18.8.30); only guarded cells carry it. */
export const guardedFormat = '@';
const guardedCellFormat = /<xf numFmtId="49"/g;

export function addQuotePrefix(workbook: Uint8Array): Buffer {
  const parts = unzipSync(workbook);
  const styles = parts['xl/styles.xml'];
  if (!styles) return Buffer.from(workbook);
  const marked = strFromU8(styles).replaceAll(guardedCellFormat, '<xf quotePrefix="1" numFmtId="49"');
  return Buffer.from(zipSync({ ...parts, 'xl/styles.xml': strToU8(marked) }));
}
