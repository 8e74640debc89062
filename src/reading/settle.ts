/** Statements that name their field → what is taken and what is asked. The unnamed ones are left to the open question. */
import Decimal from 'decimal.js';
import type { FieldDefinition } from '../table/definition';
import { aliasesOf } from './field-names';
import { possibleValues, readFigure } from './figures';
import type { Ask, AskReason, ReadingContext } from './reading';
import { askAbout, candidateFor, fieldIn } from './reading';
import { asking, merge, nothing, type Settled } from './settled';
import type { StatedNumber, Statement } from './statement';
import { settleState } from './states';

export interface Scene {
  readonly context: ReadingContext;
  /** Keys of all fields that the message names. */
  readonly named: readonly (readonly string[])[];
  /** Keys of those among them that it gives a value. */
  readonly answered: readonly string[];
  /** Where the first named statement begins. */
  readonly firstNamed: number | null;
  /** The message as it was written. */
  readonly text: string;
}

/** The number a statement comes down to: what it was changed to, or the only plain one. */
export function finalNumbers(statement: Statement): readonly StatedNumber[] {
  const changed = statement.numbers.filter((number) => number.role === 'final').slice(-1);
  const numbers = changed.length > 0 ? changed : statement.numbers.filter((number) => number.role === 'plain');
  const key = ({ span }: StatedNumber) =>
    span.reading.kind === 'exact' ? span.reading.value + span.counter : span.text;
  return numbers.filter((number, at) => numbers.findIndex((other) => key(other) === key(number)) === at);
}

export function settleNamed(statement: Statement, scene: Scene): Settled {
  const keys = [...new Set(statement.names.flatMap((name) => name.keys))];
  const fields = keys.flatMap((key) => fieldIn(scene.context, key) ?? []);
  const words = scene.text.slice(statement.start, statement.end);
  if (fields.length === 0) return hasValue(statement) ? asking(unknownField(words)) : nothing;
  if (statement.states.includes('unknown') && statement.numbers.length === 0) return nothing;
  const numbers = finalNumbers(statement);
  if (numbers.length > 0) return settleNumbers(statement, numbers, { fields, words, scene });
  const relative = statement.numbers.find((number) => number.role === 'relative');
  const [only] = fields;
  if (relative && only) return asking(askRelative(only, relative, words, scene.context));
  return settleStates(statement, { fields, words, scene });
}

interface Named {
  readonly fields: readonly FieldDefinition[];
  readonly words: string;
  readonly scene: Scene;
}

function settleNumbers(statement: Statement, numbers: readonly StatedNumber[], named: Named): Settled {
  const { fields, words, scene } = named;
  const [number, second] = numbers;
  const [field] = fields;
  if (!number || !field) return nothing;
  const shared = distribute(fields, statement, words, scene);
  if (shared) return shared;
  if (second)
    return asking({ ...askAbout(field, 'two_values', words, valuesFor(field, numbers)), fields: keysOf(fields) });
  if (fields.length > 1 || statement.names.some((name) => name.isDoubtful))
    return asking(askWhich(fields, number, words));
  if (isCut(number, scene.text)) return asking(askAbout(field, 'two_values', words));
  const rivals = rivalsOf(statement, field, number, scene);
  if (rivals.length > 0) return asking(askWhich([field, ...rivals], number, words));
  if (statement.isUnclear || statement.isDenied || number.isUnclear)
    return asking(askAbout(field, 'unclear', words, valuesFor(field, [number])));
  if (contradictsState(statement, number, scene.context.last[field.key])) {
    return asking(askAbout(field, 'two_values', words, valuesFor(field, [number])));
  }
  if (isBase(number, statement, scene.context.last[field.key]))
    return asking(askSum(field, statement, words, scene.context));
  return settleFigure(field, number, words, scene.context);
}

/** 高校院所、企业、专利分别是4、27、135: as many figures as names, in their order. */
function distribute(
  fields: readonly FieldDefinition[],
  statement: Statement,
  words: string,
  scene: Scene,
): Settled | null {
  const numbers = statement.numbers.filter((number) => number.role === 'plain');
  const isSound = statement.states.length === 0 && !statement.isUnclear && numbers.every((number) => !number.isUnclear);
  const fits = fields.length > 1 && numbers.length === fields.length && statement.numbers.length === numbers.length;
  if (!fits || !isSound || statement.names.some((name) => name.isDoubtful || name.keys.length > 1)) return null;
  return merge(
    fields.map((field, at) => {
      const number = numbers[at];
      return number ? settleFigure(field, number, words, scene.context) : nothing;
    }),
  );
}

/** 118加17 after 118 last month: the number is what was added to, not the figure. */
export function isBase(number: StatedNumber, statement: Statement, last: string | undefined): boolean {
  const isMoved = statement.numbers.some(({ role, span }) => role === 'relative' && span.reading.kind === 'exact');
  return isMoved && last !== undefined && exactValues([number])[0] === last;
}

export function askSum(field: FieldDefinition, statement: Statement, words: string, context: ReadingContext): Ask {
  const change = statement.numbers.find(({ role }) => role === 'relative');
  return change ? askRelative(field, change, words, context) : askAbout(field, 'relative', words);
}

