/** 40，不，41 and 企业27，噢28: a second figure that takes back the first. Nobody knows which is meant, so neither is taken. */
import type { Ask } from './reading';
import { askAbout, fieldIn } from './reading';
import { finalNumbers, type Scene, valuesFor } from './settle';
import type { StatedNumber, Statement } from './statement';

export interface SecondTry {
  readonly statements: readonly Statement[];
  readonly ask: Ask;
}

const pause = '[\\s，,。.!！…、~—-]*';
const taking = '(?:不是?|不对|错了?|[说打写报填]错了?|有误|更正|噢+|哦+|喔|哎呀?|呃+|额|应该?[是为]?|应为|是)';
const between = new RegExp(`^${pause}(?=${taking})(?!是${pause}$)(?:${taking}${pause})+$`);
const takenBack = new RegExp(`^[家件项个]?${pause}(?:[噢哦]${pause})?不${pause}$`);

interface Placed {
  readonly number: StatedNumber;
  readonly statement: Statement;
}

/** `text` is the message in normal text. */
export function askSecondTries(statements: readonly Statement[], text: string, scene: Scene): readonly SecondTry[] {
  const placed = statements
    .flatMap((statement) => finalNumbers(statement).map((number) => ({ number, statement })))
    .sort((one, other) => one.number.span.start - other.number.span.start);
  return placed.flatMap((first, at) => {
    const second = placed[at + 1];
    if (!second) return isTakenBack(first, text) ? [tryOf([first], scene)] : [];
    return isSecond(first, second, text) ? [tryOf([first, second], scene)] : [];
  });
}

const isNamed = ({ names, isOrdinal }: Statement): boolean => names.length > 0 || isOrdinal;
const isTakenBack = ({ number }: Placed, text: string): boolean => takenBack.test(text.slice(number.span.end));

function isSecond(first: Placed, second: Placed, text: string): boolean {
  if (second.statement !== first.statement && isNamed(second.statement)) return false;
  if (first.statement.names.length > 1) return false;
  const gap = text.slice(first.number.span.end, second.number.span.start);
  // 27，不对，是28 says which one holds.
  if (/(?:不对|错了?|有误)[\s，,]*是\s*$/.test(gap)) return false;
  const isHedged = /^应该?[是为]?/.test(second.number.span.text);
  return between.test(gap) || (isHedged && new RegExp(`^${pause}$`).test(gap));
}

function tryOf(placed: readonly Placed[], scene: Scene): SecondTry {
  const statements = placed.map((each) => each.statement);
  const key = statements[0]?.names[0]?.keys[0] ?? scene.context.asked;
  const field = fieldIn(scene.context, key);
  const numbers = placed.map((each) => each.number);
  const first = numbers[0]?.span.start ?? 0;
  const words = scene.text.slice(Math.min(first, statements[0]?.start ?? first), numbers.at(-1)?.span.end);
  const reason = numbers.length > 1 ? 'two_values' : 'unclear';
  const ask: Ask = field
    ? askAbout(field, reason, words, valuesFor(field, numbers))
    : { field: null, words, reason: 'ambiguous_field', candidates: [] };
  return { statements, ask };
}
