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

// biome-ignore lint/suspicious/noExplicitAny: XML as it comes.
type Node = any;

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
  const styles: Node = parser.parse(read('xl/styles.xml')).styleSheet;
  const strings: Node[] = parser.parse(read('xl/sharedStrings.xml')).sst?.si ?? [];
  return parser.parse(workbookXml).workbook.sheets.sheet.map(({ name }: Node, index: number) => {
    const xml = read(`xl/worksheets/sheet${index + 1}.xml`);
    const sheet: Node = parser.parse(xml).worksheet;
    const cells: Node[] = sheet.sheetData.row.flatMap((row: Node) => row.c ?? []);
    return {
      name,
      cells: new Map(cells.map((cell) => [cell.r, openCell(cell, styles, strings)])),
      merges: (sheet.mergeCells?.mergeCell ?? []).map((area: Node) => area.ref),
      xml,
      workbookXml,
    };
  });
}

function openCell(cell: Node, styles: Node, strings: Node[]): OpenedCell {
  const xf: Node = styles.cellXfs.xf[Number(cell.s ?? 0)];
  const custom = (styles.numFmts?.numFmt ?? []).find((each: Node) => each.numFmtId === xf.numFmtId);
  const border: Node = styles.borders.border[Number(xf.borderId)];
  return {
    type: cell.t,
    value: cell.t === 's' ? textOf(strings[Number(cell.v)]) : String(cell.v ?? ''),
    format: custom?.formatCode ?? xf.numFmtId,
    quotePrefix: xf.quotePrefix === '1',
    wrapped: xf.alignment?.wrapText === '1',
    bordered: ['left', 'right', 'top', 'bottom'].every((side) => border[side]?.style === 'thin'),
  };
}

const textOf = (string: Node): string => (typeof string.t === 'object' ? string.t['#text'] : string.t);

/** The values of one row, by column letter, without empty cells. */
export function rowOf(sheet: OpenedSheet, row: number): Record<string, string> {
  const inRow = [...sheet.cells].filter(([address, cell]) => address.replace(/\D/g, '') === String(row) && cell.value);
  return Object.fromEntries(inRow.map(([address, cell]) => [address.replace(/\d/g, ''), cell.value]));
}