/** 2,7 is no thousands' grouping: one figure with a slip in it, or two. */
function isCut({ span }: StatedNumber, text: string): boolean {
  return span.counter === '' && /^,\d/.test(text.slice(span.end));
}

/** 不变，还是24 is one figure said twice, as long as it is last month's. */
export function contradictsState(statement: Statement, number: StatedNumber, last: string | undefined): boolean {
  const [value] = exactValues([number]);
  if (statement.states.includes('same')) return value !== last;
  return statement.states.length > 0 && !(statement.states.every((state) => state === 'zero') && value === '0');
}

function settleFigure(field: FieldDefinition, number: StatedNumber, words: string, context: ReadingContext): Settled {
  const figure = readFigure(field, number.span, { last: context.last[field.key] ?? null, isBare: false });
  if (!figure.ok) return asking(askAbout(field, figure.reason, words, figure.candidates));
  if (field.derived) return { ...nothing, derived: { [field.key]: figure.value } };
  return { ...nothing, taken: [{ kind: 'value', field: field.key, value: figure.value, words }] };
}

/**
 * 企业42家 may mean either of two fields whose names end in 企业. Not so when the message tells them apart: it names the other one
 * too, follows the official order, answers the open question, or assigns (企业改成42, 企业28).
 */
function rivalsOf(
  statement: Statement,
  field: FieldDefinition,
  number: StatedNumber,
  scene: Scene,
): readonly FieldDefinition[] {
  const { context } = scene;
  const alias = statement.names.at(-1)?.alias ?? '';
  if (alias === '' || field.derived || context.asked === field.key) return [];
  const rivals = context.fields.filter((other) => other.key !== field.key && isRival(other, field, alias));
  if (rivals.length === 0 || statement.isExplicit || isOfOwn(statement, scene)) return [];
  const others = scene.named.flat();
  const before = context.fields[context.fields.indexOf(field) - 1];
  const isTold =
    rivals.some((rival) => others.includes(rival.key)) || (before?.unit === field.unit && others.includes(before.key));
  if (isTold) return [];
  const isAsked = rivals.some((rival) => rival.key === context.asked);
  return number.span.counter !== '' || isAsked ? rivals : [];
}

/** 我县企业27家 is about the county's firms, not about whom something was sent to. */
const isOfOwn = (statement: Statement, { text }: Scene): boolean =>
  /(?:我们?|咱们?|本|全)(?:县|区|局|辖区)?的?$/.test(text.slice(0, statement.start));

function isRival(other: FieldDefinition, field: FieldDefinition, alias: string): boolean {
  const isSameKind = other.kind === field.kind && other.unit === field.unit && other.derived === null;
  return isSameKind && aliasesOf(other).some((name) => name.length > alias.length && name.endsWith(alias));
}

function settleStates(statement: Statement, named: Named): Settled {
  const { fields, words, scene } = named;
  const [state] = statement.states;
  if (!state) return nothing;
  const doubtful = statement.names.some((name) => name.isDoubtful) || new Set(statement.states).size > 1;
  if (doubtful || statement.isUnclear || statement.isDenied)
    return merge(fields.map((field) => asking(askAbout(field, 'unclear', words))));
  return merge(
    fields.map((field) => settleState(state, field, { words, reason: statement.reason, context: scene.context })),
  );
}

/** 新增3家 with last month's 24: is it 27? */
export function askRelative(field: FieldDefinition, number: StatedNumber, words: string, context: ReadingContext): Ask {
  const last = context.last[field.key];
  const [change] = exactValues([number]);
  if (field.kind !== 'count' || last === undefined || change === undefined) return askAbout(field, 'relative', words);
  const value = new Decimal(last).plus(new Decimal(change).abs().times(number.sign));
  return askAbout(field, 'relative', words, value.isNegative() ? [] : [value.toFixed()]);
}

function askWhich(fields: readonly FieldDefinition[], number: StatedNumber, words: string): Ask {
  const candidates = fields.flatMap((field) => valuesFor(field, [number]).map((value) => candidateFor(field, value)));
  const reason: AskReason = number.span.reading.kind === 'exact' ? 'ambiguous_field' : 'vague';
  return { field: fields[0]?.key ?? null, fields: keysOf(fields), words, reason, candidates };
}

export function valuesFor(field: FieldDefinition, numbers: readonly StatedNumber[]): readonly string[] {
  return [
    ...new Set(
      possibleValues(
        field,
        numbers.map(({ span }) => span),
      ),
    ),
  ];
}

export function exactValues(numbers: readonly StatedNumber[]): readonly string[] {
  return numbers.flatMap(({ span }) => (span.reading.kind === 'exact' ? [span.reading.value] : []));
}

function unknownField(words: string): Ask {
  return { field: null, words, reason: 'ambiguous_field', candidates: [] };
}

const keysOf = (fields: readonly FieldDefinition[]) => fields.map((field) => field.key);
const hasValue = (statement: Statement) => statement.numbers.length + statement.states.length > 0;
