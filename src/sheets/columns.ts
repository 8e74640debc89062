/** The columns of one sheet: 序号, the unit where there are several, the official columns, the state where one is given. */
import { type FieldDefinition, fieldOf, type Values } from '../table/definition';
import type { HeadCell } from '../table/sheet-layout';
import { type CellContent, contentOf, empty, numberOf, textOf } from './content';
import { leavesOf } from './head';
import type { SheetData, SheetRow } from './sheet-data';

export interface SheetColumn {
  readonly width: number;
  readonly align: 'center' | 'left';
  /** What stands in a row, which is the `number`th. */
  inRow(row: SheetRow, number: number): CellContent;
  /** What stands in the 合计 row. */
  inTotals(totals: Values): CellContent;
}

export interface SheetColumns {
  readonly head: readonly HeadCell[];
  readonly columns: readonly SheetColumn[];
  /** How many columns stand before the official ones; 合计 spans them. */
  readonly leading: number;
}

const defaultWidth = 14;

const serial: SheetColumn = {
  width: 6,
  align: 'center',
  inRow: (_row, number) => numberOf(String(number)),
  inTotals: () => textOf('合计'),
};

const unit: SheetColumn = {
  width: 14,
  align: 'center',
  inRow: (row) => textOf(row.label ?? ''),
  inTotals: () => empty,
};

const state: SheetColumn = {
  width: 10,
  align: 'center',
  inRow: (row) => textOf(row.status ?? ''),
  inTotals: () => empty,
};

/** An official column; a leaf without a field is a column to write in by hand. */
function official(field: FieldDefinition | null, width: number): SheetColumn {
  const content = (values: Values) => (field ? contentOf(field, values[field.key]) : empty);
  const isNumber = field?.kind === 'count' || field?.kind === 'amount';
  return {
    width,
    align: isNumber || field?.kind === 'choice' ? 'center' : 'left',
    inRow: (row) => content(row.values),
    inTotals: content,
  };
}

export function columnsOf({ definition, rows }: SheetData): SheetColumns {
  const hasUnits = rows.some((row) => row.label !== null);
  const hasStates = rows.some((row) => row.status);
  const leaves = leavesOf(definition.sheet.columns);
  return {
    head: [
      { title: '序号' },
      ...(hasUnits ? [{ title: '县区' }] : []),
      ...definition.sheet.columns,
      ...(hasStates ? [{ title: '报送情况' }] : []),
    ],
    columns: [
      serial,
      ...(hasUnits ? [unit] : []),
      ...leaves.map((leaf) =>
        official(leaf.field ? fieldOf(definition, leaf.field) : null, leaf.width ?? defaultWidth),
      ),
      ...(hasStates ? [state] : []),
    ],
    leading: hasUnits ? 2 : 1,
  };
}
