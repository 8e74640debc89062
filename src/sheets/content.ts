/**
 * One value as a cell holds it: numbers that show exactly what was reported, texts that no spreadsheet program evaluates
 * or chokes on, and nothing at all where nothing was reported.
 */
import Decimal from 'decimal.js';
import { type FieldDefinition, valuesOf } from '../table/definition';

export type CellContent =
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: number; readonly format: string }
  | { readonly kind: 'text'; readonly text: string };

export const empty: CellContent = { kind: 'empty' };

/** A cell of the format holds this many characters (ECMA-376 leaves it open; Excel's specification says 32,767). */
const longestText = 32_767;
/** A cell's number is a double, of which Excel keeps 15 digits. */
const exactDigits = 15;

const decimalPattern = /^-?\d+(\.\d+)?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot carry these at all.
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFE\uFFFF]/g;
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
/** Signs that make a spreadsheet read what is typed as a formula; the full-width ones do so in Chinese editions. */
const formulaStart = /^\s*[=+\-@＝＋－＠]/;

/** The content of a field's cell; a value that is not a number, such as 不适用, is shown as it reads. */
export function contentOf(field: FieldDefinition, canonical: string | undefined): CellContent {
  if (canonical === undefined || canonical === '') return empty;
  if (field.kind === 'count' || field.kind === 'amount') return numberOf(canonical);
  if (field.kind === 'choice') return textOf(labelOf(field, canonical));
  return textOf(field.many ? valuesOf(canonical).join('\n') : canonical);
}

function labelOf(field: FieldDefinition, value: string): string {
  return field.options.find((option) => option.value === value)?.label ?? value;
}

/** A number with a format of just its own decimals; as text where a cell's double could not hold it exactly. */
export function numberOf(canonical: string): CellContent {
  if (!decimalPattern.test(canonical)) return textOf(canonical);
  const number = new Decimal(canonical);
  if (number.precision(true) > exactDigits) return textOf(canonical);
  const places = number.decimalPlaces();
  return { kind: 'number', value: number.toNumber(), format: places > 0 ? `0.${'0'.repeat(places)}` : '0' };
}

export function textOf(text: string): CellContent {
  const clean = text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(unprintable, '')
    .replaceAll(loneSurrogate, '');
  if (clean === '') return empty;
  return { kind: 'text', text: clean.length > longestText ? `${clean.slice(0, longestText - 1)}…` : clean };
}

/** Whether a spreadsheet would take the text for a formula once somebody edits its cell. */
export function looksLikeFormula(text: string): boolean {
  return formulaStart.test(text);
}
