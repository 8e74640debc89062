/** A row of a list's sheet as an entry: its cells read, what has no column inferred, the notice's rules on it checked. */
import Decimal from 'decimal.js';
import type { Entry } from '../filing/lists';
import type { ReadCell, ReadRow } from '../sheets/official';
import type { FieldDefinition, TableDefinition, Values } from '../table/definition';
import { isSame } from './same';
import { readCell } from './values';

/** Something in a file that cannot be imported. */
export interface Wrong {
  readonly row: ReadRow | null;
  /** Null when it is the row as a whole. */
  readonly cell: ReadCell | null;
  /** What is wrong, beginning with the name of its field. */
  readonly reason: string;
  /** Key of the field to be mended; null when it is not one. */
  readonly field: string | null;
}

export interface RowReading {
  readonly row: ReadRow;
  readonly serial: number | null;
  /** What could be read. */
  readonly values: Values;
  readonly wrong: readonly Wrong[];
}

/** The cells by themselves, before it is known which entry they speak of. */
export function readCells(list: TableDefinition, row: ReadRow): RowReading {
  const values: Record<string, string> = {};
  const wrong: Wrong[] = [];
  for (const field of list.fields) {
    const cell = row.cells[field.key];
    if (!cell) continue;
    const reading = readCell(field, cell);
    if (reading.kind === 'value') values[field.key] = reading.value;
    else if (reading.kind !== 'blank') {
      const reason = reading.kind === 'absent' ? `“${cell.text}”不能用在这一列` : reading.reason;
      wrong.push({ row, cell, reason: `${field.short}${reason}`, field: field.key });
    }
  }
  return { row, serial: row.serial, values: withoutFee(list, row, values), wrong };
}

/** 使用费 left blank beside 免费 in the remark is 0, as the footnote wants it written. */
function withoutFee(list: TableDefinition, row: ReadRow, values: Values): Values {
  const fee = list.fields.find((field) => field.kind === 'amount' && field.when?.otherwise === '0');
  if (!fee || values[fee.key] !== undefined || !row.cells[fee.key] || row.cells[fee.key]?.text !== '') return values;
  const saysFree = Object.values(values).some((value) => /^(免费|无偿|免费许可)$/.test(value) || value === 'free');
  return saysFree ? { ...values, [fee.key]: '0' } : values;
}

/** The whole entry; `before` is the one that it changes. */
export function completeRow(list: TableDefinition, reading: RowReading, before: Entry | null): RowReading {
  const { row } = reading;
  const values = inferMissing(list, row, { ...keptOf(list, reading, before), ...reading.values }, before);
  const wrong = [...reading.wrong, ...list.fields.flatMap((field) => blankOf(field, reading, values) ?? [])];
  if (wrong.length > 0) return { ...reading, values, wrong };
  const unclear = list.fields.flatMap((field) => unclearOf(field, row, values) ?? []);
  return { ...reading, values, wrong: unclear.length > 0 ? unclear : brokenRules(list, row, values) };
}

/** What the sheet has no column for stays as it is. */
function keptOf(list: TableDefinition, { row }: RowReading, before: Entry | null): Values {
  const kept = list.fields.filter((field) => !row.cells[field.key] && before?.values[field.key] !== undefined);
  return Object.fromEntries(kept.map((field) => [field.key, before?.values[field.key] ?? '']));
}

function inferMissing(list: TableDefinition, row: ReadRow, values: Values, before: Entry | null): Values {
  const complete: Record<string, string> = { ...values };
  if (before && saysNothingNew(list, values, before)) return complete;
  for (const field of list.fields) {
    if (!field.inferred || row.cells[field.key]) continue;
    const inferred = field.inferred(complete);
    if (inferred === null) delete complete[field.key];
    else complete[field.key] = inferred;
  }
  return complete;
}

/** What an inference rests on has not changed: the texts, and whether there is an amount at all. */
function saysNothingNew(list: TableDefinition, values: Values, before: Entry): boolean {
  return list.fields
    .filter((field) => field.when !== null)
    .every((field) => {
      const [now, then] = [values[field.key], before.values[field.key]];
      if (field.kind !== 'amount' || now === undefined || then === undefined) return isSame(field, now, then);
      return new Decimal(now).isZero() === new Decimal(then).isZero();
    });
}

function blankOf(field: FieldDefinition, { row, wrong }: RowReading, values: Values): Wrong | null {
  const cell = row.cells[field.key];
  if (!cell || !field.required || values[field.key] !== undefined) return null;
  return wrong.some((each) => each.field === field.key)
    ? null
    : { row, cell, reason: `${field.short}为空`, field: field.key };
}

/** A field without a column of its own, of which the others do not tell. */
function unclearOf(field: FieldDefinition, row: ReadRow, values: Values): Wrong | null {
  if (row.cells[field.key] || !field.required || values[field.key] !== undefined) return null;
  const options = field.options.map((option) => option.label).join('、');
  const reason = options === '' ? `缺少${field.short}` : `看不出${field.short}（${options}），请在备注写明`;
  return { row, cell: null, reason, field: field.key };
}

function brokenRules(list: TableDefinition, row: ReadRow, values: Values): readonly Wrong[] {
  return list.rules.flatMap((rule) => {
    const complaint = rule.check({ values, last: null, rowsOf: () => [] });
    if (complaint === null) return [];
    const field = rule.fields.find((key) => row.cells[key]) ?? null;
    return [{ row, cell: field === null ? null : (row.cells[field] ?? null), reason: complaint, field }];
  });
}
