/** A message → tokens: names of fields, numbers, marks, breaks, and words that nothing is known about. */
import type { NameIndex, NameSpan } from './field-names';
import { blank, findNames } from './field-names';
import { type MarkKind, markAt } from './marks';
import type { NumberSpan } from './numerals';
import { findNumbers } from './numerals';
import type { OrdinalSpan } from './ordinals';

export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'name'; readonly name: NameSpan }
  | { readonly kind: 'number'; readonly number: NumberSpan }
  | { readonly kind: 'mark'; readonly mark: MarkKind; readonly reason?: string }
  /** A stop between clauses; `isLight` for a blank or bracket, which does not end a clause. */
  | { readonly kind: 'break' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'word' }
);

const breaks = /[，,。.;；!！\n\ue000]/;
const skipped = /[\s\ue001"'“”‘’「」《》【】()[\]{}<>~·*#_|…`@^+-]/;
/** 不适用，因为平台由省局统建: up to the end of the sentence, or to a clause with a figure in it. */
const reasonPattern =
  /[\s，,:(]*(?:因为|由于|原因[是:]?|理由[是:]?)?\s*([^。；;\n]*?)(?=\)?\s*(?:[，,][^，,。；;\n]*\d|[。；;\n\ue000]|$))/y;

/** `text` is normal text from which dates and the like are masked. */
export function tokenise(text: string, index: NameIndex, ordinals: readonly OrdinalSpan[]): readonly Token[] {
  const names = [...ordinals.map(nameOfOrdinal), ...findNames(hide(text, ordinals), index)];
  const numbers = findNumbers(hide(text, names));
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at, names, numbers);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function hide(text: string, spans: readonly { start: number; end: number }[]): string {
  return spans.reduce((left, span) => blank(left, span.start, span.end), text);
}

function nameOfOrdinal(span: OrdinalSpan): NameSpan {
  return { start: span.start, end: span.end, alias: '', keys: span.keys, isDoubtful: false };
}

function tokenAt(text: string, at: number, names: readonly NameSpan[], numbers: readonly NumberSpan[]): Token {
  const name = names.find((span) => span.start === at);
  if (name) return { kind: 'name', start: at, end: name.end, name };
  const mark = markAt(text, at);
  const number = mark?.kind === 'same' ? undefined : numbers.find((span) => span.start === at);
  if (number) return { kind: 'number', start: at, end: number.end, number };
  if (mark?.kind === 'notApplicable') return notApplicableAt(text, at, mark.length);
  // A mark may not run into a name: 和企业, 对企业.
  const fits = mark !== null && !names.some((span) => span.start > at && span.start < at + mark.length);
  if (fits) return { kind: 'mark', start: at, end: at + mark.length, mark: mark.kind };
  if (breaks.test(text.charAt(at))) return { kind: 'break', start: at, end: at + 1 };
  if (skipped.test(text.charAt(at))) return { kind: 'skip', start: at, end: at + 1 };
  return { kind: 'word', start: at, end: at + 1 };
}

function notApplicableAt(text: string, at: number, length: number): Token {
  reasonPattern.lastIndex = at + length;
  const match = reasonPattern.exec(text);
  const reason = (match?.[1] ?? '').trim();
  return { kind: 'mark', start: at, end: at + length + (match?.[0].length ?? 0), mark: 'notApplicable', reason };
}
