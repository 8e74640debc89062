/**
 * A message → what it says about the fields of a table. Step by step: what is read by its shape (addresses, patent numbers, texts)
 * is claimed, what is no figure is masked, the remainder becomes tokens, statements, and what they settle.
 */
import { claimTexts } from './claim-texts';
import { claimAddresses, claimChoices, claimPatents } from './claims';
import { maskComments, settleShould } from './comments';
import { claimPhrases } from './contract-phrases';
import type { NameIndex } from './field-names';
import { blank, findNames, indexNames } from './field-names';
import { maskNoise, maskQuestions } from './masks';
import { normalText } from './normal-text';
import { findNumbers } from './numerals';
import { findOrdinals } from './ordinals';
import { askParts } from './parts';
import type { Ask, Claim, Reading, ReadingContext, Taken } from './reading';
import { restOf } from './rest';
import type { Settled } from './settle';
import { asking, merge, settleNamed } from './settle';
import { hasContent, type Statement } from './statement';
import { readStatements } from './statements';
import { answerText } from './text-answer';
import { tokenise } from './tokens';
import { settleUnnamed } from './unnamed';

export type { Ask, AskReason, Candidate, Reading, ReadingContext, Taken } from './reading';

const claimers = [claimPatents, claimAddresses, claimTexts, claimPhrases, claimChoices];

export function readFields(text: string, context: ReadingContext): Reading {
  const index = indexNames(context.fields);
  const normal = settleShould(normalText(text.replace(/[\ue000\ue001]/g, ' ')));
  const saysMore = (words: string) =>
    findNames(words, index).some((name) => findNumbers(words.slice(name.end)).length > 0);
  const stated = maskQuestions(maskComments(normal, saysMore));
  const { claims, left } = claimAll(stated.text, context, index);
  const masked = maskNoise(left, (words) => findNames(words, index).length > 0);
  const names = findNames(masked, index);
  const isNameAt = (at: number) => names.some((name) => name.start === at);
  const tokens = tokenise(masked, index, findOrdinals(masked, context.fields, isNameAt));
  const statements = readStatements(tokens, index);
  const settled = settle(statements, claims, { context, text });
  const answer = answerText(left, { context, claims, statements, settled });
  const final = answer ? withAnswer(claims, settled, answer) : merge([...claims.map(claimed), settled]);
  const rest = answer ? '' : restOf(tokens, statements, text);
  return {
    ...reconcile(final),
    statedDerived: final.derived,
    allSame: isAllSame(statements, context),
    rest: [rest, ...stated.aside].filter((piece) => piece !== '').join(' '),
  };
}

const claimed = (claim: Claim): Settled => ({ taken: claim.taken, asks: claim.asks, derived: {} });

/** An answer in words to the open question: what looked like figures in it was part of the text. */
function withAnswer(claims: readonly Claim[], settled: Settled, answer: Settled): Settled {
  const named = settled.asks.filter((ask) => ask.reason === 'vague');
  return merge([...claims.map(claimed), { ...settled, asks: named }, answer]);
}

function claimAll(text: string, context: ReadingContext, index: NameIndex) {
  const claims: Claim[] = [];
  let left = text;
  for (const claimer of claimers) {
    for (const claim of claimer(left, context, index)) {
      claims.push(claim);
      left = blank(left, claim.start, claim.end);
    }
  }
  return { claims, left };
}

function settle(
  statements: readonly Statement[],
  claims: readonly Claim[],
  { context, text }: { context: ReadingContext; text: string },
): Settled {
  const keysOfClaims = claims.flatMap((claim) => claim.taken.map((taken) => [taken.field]));
  const named = [...statements.flatMap((statement) => statement.names.map((name) => name.keys)), ...keysOfClaims];
  const answered = [
    ...statements.filter(hasContent).flatMap((each) => each.names.flatMap((name) => name.keys)),
    ...keysOfClaims.flat(),
  ];
  const scene = { context, named, answered, text };
  const isNamed = (statement: Statement) => statement.names.length > 0 || statement.isOrdinal;
  const unnamed = statements.filter((statement) => !isNamed(statement) && !statement.isAll);
  const about = isAllSame(statements, context) ? unnamed.filter((statement) => statement.numbers.length > 0) : unnamed;
  // 企业20，有4家退出: the four explain a figure that was named.
  const isTold = statements.some((statement) => isNamed(statement) && statement.numbers.length > 0);
  const whole = isTold ? about.filter((statement) => !isExplanation(statement)) : about;
  const parts = askParts(statements, scene);
  const own = statements.filter((each) => isNamed(each) && !parts.some((part) => part.statements.includes(each)));
  return merge([
    ...own.map((statement) => settleNamed(statement, scene)),
    ...parts.map((part) => asking(part.ask)),
    settleUnnamed(whole, scene),
  ]);
}

const isExplanation = (statement: Statement): boolean =>
  statement.numbers.length > 0 && statement.numbers.every((number) => number.role === 'relative');

/** 其余不变, 都没变, or 本月没变化 when no question is open. */
function isAllSame(statements: readonly Statement[], context: ReadingContext): boolean {
  return statements.some(
    (statement) =>
      statement.names.length === 0 &&
      !statement.isOrdinal &&
      !statement.isUnclear &&
      statement.numbers.length === 0 &&
      statement.states.includes('same') &&
      (statement.isAll || context.asked === null),
  );
}

/** One field, one outcome: two different values are asked, and a doubtful word outweighs a sure one. */
function reconcile(settled: Settled): Pick<Reading, 'taken' | 'asks'> {
  const asks: Ask[] = [];
  for (const ask of settled.asks) {
    const isComment = ask.reason === 'relative' && settled.taken.some((taken) => taken.field === ask.field);
    if (!isComment) asks.push(ask);
  }
  const taken: Taken[] = [];
  for (const each of settled.taken) {
    const rivals = settled.taken.filter((other) => other.field === each.field && valueKey(other) !== valueKey(each));
    if (rivals.length > 0)
      asks.push(...(taken.some((other) => other.field === each.field) ? [] : [askTwo(each, rivals)]));
    else if (!taken.some((other) => other.field === each.field)) taken.push(each);
  }
  const asked = new Set(asks.map((ask) => ask.field));
  return { taken: taken.filter((each) => !asked.has(each.field)), asks: uniqueAsks(asks) };
}

const valueKey = (taken: Taken): string => (taken.kind === 'value' ? taken.value : taken.kind);

function askTwo(taken: Taken, rivals: readonly Taken[]): Ask {
  const words = [taken, ...rivals].map((each) => each.words).join('；');
  const values = [taken, ...rivals].flatMap((each) => (each.kind === 'value' ? [each.value] : []));
  return {
    field: taken.field,
    words,
    reason: 'two_values',
    candidates: values.map((value) => ({ label: value, field: taken.field, value })),
  };
}

function uniqueAsks(asks: readonly Ask[]): readonly Ask[] {
  const key = (ask: Ask) => `${ask.field ?? ''} ${ask.reason} ${ask.words}`;
  return asks.filter((ask, at) => {
    const isTwice =
      ask.reason === 'two_values' &&
      asks.findIndex((other) => other.field === ask.field && other.reason === ask.reason) < at;
    return !isTwice && asks.findIndex((other) => key(other) === key(ask)) === at;
  });
}
