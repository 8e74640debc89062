/**
 * Where a message names a field: official name, short name or synonym, the longest first. A name that merely sounds like one
 * (其业 for 企业) counts as well, since contacts type with a pinyin keyboard; one with another character wrong is doubtful.
 */
import { pinyin } from 'pinyin-pro';
import type { FieldDefinition } from '../table/definition';

export interface NameSpan {
  readonly start: number;
  readonly end: number;
  /** The name it was read as. */
  readonly alias: string;
  readonly keys: readonly string[];
  /** Close to a name, but not its sound: to be asked. */
  readonly isDoubtful: boolean;
}

/** Names and the fields they stand for; a name of two fields has both. */
export type NameIndex = ReadonlyMap<string, readonly string[]>;

export function aliasesOf(field: FieldDefinition): readonly string[] {
  return [...new Set([field.name, field.short, ...field.synonyms, ...shortVerb(field)])];
}

/** 推送 is a verb, and said as 推了 with the number after it. */
function shortVerb(field: FieldDefinition): readonly string[] {
  if (field.derived || field.kind !== 'count') return [];
  return field.synonyms.filter((name) => /^.送$/.test(name)).map((name) => `${name.charAt(0)}了`);
}

/** By the fields of a definition, which never change. */
const indexes = new WeakMap<readonly FieldDefinition[], NameIndex>();

export function indexNames(fields: readonly FieldDefinition[]): NameIndex {
  const index = indexes.get(fields) ?? buildIndex(fields);
  indexes.set(fields, index);
  return index;
}

function buildIndex(fields: readonly FieldDefinition[]): NameIndex {
  const index = new Map<string, readonly string[]>();
  for (const field of fields) {
    for (const alias of aliasesOf(field)) index.set(alias, [...(index.get(alias) ?? []), field.key]);
  }
  return index;
}

/** Every name in a text, in reading order, none overlapping. */
export function findNames(text: string, index: NameIndex): readonly NameSpan[] {
  const exact = scan(text, (at) => exactNameAt(text, at, index));
  const hidden = exact.reduce((left, span) => blank(left, span.start, span.end), text);
  const slips = scan(hidden, (at) => slippedNameAt(hidden, at, index));
  return [...exact, ...slips].sort((one, other) => one.start - other.start);
}

function scan(text: string, nameAt: (at: number) => NameSpan | null): readonly NameSpan[] {
  const spans: NameSpan[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const span = nameAt(at);
    if (!span) continue;
    spans.push(span);
    at = span.end - 1;
  }
  return spans;
}

function exactNameAt(text: string, start: number, index: NameIndex): NameSpan | null {
  let longest: NameSpan | null = null;
  for (const [alias, keys] of index) {
    const isLonger = alias.length > (longest?.alias.length ?? 0);
    if (isLonger && text.startsWith(alias, start)) {
      longest = { start, end: start + alias.length, alias, keys, isDoubtful: false };
    }
  }
  return longest;
}

const chinese = /^[\u4e00-\u9fa5]+$/;
/** Characters that carry meaning of their own in a message and are never a slip of a name. */
const meaningful = /[零一二三四五六七八九十百千万亿两廿家件项个户元月日号年不没无未改是为有和同上新]/;

function slippedNameAt(text: string, start: number, index: NameIndex): NameSpan | null {
  if (!chinese.test(text.charAt(start))) return null;
  const near = [...index].filter(([alias]) => {
    const window = text.slice(start, start + alias.length);
    return window.length === alias.length && chinese.test(window) && isNear(window, alias);
  });
  const sounding = near.filter(([alias]) => soundsLike(text.slice(start, start + alias.length), alias));
  const best = longestOf(sounding.length > 0 ? sounding : near);
  if (!best) return null;
  const [alias, keys] = best;
  return { start, end: start + alias.length, alias, keys, isDoubtful: sounding.length === 0 };
}

function longestOf(entries: readonly (readonly [string, readonly string[]])[]) {
  return entries.reduce<readonly [string, readonly string[]] | null>(
    (best, entry) => (entry[0].length > (best?.[0].length ?? 0) ? entry : best),
    null,
  );
}

/** One character differs: of two in a short name it must sound the same, of three and more any may. */
function isNear(window: string, alias: string): boolean {
  const wrong = [...window].filter((character, at) => character !== alias.charAt(at));
  if (wrong.length === 0 || wrong.some((character) => meaningful.test(character))) return false;
  if (isSwapped(window, alias)) return true;
  if (wrong.length > Math.floor(alias.length / 2)) return false;
  return soundsLike(window, alias) || (alias.length >= 4 && wrong.length === 1);
}

/** 院高校所: two neighbours in the wrong order; only in names long enough to be recognised all the same. */
function isSwapped(window: string, alias: string): boolean {
  if (alias.length < 4) return false;
  return [...alias].some((_, at) => {
    const swapped = alias.slice(0, at) + alias.charAt(at + 1) + alias.charAt(at) + alias.slice(at + 2);
    return swapped === window && swapped !== alias;
  });
}

function soundsLike(window: string, alias: string): boolean {
  return isSwapped(window, alias) || soundOf(window) === soundOf(alias);
}

/** Tones dropped, and what southern speakers and speech recognition confuse made one. */
function soundOf(words: string): string {
  return pinyin(words, { toneType: 'none', type: 'array' })
    .map((syllable) => syllable.replace(/^([zcs])h/, '$1').replace(/([aei]n)g$/, '$1'))
    .join(' ');
}

export function blank(text: string, start: number, end: number, filler = '\ue000'): string {
  return text.slice(0, start) + filler.repeat(end - start) + text.slice(end);
}
