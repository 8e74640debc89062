/** What a message says beyond what was understood: words nobody knows, names without a value, numbers of other things. */

import type { Statement } from './statement';
import type { Token } from './tokens';
import { fitsNothing } from './unnamed';

export function restOf(tokens: readonly Token[], statements: readonly Statement[], text: string): string {
  const pieces: { start: number; end: number }[] = [];
  let canContinue = false;
  for (const token of tokens) {
    const last = pieces.at(-1);
    if (!isLeft(token, statements)) canContinue = canContinue && isSmall(token);
    else if (last && canContinue) last.end = token.end;
    else pieces.push({ start: token.start, end: token.end });
    if (isLeft(token, statements)) canContinue = true;
  }
  return pieces
    .map((piece) => text.slice(piece.start, piece.end).trim())
    .join(' ')
    .trim();
}

/** Small words and blanks between two words belong to the sentence that was not understood. */
function isSmall(token: Token): boolean {
  return token.kind === 'skip' || (token.kind === 'mark' && (token.mark === 'noise' || token.mark === 'is'));
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
