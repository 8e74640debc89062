/** One number for one field: may it be taken, or what must be asked? Counts are whole; money becomes 万元. */
import Decimal from 'decimal.js';
import type { FieldDefinition } from '../table/definition';
import { amountOf, isLike } from './amounts';
import type { NumberSpan } from './numerals';
import type { AskReason } from './reading';

export type FigureReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly reason: AskReason; readonly candidates: readonly string[] };

export interface FigureContext {
  readonly last: string | null;
  /** Nothing but the open question names the field: the number must be plausible, its counter exact. */
  readonly isBare: boolean;
}

/** Counters that may stand for the unit of a field; the second set only where the field is named. */
const counters: Readonly<Record<string, { readonly bare: string; readonly named: string }>> = {
  家: { bare: '家个户', named: '家个户所间' },
  件: { bare: '件个条', named: '件个条项' },
  项: { bare: '项个份笔宗', named: '项个份笔宗件条' },
};
/** What the column holds: a MySQL int. */
const largestCount = 2_147_483_647;

export function readFigure(field: FieldDefinition, span: NumberSpan, context: FigureContext): FigureReading {
  if (span.reading.kind !== 'exact') return refuse('vague');
  if (field.kind === 'count') return readCount(field, span, span.reading.value, context);
  if (field.kind === 'amount') return readMoney(span, context);
  return refuse('unreadable_value');
}

/** The values that a doubtful number may stand for, in the unit of the field. */
export function possibleValues(field: FieldDefinition, spans: readonly NumberSpan[]): readonly string[] {
  return spans.flatMap((span) => {
    const figure = readFigure(field, span, { last: null, isBare: false });
    return figure.ok ? [figure.value] : figure.candidates;
  });
}

function readCount(field: FieldDefinition, span: NumberSpan, text: string, context: FigureContext): FigureReading {
  const value = new Decimal(text);
  if (!fitsCounter(field, span.counter, context.isBare)) return refuse('unit', [text]);
  if (span.sign === '-' || value.isNegative()) return refuse('negative', [value.abs().toFixed()]);
  if (!value.isInteger()) return refuse('not_whole');
  if (value.gt(largestCount)) return refuse('too_large');
  const isOdd = isUnlike(value, context.last);
  // 27,135 without a counter may be two figures.
  const mayBeTwo = /\d,\d/.test(span.numeral) && span.counter === '' && !isLike(value, context.last);
  if ((context.isBare && isOdd) || (mayBeTwo && (context.isBare || isOdd))) return refuse('unlike_last', [text]);
  return { ok: true, value: value.toFixed() };
}

/** Below this a month's figure says little about the next: 1 → 6 is ordinary. */
const smallLast = 10;
/** But not 3 → 130. */
const largeAfterSmall = 50;

/** More than five times last month's figure or less than a fifth of it; after a small one, fifty and more. */
function isUnlike(value: Decimal, last: string | null): boolean {
  if (last === null) return false;
  return new Decimal(last).gte(smallLast) ? !isLike(value, last) : value.gte(largeAfterSmall);
}

export function fitsCounter(field: FieldDefinition, counter: string, isBare: boolean): boolean {
  if (counter === '' || counter === field.unit) return true;
  // 4所: schools and institutes are counted so.
  if (counter === '所') return /[校院所]/.test(field.short);
  const known = counters[field.unit];
  if (!known) return !isBare && counter === '个';
  return (isBare ? known.bare : known.named).includes(counter);
}

function readMoney(span: NumberSpan, context: FigureContext): FigureReading {
  const amount = amountOf(span, context);
  if (amount.kind === 'exact') return { ok: true, value: amount.value };
  return amount.kind === 'ask' ? refuse(amount.reason, amount.candidates) : refuse('unreadable_value');
}

function refuse(reason: AskReason, candidates: readonly string[] = []): FigureReading {
  return { ok: false, reason, candidates };
}
