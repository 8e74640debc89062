/** Opens a finished workbook without the library that wrote it: the ZIP's XML parts as they are. */
import { XMLParser } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';

export interface OpenedCell {
  /** `s` for text; undefined for a number or an empty cell. */
  type: string | undefined;
  value: string;
  format: string;
  quotePrefix: boolean;
  wrapped: boolean;
  bordered: boolean;
}

export interface OpenedSheet {
  name: string;
  cells: Map<string, OpenedCell>;
  merges: string[];
  xml: string;
  workbookXml: string;
}

/** The parts of the XML that the tests look at; a text with attributes comes as an object. */
interface StringNode {
  t: string | { '#text': string };
}
interface CellNode {
  r: string;
  s?: string;
  t?: string;
  v?: string;
}
interface SheetNode {
  sheetData: { row: { c?: CellNode[] }[] };
  mergeCells?: { mergeCell: { ref: string }[] };
}
interface StylesNode {
  numFmts?: { numFmt: { numFmtId: string; formatCode: string }[] };
  borders: { border: Record<string, { style?: string } | undefined>[] };
  cellXfs: { xf: { numFmtId: string; borderId: string; quotePrefix?: string; alignment?: { wrapText?: string } }[] };
}

const arrays = ['sheet', 'row', 'c', 'mergeCell', 'xf', 'border', 'numFmt', 'si'];
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => arrays.includes(name),
});

export function openWorkbook(bytes: Buffer): OpenedSheet[] {
  const parts = unzipSync(bytes);
  const read = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
  const workbookXml = read('xl/workbook.xml');
  const styles: StylesNode = parser.parse(read('xl/styles.xml')).styleSheet;
  const strings: StringNode[] = parser.parse(read('xl/sharedStrings.xml')).sst.si;
  const sheets: { name: string }[] = parser.parse(workbookXml).workbook.sheets.sheet;
  return sheets.map(({ name }, index) => {
    const xml = read(`xl/worksheets/sheet${index + 1}.xml`);
    const sheet: SheetNode = parser.parse(xml).worksheet;
    const cells = sheet.sheetData.row.flatMap((row) => row.c ?? []);
    return {
      name,
      cells: new Map(cells.map((cell) => [cell.r, openCell(cell, styles, strings)])),
      merges: (sheet.mergeCells?.mergeCell ?? []).map((area) => area.ref),
      xml,
      workbookXml,
    };
  });
}

function openCell(cell: CellNode, styles: StylesNode, strings: StringNode[]): OpenedCell {
  const xf = styles.cellXfs.xf[Number(cell.s ?? 0)]!;
  const custom = styles.numFmts?.numFmt.find((each) => each.numFmtId === xf.numFmtId);
  const border = styles.borders.border[Number(xf.borderId)]!;
  return {
    type: cell.t,
    value: cell.t === 's' ? textOf(strings[Number(cell.v)]!) : (cell.v ?? ''),
    format: custom?.formatCode ?? xf.numFmtId,
    quotePrefix: xf.quotePrefix === '1',
    wrapped: xf.alignment?.wrapText === '1',
    bordered: ['left', 'right', 'top', 'bottom'].every((side) => border[side]?.style === 'thin'),
  };
}

const textOf = ({ t }: StringNode): string => (typeof t === 'object' ? t['#text'] : t);

/** The values of one row, by column letter, without empty cells. */
export function rowOf(sheet: OpenedSheet, row: number): Record<string, string> {
  const inRow = [...sheet.cells].filter(([address, cell]) => address.replace(/\D/g, '') === String(row) && cell.value);
  return Object.fromEntries(inRow.map(([address, cell]) => [address.replace(/\d/g, ''), cell.value]));
}
