/** Official workbooks: the declared layout with the figures in it, as an .xlsx file ready to print on A4. */
import { type CellContent, looksLikeFormula } from './content';
import { type Cell, loadLibrary, type Workbook, type Worksheet } from './library';
import { type Box, type BoxStyle, layPage, type Page, rowHeights } from './page';
import { addQuotePrefix, guardedFormat } from './quote-prefix';
import type { SheetData } from './sheet-data';
import { nameSheets } from './sheet-names';

export type { SheetData, SheetRow } from './sheet-data';

const a4 = 9;
const margins = { left: 0.5, right: 0.5, top: 0.7, bottom: 0.6, header: 0.3, footer: 0.3 };
const fonts: Readonly<Record<BoxStyle, { name: string; size: number; bold: boolean }>> = {
  title: { name: '宋体', size: 18, bold: true },
  line: { name: '宋体', size: 12, bold: false },
  head: { name: '宋体', size: 11, bold: true },
  body: { name: '宋体', size: 11, bold: false },
  total: { name: '宋体', size: 11, bold: true },
  note: { name: '宋体', size: 11, bold: false },
};
const ruled: ReadonlySet<BoxStyle> = new Set(['head', 'body', 'total']);
const thin = { style: 'thin' } as const;
/** The format takes `_x0041_` in a text for the character of that code (ECMA-376 part 1, 22.9.2.19, ST_Xstring). */
const escapeLike = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Writes the sheets into one workbook, in their order. */
export async function writeWorkbook(sheets: readonly SheetData[]): Promise<Buffer> {
  const { Workbook } = await loadLibrary();
  const workbook = new Workbook();
  workbook.creator = '报送';
  const names = nameSheets(sheets);
  for (const [index, data] of sheets.entries()) {
    const page = layPage(data);
    drawPage(addSheet(workbook, names[index] ?? data.definition.name, page), page);
  }
  return addQuotePrefix(new Uint8Array(await workbook.xlsx.writeBuffer()));
}

function addSheet(workbook: Workbook, name: string, { headRows, landscape }: Page): Worksheet {
  return workbook.addWorksheet(name, {
    pageSetup: {
      paperSize: a4,
      orientation: landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      printTitlesRow: headRows.join(':'),
      margins,
    },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
    views: [{ state: 'frozen', xSplit: 0, ySplit: headRows[1] }],
  });
}

function drawPage(sheet: Worksheet, page: Page): void {
  page.widths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  rowHeights(page).forEach((height, index) => {
    sheet.getRow(index + 1).height = height;
  });
  const looks: Looks = new Map();
  for (const box of page.boxes) drawBox(sheet, box, lookOf(box, looks));
}

/** Cells that look the same share one object, by which the library tells them to be the same; never changed once made. */
type Looks = Map<string, Cell['style']>;

function lookOf({ style, align, content }: Box, looks: Looks): Cell['style'] {
  const format = formatOf(content);
  const key = [style, align, format].join();
  const look = looks.get(key) ?? {
    font: fonts[style],
    alignment: { horizontal: align, vertical: 'middle', wrapText: true },
    ...(ruled.has(style) ? { border: { top: thin, left: thin, bottom: thin, right: thin } } : {}),
    ...(format ? { numFmt: format } : {}),
  };
  looks.set(key, look);
  return look;
}

function formatOf(content: CellContent): string | null {
  if (content.kind === 'number') return content.format;
  return content.kind === 'text' && looksLikeFormula(content.text) ? guardedFormat : null;
}

function drawBox(sheet: Worksheet, { top, left, bottom, right, content }: Box, look: Cell['style']): void {
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) sheet.getCell(row, column).style = look;
  }
  const cell = sheet.getCell(top, left);
  if (content.kind === 'number') cell.value = content.value;
  if (content.kind === 'text') cell.value = content.text.replaceAll(escapeLike, '_x005F_');
  if (top !== bottom || left !== right) {
    // Every cell of the area has its look already: merging as usual would copy the first one's over it.
    sheet.mergeCellsWithoutStyle(top, left, bottom, right);
  }
}
