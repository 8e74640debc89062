/** What became of figures, in words: 推送中小微300→260家. */
import type { FigureChange } from '../filing/versions';
import { showValue } from './wording';

export function showFigureChange({ field, before, after }: FigureChange): string {
  const isNumber = field.kind === 'count' || field.kind === 'amount';
  if (isNumber && before !== undefined && after !== undefined) return `${field.short}${before}→${after}${field.unit}`;
  const show = (value: string | undefined) => (value === undefined ? '未填' : showValue(field, value));
  return `${field.short}：${show(before)}→${show(after)}`;
}

export const showFigureChanges = (changes: readonly FigureChange[]): string => changes.map(showFigureChange).join('、');
