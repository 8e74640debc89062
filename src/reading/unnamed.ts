/** Statements without a name, against the open question: 27 · 不变 · +20 · 4、27、135. Nothing is taken that the question does not ask for. */
import type { FieldDefinition } from '../table/definition';
import { readFigure } from './figures';
import { looksNumbered } from './numbered-lists';
import type { Ask, ReadingContext } from './reading';
import { askAbout, candidateFor, fieldIn } from './reading';
import {
  askRelative,
  askSum,
  contradictsState,
  exactValues,
  finalNumbers,
  isBase,
  type Scene,
  valuesFor,
} from './settle';
import { asking, merge, nothing, type Settled } from './settled';
import type { StatedNumber, Statement } from './statement';
import { settleState } from './states';

/** Of other things than fields count: 3天, 15分钟, 27个人. */
const otherThings =
  /^(?:人|名|次|天|日|年|月|周|点|号|度|倍|页|张|台|辆|款|种|类|级|届|期|批|轮|场|位|篇|段|行|岁|角|分|小时|分钟|人次|个.+)$/;

/** The counter belongs to nothing that a table asks for. */
export function fitsNothing(counter: string): boolean {
  return otherThings.test(counter);
}

/** 4；27；不变；1020: figures and 不变 by turns belong to the open questions in their order. */
function isRow(statements: readonly Statement[]): boolean {
  const isState = (each: Statement) =>
    each.numbers.length === 0 && each.states.length === 1 && each.states[0] === 'same';
  return statements.filter((each) => finalNumbers(each).length === 1).length >= 2 && statements.some(isState);
}

function settleRow(statements: readonly Statement[], scene: Scene): Settled {
  const { context } = scene;
  const fields = context.open.flatMap((key) => fieldIn(context, key) ?? []);
  const words = scene.text.trim();
  const isSound = statements.every((each) => each.numbers.length + each.states.length === 1 && !each.isUnclear);
  const parts = statements.map((each, at) => settleInRow(each, fields[at], scene));
  const fits = statements.length === fields.length && (context.asked === null || fields[0]?.key === context.asked);
  const read = parts.flatMap((part) => part ?? []);
  if (isSound && fits && scene.answered.length === 0 && read.length === parts.length) return merge(read);
  return asking({ field: null, fields: fields.map((field) => field.key), words, reason: 'too_many', candidates: [] });
}

function settleInRow(statement: Statement, field: FieldDefinition | undefined, scene: Scene): Settled | null {
  const [number] = statement.numbers;
  const [state] = statement.states;
  if (!field || statement.isDenied) return null;
  if (state) return settleState(state, field, { words: field.short, reason: '', context: scene.context });
  const isFigure = field.kind === 'count' || field.kind === 'amount';
  return number?.role === 'plain' && isFigure ? settleAnswer(field, number, scene.context) : null;
}

export function settleUnnamed(statements: readonly Statement[], scene: Scene): Settled {
  const { context } = scene;
  if (isRow(statements)) return settleRow(statements, scene);
  const states = statements.flatMap((statement) => settleBareStates(statement, scene));
  const numbers = statements.flatMap(finalNumbers).filter((number) => isFigure(number, context));
  const relative = statements.flatMap((statement) => statement.numbers).find((number) => number.role === 'relative');
  const figures = numbers.length > 0 ? settleBareNumbers(statements, numbers, scene) : nothing;
  const field = fieldIn(context, context.asked);
  const isChange = numbers.length === 0 && relative !== undefined && isFigure(relative, context);
  const changes = isChange ? asking(changeOf(field, relative, context)) : nothing;
  return merge([...states, figures, changes]);
}

/** 张三 and 李四 are people; 新增一个项目 and 有两件 count nothing that a table without counts asks for. */
function isFigure(number: StatedNumber, context: ReadingContext): boolean {
  const { counter, numeral } = number.span;
  if (fitsNothing(counter) || (number.isUnclear && counter === '' && !/\d/.test(numeral))) return false;
  const counts = context.fields.some((field) => field.kind === 'count' && field.derived === null);
  return counts || !/^[家件项个户笔份所条宗间]$/.test(counter);
}

function changeOf(field: FieldDefinition | null, number: StatedNumber, context: ReadingContext): Ask {
  const words = number.span.text;
  return field
    ? askRelative(field, number, words, context)
    : { field: null, words, reason: 'relative', candidates: [] };
}

/** 没有 alone may mean 0 or that there is nothing to say: only a named field is 0 by it. */
function settleBareStates(statement: Statement, scene: Scene): readonly Settled[] {
  const [state] = statement.states;
  const { context } = scene;
  if (!state || state === 'unknown' || statement.isUnclear || statement.numbers.length > 0) return [];
  const words = scene.text.slice(statement.start, statement.end);
  const field = fieldIn(context, context.asked);
  if (!field) return [];
  if (statement.isDenied) return [asking(askAbout(field, 'unclear', words))];
  const isFigure = field.kind === 'count' || field.kind === 'amount';
  if (state === 'zero' && isFigure) return [asking(askAbout(field, 'empty', words, ['0']))];
  return [settleState(state, field, { words, reason: statement.reason, context })];
}

