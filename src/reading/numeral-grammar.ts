/**
 * One numeral, whole, → its exact value: Arabic (1,020 · 1.2), Chinese (一千零二十 · 廿八), as spoken (一百二 · 三万五) and mixed (1万2).
 * What two people could read in two ways (七八 · 一百零二十 · 1万20) is null: the caller asks.
 */
import Decimal from 'decimal.js';

type Token =
  | { readonly kind: 'digit'; readonly value: number }
  | { readonly kind: 'arabic'; readonly value: Decimal; readonly length: number; readonly whole: boolean }
  | { readonly kind: 'unit'; readonly value: number }
  | { readonly kind: 'point' };

const digitValues = new Map(
  ['零〇○', '一壹幺', '二贰两', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap((characters, value) =>
    [...characters].map((character) => [character, value] as const),
  ),
);
const unitValues = new Map<string, number>([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
  ['k', 1000],
  ['K', 1000],
  ['万', 1e4],
  ['w', 1e4],
  ['W', 1e4],
  ['亿', 1e8],
]);
/** 廿 and 卅 stand for two characters. */
const contractions: Readonly<Record<string, string>> = { 廿: '二十', 卅: '三十' };
const arabic = /(?:[1-9]\d{0,2}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/y;

/** Characters that a numeral may be made of, for a regular expression's class. */
export const numeralCharacters = `${[...digitValues.keys()].join('').replace('幺', '')}十拾百佰千仟万亿廿卅`;

/** The exact value, or null when the text is no numeral or not one that has a single reading. */
export function evaluateNumeral(text: string): Decimal | null {
  const tokens = tokenise(text.replace(/[廿卅]/g, (character) => contractions[character] ?? character));
  return tokens && tokens.length > 0 ? evaluate(tokens) : null;
}

function tokenise(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (!token) return null;
    tokens.push(token.token);
    at += token.length;
  }
  return tokens;
}

function tokenAt(text: string, at: number): { token: Token; length: number } | null {
  arabic.lastIndex = at;
  const number = arabic.exec(text)?.[0];
  if (number) return arabicToken(number);
  const character = text.charAt(at);
  const digit = digitValues.get(character);
  if (digit !== undefined) return { token: { kind: 'digit', value: digit }, length: 1 };
  const unit = unitValues.get(character);
  if (unit !== undefined) return { token: { kind: 'unit', value: unit }, length: 1 };
  return character === '点' ? { token: { kind: 'point' }, length: 1 } : null;
}

/** 007 and 027 look like codes, not like figures. */
function arabicToken(number: string): { token: Token; length: number } | null {
  if (/^0\d/.test(number)) return null;
  const plain = number.replaceAll(',', '');
  const whole = /^\d+$/.test(plain);
  return { token: { kind: 'arabic', value: new Decimal(plain), length: plain.length, whole }, length: number.length };
}

function evaluate(tokens: readonly Token[]): Decimal | null {
  const units = tokens.flatMap((token) => (token.kind === 'unit' ? [token.value] : []));
  const point = tokens.findIndex((token) => token.kind === 'point');
  const isPointLast = point >= 0 && !tokens.slice(point).some((token) => token.kind === 'unit');
  if (isPointLast) return evaluateDecimal(tokens.slice(0, point), tokens.slice(point + 1));
  if (units.length === 0) return evaluateWithoutUnits(tokens);
  const unit = Math.max(...units);
  const at = tokens.findIndex((token) => token.kind === 'unit' && token.value === unit);
  const factor = evaluateFactor(tokens.slice(0, at), unit);
  if (!factor) return null;
  const remainder = evaluateRemainder(tokens.slice(at + 1), unit, factor.isInteger() && !factor.isZero());
  return remainder ? factor.times(unit).plus(remainder) : null;
}

function evaluateWithoutUnits(tokens: readonly Token[]): Decimal | null {
  const [only] = tokens;
  if (tokens.length === 1 && only && only.kind !== 'point') return new Decimal(only.value);
  return evaluatePlaces(tokens);
}

/** 一〇二: digit by digit, only where a zero inside shows it; 三五 may be 35 or 三到五. */
function evaluatePlaces(tokens: readonly Token[]): Decimal | null {
  const digits = tokens.flatMap((token) => (token.kind === 'digit' ? [token.value] : []));
  const isPlain = digits.length === tokens.length && digits.length >= 3 && digits[0] !== 0;
  return isPlain && digits.includes(0) ? new Decimal(digits.join('')) : null;
}

/** 四十八点二, 零点五, 48点2 */
function evaluateDecimal(before: readonly Token[], after: readonly Token[]): Decimal | null {
  const whole = evaluate(before);
  const places = after.map((token) => {
    if (token.kind === 'digit') return String(token.value);
    return token.kind === 'arabic' && token.whole ? token.value.toFixed() : null;
  });
  if (!whole?.isInteger() || places.length === 0 || places.includes(null)) return null;
  return new Decimal(`${whole.toFixed()}.${places.join('')}`);
}

/** What stands before a unit: a digit before 十 百 千, any numeral below it before 万 and 亿; 十 may stand alone. */
function evaluateFactor(tokens: readonly Token[], unit: number): Decimal | null {
  const [only] = tokens;
  if (!only) return unit === 10 ? new Decimal(1) : null;
  if (tokens.some((token) => token.kind === 'point')) return evaluatePointed(tokens, unit);
  // 0万元 is how a form prints nothing.
  if (unit >= 1e4 && tokens.length === 1 && only.kind === 'arabic') return only.value;
  if (unit >= 1e4) return positive(evaluate(tokens));
  if (tokens.length > 1 || only.kind === 'unit' || only.kind === 'point') return null;
  if (only.kind === 'arabic' && (unit === 10 || only.value.gte(10) || (unit === 100 && !only.whole))) return null;
  return positive(new Decimal(only.value));
}

/** 一点二万, 四十八点二万; nobody says 一点二百. */
function evaluatePointed(tokens: readonly Token[], unit: number): Decimal | null {
  const point = tokens.findIndex((token) => token.kind === 'point');
  return unit >= 1000 ? positive(evaluateDecimal(tokens.slice(0, point), tokens.slice(point + 1))) : null;
}

function positive(value: Decimal | null): Decimal | null {
  return value?.gt(0) ? value : null;
}

/** What stands after a unit: nothing, 零 and something small, one digit of the next lower unit, or a numeral below it. */
function evaluateRemainder(tokens: readonly Token[], unit: number, isWholeFactor: boolean): Decimal | null {
  const [first] = tokens;
  if (!first) return new Decimal(0);
  if (!isWholeFactor) return null;
  const isZero = (token: Token) => token.kind === 'digit' && token.value === 0;
  if (isZero(first)) return below(evaluateUnlessZero(tokens.slice(1)), unit / 10);
  if (tokens.length === 1 && first.kind === 'digit') return new Decimal(first.value).times(unit / 10);
  if (tokens.length === 1 && first.kind === 'arabic') return evaluateArabicRemainder(first, unit);
  if (!tokens.some((token) => token.kind === 'unit')) return null;
  return below(evaluate(tokens), unit);
}

function evaluateUnlessZero(tokens: readonly Token[]): Decimal | null {
  return tokens.length > 0 ? positive(evaluate(tokens)) : null;
}

/** 1万2 is 12000 and 1万2000 too; 1万20 could be either kind. */
function evaluateArabicRemainder(
  token: { value: Decimal; length: number; whole: boolean },
  unit: number,
): Decimal | null {
  if (!token.whole) return null;
  if (token.length === 1) return positive(token.value)?.times(unit / 10) ?? null;
  return token.length === Math.log10(unit) ? token.value : null;
}

function below(value: Decimal | null, limit: number): Decimal | null {
  return value?.lt(limit) && value.isInteger() ? value : null;
}
