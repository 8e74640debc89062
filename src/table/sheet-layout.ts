/** How a table is laid out on its official sheet: what belongs to the document rather than to a field. */

/** A head cell; `children` share its width below it, a leaf names the field whose values stand in the column. */
export interface HeadCell<Key extends string = string> {
  readonly title: string;
  readonly field?: Key;
  /** Column width in characters; for leaves. */
  readonly width?: number;
  readonly children?: readonly HeadCell<Key>[];
}

export interface SheetLayout<Key extends string = string> {
  /** Name of the sheet in the workbook: 附件1. */
  readonly sheet: string;
  /** Head lines above the columns; `{unit}`, `{year}`, `{month}` and `{filed}` (填报时间) are filled in. */
  readonly titleLine: string;
  readonly headLines: readonly string[];
  /** Columns after 序号, which every official sheet begins with. */
  readonly columns: readonly HeadCell<Key>[];
  readonly footnote: string | null;
  readonly landscape: boolean;
}