function settleBareNumbers(statements: readonly Statement[], numbers: readonly StatedNumber[], scene: Scene): Settled {
  const { context } = scene;
  const words = numbers.map((number) => number.span.text).join('、');
  const field = fieldIn(context, context.asked);
  const isCorrection = statements.some((statement) => statement.isCorrection);
  const [number, second] = numbers;
  if (!number || (number.isAmongWords && !field)) return nothing;
  if (isCorrection && !isChangeOfAsked(statements, field, context)) {
    return asking(askWhichIsCorrected(numbers, statements, words, context));
  }
  if (scene.answered.length > 0 && isAfterNamed(number, scene)) return asking(askAfterNamed(field, number, words));
  if (second) return settleList(numbers, words, scene);
  const money = fieldOfMoney(number, context);
  if (money && money.key !== context.asked) return settleAnswer(money, number, context, false);
  if (!field) return asking({ field: null, words, reason: 'ambiguous_field', candidates: [] });
  if (isNamedAlready(field, scene)) return asking({ field: null, words, reason: 'too_many', candidates: [] });
  const own = statements.find((each) => each.numbers.includes(number));
  if (own && isTakenBack(own, number, context.last[field.key]))
    return asking(askAbout(field, 'unclear', words, valuesFor(field, [number])));
  const base = statements.find(
    (each) => each.numbers.includes(number) && isBase(number, each, context.last[field.key]),
  );
  if (base) return asking(askSum(field, base, words, context));
  return settleAnswer(field, number, context);
}

/** 没有25家, 25待定 */
function isTakenBack(statement: Statement, number: StatedNumber, last: string | undefined): boolean {
  return statement.isDenied || contradictsState(statement, number, last);
}

/** 45000元 names the only field for money by its unit; 4.5万 too in a table that counts nothing else. */
function fieldOfMoney(number: StatedNumber, context: ReadingContext): FieldDefinition | null {
  const figures = context.fields.filter(
    (each) => each.derived === null && (each.kind === 'count' || each.kind === 'amount'),
  );
  const amounts = figures.filter((each) => each.kind === 'amount');
  const { counter, numeral } = number.span;
  const isMoney =
    /^(?:万元|元整?|块钱?)$/.test(counter) || (figures.length === 1 && counter === '' && /[万亿]$/.test(numeral));
  return isMoney && amounts.length === 1 ? (amounts[0] ?? null) : null;
}

/** 从24增加到27, where 24 is last month's answer to the open question, or an answer given to it. */
function isChangeOfAsked(
  statements: readonly Statement[],
  field: FieldDefinition | null,
  context: ReadingContext,
): boolean {
  if (!field) return false;
  if (context.draft[field.key] !== undefined) return true;
  const before = exactValues(statements.flatMap((each) => each.numbers).filter(({ role }) => role === 'past'));
  return before.length > 0 && before.every((value) => value === context.last[field.key]);
}

/** The open question is answered by name in the same message, so a number left over is for something else. */
function isNamedAlready(field: FieldDefinition, scene: Scene): boolean {
  return scene.answered.includes(field.key);
}

/** 企业27，28: the second number may mean anything. */
function isAfterNamed(number: StatedNumber, scene: Scene): boolean {
  return scene.firstNamed !== null && number.span.start > scene.firstNamed;
}

function askAfterNamed(field: FieldDefinition | null, number: StatedNumber, words: string): Ask {
  const candidates = field ? valuesFor(field, [number]).map((value) => candidateFor(field, value)) : [];
  return { field: null, words, reason: 'ambiguous_field', candidates };
}

function settleAnswer(field: FieldDefinition, number: StatedNumber, context: ReadingContext, isBare = true): Settled {
  const words = number.span.text;
  if (number.isAmongWords) return asking(askAbout(field, 'unclear', words, valuesFor(field, [number])));
  const figure = readFigure(field, number.span, { last: context.last[field.key] ?? null, isBare });
  if (!figure.ok) return asking(askAbout(field, figure.reason, words, figure.candidates));
  if (field.derived) return { ...nothing, derived: { [field.key]: figure.value } };
  return { ...nothing, taken: [{ kind: 'value', field: field.key, value: figure.value, words }] };
}

/** 4、27、135: one for each open figure, in order, beginning with the open question; or none. */
function settleList(numbers: readonly StatedNumber[], words: string, scene: Scene): Settled {
  const { context } = scene;
  const open = context.open
    .flatMap((key) => fieldIn(context, key) ?? [])
    .filter((field) => (field.kind === 'count' || field.kind === 'amount') && field.derived === null)
    .filter((field) => !isNamedAlready(field, scene));
  const fits = open.length === numbers.length && (context.asked === null || open[0]?.key === context.asked);
  if (!fits || looksNumbered(scene.text, context) || numbers.some((number) => number.isAmongWords)) {
    return asking({ field: null, fields: open.map((field) => field.key), words, reason: 'too_many', candidates: [] });
  }
  return merge(
    open.flatMap((field, at) => {
      const number = numbers[at];
      return number ? [settleAnswer(field, number, context)] : [];
    }),
  );
}

/** 是42不是24: the given figures that are 24. */
function askWhichIsCorrected(
  numbers: readonly StatedNumber[],
  statements: readonly Statement[],
  words: string,
  context: ReadingContext,
): Ask {
  const wrong = exactValues(
    statements.flatMap((statement) => statement.numbers).filter(({ role }) => role === 'denied' || role === 'past'),
  );
  const given = context.fields.filter((field) => wrong.includes(context.draft[field.key] ?? ''));
  const asked = fieldIn(context, context.asked);
  const fields = given.length > 0 ? given : asked ? [asked] : [];
  const candidates = fields.flatMap((field) => valuesFor(field, numbers).map((value) => candidateFor(field, value)));
  return {
    field: fields[0]?.key ?? null,
    fields: fields.map((field) => field.key),
    words,
    reason: 'ambiguous_field',
    candidates,
  };
}
