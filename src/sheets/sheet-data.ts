/** What an official workbook is written from; callers fill these in from filings. */
import type { TableDefinition, Values } from '../table/definition';

export interface SheetRow {
  /** The unit, when the sheet covers several: such a sheet has the column 县区 after 序号. */
  readonly label: string | null;
  readonly values: Values;
  /** 未报, 迟报 …; a sheet on which any row has one gets the column 报送情况 at its end. */
  readonly status?: string;
}

export interface SheetData {
  readonly definition: TableDefinition;
  /** Whom the sheet is for, as in its title: 光山县, 信阳市. */
  readonly scope: string;
  /** `2025-06` */
  readonly period: string;
  /** 填报时间 as it reads: `2025年7月2日`; null leaves the official blank. */
  readonly filedOn: string | null;
  readonly rows: readonly SheetRow[];
  /** Values of the 合计 row; null when there is none. */
  readonly totals: Values | null;
  /** The body is filled up with empty rows to this many; the printed form has 13. */
  readonly blanks: number;
}
