/**
 * A message → what it says about the fields of a table. Step by step: what is read by its shape (addresses, patent numbers, texts)
 * is claimed, what is no figure is masked, the remainder becomes tokens, statements, and what they settle.
 */
import { isAllSame, keepOthers } from './all-same';
import { separateRow } from './bare-rows';
import { claimComparisons } from './claim-comparisons';
import { claimNegations } from './claim-negations';
import { claimTexts } from './claim-texts';
import { claimAddresses, claimChoices, claimPatents } from './claims';
import { maskComments, settleShould } from './comments';
import { askCompanions } from './companions';
import { claimPhrases } from './contract-phrases';
import type { NameIndex } from './field-names';
import { blank, findNames, indexNames } from './field-names';
import { askInstalments } from './instalments';
import { maskNoise, maskQuestions } from './masks';
import { normalText } from './normal-text';
import { findNumbers } from './numerals';
import { findOrdinals } from './ordinals';
import { askOtherMonth } from './other-month';
import { askParts } from './parts';
import type { Claim, Reading, ReadingContext } from './reading';
import { reconcile } from './reconcile';
import { restOf } from './rest';
import { askSecondTries } from './second-tries';
import { settleNamed } from './settle';
import { asking, merge, type Settled } from './settled';
import { hasContent, type Statement } from './statement';
import { readStatements } from './statements';
import { answerText } from './text-answer';
import { tokenise } from './tokens';
import { settleUnnamed } from './unnamed';

export type { Ask, AskReason, Candidate, Reading, ReadingContext, Taken } from './reading';

const claimers = [
  claimPatents,
  claimAddresses,
  claimComparisons,
  claimNegations,
  claimTexts,
  claimPhrases,
  claimChoices,
];

export function readFields(text: string, context: ReadingContext): Reading {
  const index = indexNames(context.fields);
  const normal = settleShould(separateRow(normalText(text.replace(/[\ue000\ue001]/g, ' '))));
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
  const stance = isAllSame(statements, context);
  const said = answer ? withAnswer(claims, settled, answer) : merge([...claims.map(claimed), settled]);
  const kept = stance ? keepOthers(statements, said, context) : null;
  const final = kept ?? (stance ? said : askCompanions(said, context));
  const rest = answer ? '' : restOf(tokens, statements, text) || silentRest(statements, final, text);
  return {
    ...reconcile(askInstalments(askOtherMonth(final, normal, context), normal, context), context),
    statedDerived: final.derived,
    allSame: stance && kept === null,
    rest: [rest, ...stated.aside].filter((piece) => piece !== '').join(' '),
  };
}

/** Figures that came to nothing (不是27) are still something said. */
function silentRest(statements: readonly Statement[], final: Settled, text: string): string {
  const hasOutcome = final.taken.length + final.asks.length + Object.keys(final.derived).length > 0;
  return !hasOutcome && statements.some((statement) => hasContent(statement) && !isPlainSame(statement))
    ? text.trim()
    : '';
}

const isPlainSame = ({ states, numbers, isDenied }: Statement): boolean =>
  numbers.length === 0 && !isDenied && states.every((state) => state === 'same');

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
  const firstNamed = statements.find((each) => hasContent(each) && each.names.length > 0)?.start ?? null;
  const scene = { context, named, answered, firstNamed, text };
  const isNamed = (statement: Statement) => statement.names.length > 0 || statement.isOrdinal;
  const unnamed = statements.filter((statement) => !isNamed(statement) && !statement.isAll);
  const about = isAllSame(statements, context) ? unnamed.filter((statement) => statement.numbers.length > 0) : unnamed;
  // 企业20，有4家退出: the four explain a figure that was named.
  const isTold = statements.some((statement) => isNamed(statement) && statement.numbers.length > 0);
  const whole = isTold ? about.filter((statement) => !isExplanation(statement)) : about;
  const tries = askSecondTries(statements, normalText(text), scene);
  const parts = [...tries, ...askParts(statements, scene)];
  const own = statements.filter((each) => isNamed(each) && !parts.some((part) => part.statements.includes(each)));
  return merge([
    ...own.map((statement) => settleNamed(statement, scene)),
    ...parts.map((part) => asking(part.ask)),
    settleUnnamed(
      whole.filter((each) => !parts.some((part) => part.statements.includes(each))),
      scene,
    ),
  ]);
}

const isExplanation = (statement: Statement): boolean =>
  statement.numbers.length > 0 && statement.numbers.every((number) => number.role === 'relative');
