/** What became of figures, in words: 推送中小微300→260家. */
import Decimal from 'decimal.js';
import type { FigureChange } from '../../filing/versions';
import type { FieldDefinition } from '../../table/definition';
import { showValue } from '../wording';

export function showFigureChange({ field, before, after }: FigureChange): string {
  const isNumber = field.kind === 'count' || field.kind === 'amount';
  if (isNumber && before !== undefined && after !== undefined) {
    const [from, to] = alike(field, before, after);
    return `${field.short}${from}→${to}${field.unit}`;
  }
  const show = (value: string | undefined) => (value === undefined ? '未填' : showValue(field, value));
  return `${field.short}：${show(before)}→${show(after)}`;
}

/** 2.9→2.0, not 2.9→2: two amounts side by side have as many decimals. */
function alike({ kind }: FieldDefinition, before: string, after: string): readonly [string, string] {
  if (kind !== 'amount') return [before, after];
  const places = Math.max(new Decimal(before).decimalPlaces(), new Decimal(after).decimalPlaces());
  return [new Decimal(before).toFixed(places), new Decimal(after).toFixed(places)];
}

export const showFigureChanges = (changes: readonly FigureChange[]): string => changes.map(showFigureChange).join('、');
