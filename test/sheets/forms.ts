/** Workbooks as people fill them in: our own export, and sheets laid out cell by cell. */
import { tables } from '../../entities/tables';
import { loadLibrary } from '../../src/sheets/library';
import { type SheetData, writeWorkbook } from '../../src/sheets/workbook';
import type { TableDefinition, Values } from '../../src/table/definition';

type CellValue = string | number | boolean | Date | null | { formula: string; result?: string | number };

export interface SheetForm {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[])[];
  readonly merges?: readonly string[];
  readonly hidden?: boolean;
}

export function tableNamed(name: string): TableDefinition {
  const table = tables.find((each) => each.name === name);
  if (!table) throw new Error(`there is no table ${name}`);
  return table;
}

/** Our own export of one unit's figures and list. */
export function exported(figures: Values, projects: readonly Values[], extra: Partial<SheetData> = {}) {
  const page = { scope: '光山县', period: '2025-06', filedOn: '2025年7月2日', totals: null, blanks: 13, ...extra };
  return writeWorkbook([
    { ...page, definition: tableNamed('statistics'), rows: [{ label: null, values: figures }] },
    { ...page, definition: tableNamed('project'), rows: projects.map((values) => ({ label: null, values })) },
  ]);
}

/** A workbook typed by hand. */
export async function typed(...forms: readonly SheetForm[]): Promise<Buffer> {
  const { Workbook } = await loadLibrary();
  const workbook = new Workbook();
  for (const { name, rows, merges = [], hidden = false } of forms) {
    const sheet = workbook.addWorksheet(name, hidden ? { state: 'hidden' } : {});
    for (const [at, row] of rows.entries()) {
      for (const [column, value] of row.entries()) if (value !== null) sheet.getCell(at + 1, column + 1).value = value;
    }
    for (const area of merges) sheet.mergeCells(area);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** The head of 附件2 as it is printed. */
export const projectHead = [
  '序号',
  '达成许可的专利权人名称',
  '达成许可的被许可人名称',
  '达成许可涉及专利的专利号*',
  '达成许可的使用费金额*（万元）',
  '备注',
] as const;
