/** Whether two canonical values say the same: 3.0 and 3, one name with a blank more, numbers in another order. */
import Decimal from 'decimal.js';
import { type FieldDefinition, type Values, valuesOf } from '../table/definition';

const letters = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');

export function isSame(field: FieldDefinition, one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (field.kind === 'count' || field.kind === 'amount') return new Decimal(one).eq(other);
  if (field.kind === 'patents') return [...valuesOf(one)].sort().join() === [...valuesOf(other)].sort().join();
  return letters(one) === letters(other);
}

export const areSame = (fields: readonly FieldDefinition[], one: Values, other: Values): boolean =>
  fields.every((field) => isSame(field, one[field.key], other[field.key]));
