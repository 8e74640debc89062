/**
 * Money in words → 万元, exact (decimal.js). The forms count in 万元, people speak of 元, 万 and 千: where the unit is left open
 * (3千, 45000) the bot asks and offers both readings.
 */
import Decimal from 'decimal.js';
import type { NumberSpan } from './numerals';
import { findNumbers } from './numerals';

export type AmountReading =
  /** In 万元, plain notation. */
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'ask'; readonly reason: AmountDoubt; readonly candidates: readonly string[] }
  | { readonly kind: 'none' };

export type AmountDoubt = 'vague' | 'unit' | 'unlike_last' | 'negative' | 'relative' | 'too_precise';

export interface AmountContext {
  /** Last month's figure in 万元. */
  readonly last: string | null;
  readonly isBare: boolean;
}

const yuan = /^(?:元整?|块钱?)$/;
/** A figure without 元 or 万 from here on may just as well be meant in 元. */
const largestPlainAmount = 1000;
/** Six places of a 万元 are a hundredth of a 元. */
const places = 6;

/** A whole text as one amount; `last` is last month's figure in 万元, against which a bare number is held. */
export function readAmount(text: string, last: string | null = null): AmountReading {
  const spans = findNumbers(text);
  const [span] = spans;
  return span && spans.length === 1 ? amountOf(span, { last, isBare: true }) : { kind: 'none' };
}

/** A number found in running text as an amount in 万元; a bare one, which no name goes with, must be like last month's. */
export function amountOf(span: NumberSpan, context: AmountContext): AmountReading {
  if (span.reading.kind !== 'exact') return ask('vague');
  if (span.sign === '+') return ask('relative');
  const value = new Decimal(span.reading.value);
  if (value.isNegative()) return ask('negative');
  if (yuan.test(span.counter)) return exactly(value.dividedBy(1e4));
  if (span.counter === '万元') return exactly(value);
  if (span.counter !== '') return ask('unit');
  return withoutYuan(span, value, context);
}

function withoutYuan(span: NumberSpan, value: Decimal, { last, isBare }: AmountContext): AmountReading {
  // 48.2万, 三万五, 1.2亿: whoever says 万 or 亿 of money means 元.
  if (/[万亿wW]/.test(span.numeral)) return exactly(value.dividedBy(1e4));
  const asYuan = value.dividedBy(1e4).toFixed();
  const both = { kind: 'ask', reason: 'unit', candidates: [asYuan, value.toFixed()] } as const;
  if (value.isZero()) return isBare ? unlessUnlike(value, last) : exactly(value);
  if (/[百佰千仟kK]/.test(span.numeral)) return both;
  if (value.gte(largestPlainAmount) && !isLike(value, last)) return both;
  return isBare ? unlessUnlike(value, last) : exactly(value);
}

function unlessUnlike(value: Decimal, last: string | null): AmountReading {
  if (last === null || new Decimal(last).lt(10) || isLike(value, last)) return exactly(value);
  return { kind: 'ask', reason: 'unlike_last', candidates: [value.toFixed(), value.dividedBy(1e4).toFixed()] };
}

/** Within a factor of five of last month's figure. */
export function isLike(value: Decimal, last: string | null): boolean {
  if (last === null) return false;
  const before = new Decimal(last);
  return value.lte(before.times(5)) && value.times(5).gte(before);
}

function exactly(value: Decimal): AmountReading {
  return value.decimalPlaces() > places ? ask('too_precise') : { kind: 'exact', value: value.toFixed() };
}

function ask(reason: AmountDoubt): AmountReading {
  return { kind: 'ask', reason, candidates: [] };
}
