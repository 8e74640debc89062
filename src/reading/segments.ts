/** Tokens → clauses, each with names before their numbers. */
import type { Token } from './tokens';

/** Clauses, each with the break before it. */
export function segmentsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const segments: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'break') segments.push([token]);
    else segments.at(-1)?.push(token);
  }
  return segments;
}

/** 4家高校院所、27家企业 → names before their numbers. Only when every number has a counter and a name right behind. */
export function inForwardOrder(segment: readonly Token[]): readonly Token[] {
  const carriers: readonly Token[] = segment.filter((token) => token.kind === 'name' || token.kind === 'number');
  const isReversed =
    carriers.length >= 2 &&
    carriers.length % 2 === 0 &&
    carriers.every((token, at) =>
      at % 2 === 0 ? token.kind === 'number' && token.number.counter !== '' : token.kind === 'name',
    );
  if (!isReversed) return segment;
  const swapped = carriers.map((_, at) => carriers[at % 2 === 0 ? at + 1 : at - 1]);
  let next = 0;
  return segment.map((token) => (carriers.includes(token) ? (swapped[next++] ?? token) : token));
}
