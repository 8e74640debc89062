/** What a message says beyond what was understood: words nobody knows, names without a value, numbers of other things. */

import type { Statement } from './statement';
import type { Token } from './tokens';
import { fitsNothing } from './unnamed';

export function restOf(tokens: readonly Token[], statements: readonly Statement[], text: string): string {
  const pieces: string[] = [];
  let lastEnd = -1;
  for (const token of tokens) {
    if (!isLeft(token, statements)) continue;
    const words = text.slice(token.start, token.end);
    if (token.start === lastEnd) pieces.push(`${pieces.pop() ?? ''}${words}`);
    else pieces.push(words);
    lastEnd = token.end;
  }
  return pieces.join(' ').trim();
}

function isLeft(token: Token, statements: readonly Statement[]): boolean {
  if (token.kind === 'word') return true;
  if (token.kind === 'name') return !hasOutcome(statements.find((each) => each.names.includes(token.name)));
  if (token.kind === 'number') return fitsNothing(token.number.counter);
  return token.kind === 'mark' && token.mark === 'unknown';
}

function hasOutcome(statement: Statement | undefined): boolean {
  if (!statement) return true;
  return statement.numbers.length > 0 || statement.states.some((state) => state !== 'unknown');
}
