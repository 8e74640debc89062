/** What stands in a cell as the text that a person would read off it, without thousands marks or powers of ten. */
import Decimal from 'decimal.js';
import type { Cell } from './library';

type CellValue = Cell['value'];

/** A cell's number is a double; what lies beyond its 15 digits is noise of binary fractions. */
const exactDigits = 15;

export function plainText(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return plainDate(value);
  return plainObject(value);
}

function plainObject(value: Exclude<CellValue, null | undefined | string | number | boolean | Date>): string {
  if ('richText' in value) return clean(value.richText.map((run) => run.text).join(''));
  if ('hyperlink' in value) return clean(String(value.text ?? ''));
  // A formula is never computed here: the result that the spreadsheet program stored beside it counts.
  if ('formula' in value || 'sharedFormula' in value) return plainText(value.result as CellValue);
  if ('error' in value) return String(value.error);
  return '';
}

const clean = (text: string): string => text.replaceAll(/\r\n?/g, '\n').trim();

function plainNumber(value: number): string {
  return Number.isFinite(value) ? new Decimal(value).toSignificantDigits(exactDigits).toFixed() : '';
}

/** A date in a cell has no zone; the library gives it as if it were UTC. */
function plainDate(value: Date): string {
  if (Number.isNaN(value.getTime())) return '';
  const [day = '', time = ''] = value.toISOString().split('T');
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}`;
}
