/** The totals of a bulletin against last month. Sums are exact decimals, and a blank figure is left out, never a zero. */
import Decimal from 'decimal.js';
import type { FigureLine } from '../channels/content';
import { type FieldDefinition, fieldOf, type TableDefinition, type Values } from '../table/definition';
import { type BulletinUnit, namesOf } from './unit-progress';

export interface Totals {
  readonly figures: readonly FigureLine[];
  /** What was left out of which total, and why. */
  readonly notes: readonly string[];
}

export function totalsOf(definition: TableDefinition, counted: readonly BulletinUnit[]): Totals {
  const fields = definition.bulletin.totals
    .map((key) => fieldOf(definition, key))
    .filter(({ kind }) => kind === 'count' || kind === 'amount');
  return {
    figures: fields.map((field) => totalLine(field, counted)),
    notes: fields.flatMap((field) => leftOut(field, counted)),
  };
}

/** The bare sums of a sheet's 合计 row; a figure that nobody gave has no sum. */
export function sumsOf(definition: TableDefinition, filed: readonly Values[]): Values {
  const sums = definition.bulletin.totals.flatMap((key) => {
    const given = filed.flatMap((values) => values[key] ?? []);
    return given.length > 0 ? [[key, sum(given).toFixed()]] : [];
  });
  return Object.fromEntries(sums);
}

/** +3, -1, 持平 */
export function formatChange(before: Decimal.Value, after: Decimal.Value): string {
  const change = new Decimal(after).minus(before);
  if (change.isZero()) return '持平';
  return `${change.isPositive() ? '+' : ''}${change.toFixed()}`;
}

/**
 * The comparison is between the same units. When some of them have no figure of last month, the whole of last month
 * would mislead, so the line gives the change of the others alone.
 */
function totalLine(field: FieldDefinition, counted: readonly BulletinUnit[]): FigureLine {
  const given = counted.filter((unit) => unit.values?.[field.key]);
  if (given.length === 0) return { label: field.short, value: '—', before: null, change: null };
  const comparable = given.filter((unit) => unit.lastValues?.[field.key]);
  const total = sum(given.map(({ values }) => values?.[field.key]));
  const before = sum(comparable.map(({ lastValues }) => lastValues?.[field.key]));
  const change = formatChange(before, sum(comparable.map(({ values }) => values?.[field.key])));
  const line = { label: field.short, value: `${total.toFixed()}${field.unit}` };
  if (comparable.length === 0) return { ...line, before: null, change: null };
  if (comparable.length < given.length) return { ...line, before: null, change: `可比${comparable.length}家${change}` };
  return { ...line, before: before.toFixed(), change };
}

function leftOut(field: FieldDefinition, counted: readonly BulletinUnit[]): readonly string[] {
  const blank = counted.filter((unit) => !unit.values?.[field.key]);
  const notApplicable = blank.filter((unit) => unit.notApplicable?.includes(field.key));
  const unfilled = blank.filter((unit) => !notApplicable.includes(unit));
  return [
    ...(unfilled.length > 0 ? [`${field.short}：${unfilled.length}家未填（${namesOf(unfilled)}），未计入合计`] : []),
    ...(notApplicable.length > 0
      ? [`${field.short}：${notApplicable.length}家不适用（${namesOf(notApplicable)}）`]
      : []),
  ];
}

function sum(values: readonly (string | undefined)[]): Decimal {
  return values.reduce((total, value) => (value ? total.plus(value) : total), new Decimal(0));
}
