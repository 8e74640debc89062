/** The layouts of a table that declares none: one head row, every figure totalled. */
import type { BulletinLayout } from './bulletin-layout';
import type { FieldDefinition } from './definition';
import type { SheetLayout } from './sheet-layout';

export function simpleSheetLayout(
  table: { attachment: string; title: string },
  fields: readonly FieldDefinition[],
): SheetLayout {
  return {
    sheet: table.attachment,
    titleLine: `{unit}${table.title}(截至 {year}年{month}月底)`,
    headLines: ['填报单位(盖章):{unit}', '填报时间:{filed}'],
    columns: fields.map((field) => ({ title: field.name, field: field.key, width: field.kind === 'text' ? 24 : 14 })),
    footnote: null,
    landscape: true,
  };
}

export function simpleBulletinLayout(fields: readonly FieldDefinition[]): BulletinLayout {
  return {
    totals: fields.filter((field) => field.kind === 'count' || field.kind === 'amount').map((field) => field.key),
  };
}
