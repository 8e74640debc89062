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

interface Alias {
  readonly name: string;
  /** A name of two fields has both. */
  readonly keys: readonly string[];
  readonly sound: string;
}

/** The names of the fields of a table. */
export interface NameIndex {
  readonly byName: ReadonlyMap<string, Alias>;
  /** By their first character, the longest first. */
  readonly byStart: ReadonlyMap<string, readonly Alias[]>;
  /** The longest first; of the same length in the order of the fields. */
  readonly all: readonly Alias[];
}

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
  const byName = new Map<string, Alias>();
  for (const field of fields) {
    for (const name of aliasesOf(field)) {
      byName.set(name, { name, keys: [...(byName.get(name)?.keys ?? []), field.key], sound: soundOf(name) });
    }
  }
  const all = [...byName.values()].sort((one, other) => other.name.length - one.name.length);
  const byStart = new Map<string, readonly Alias[]>();
  for (const alias of all) byStart.set(alias.name.charAt(0), [...(byStart.get(alias.name.charAt(0)) ?? []), alias]);
  return { byName, byStart, all };
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
  const alias = index.byStart.get(text.charAt(start))?.find(({ name }) => text.startsWith(name, start));
  return alias ? spanOf(alias, start, false) : null;
}

const spanOf = ({ name, keys }: Alias, start: number, isDoubtful: boolean): NameSpan => ({
  start,
  end: start + name.length,
  alias: name,
  keys,
  isDoubtful,
});

const chinese = /^[\u4e00-\u9fa5]+$/;
/** Characters that carry meaning of their own in a message and are never a slip of a name. */
const meaningful = /[零一二三四五六七八九十百千万亿两廿家件项个户元月日号年不没无未改是为有和同上新]/;

function slippedNameAt(text: string, start: number, index: NameIndex): NameSpan | null {
  if (!chinese.test(text.charAt(start))) return null;
  const near = index.all.filter(({ name, sound }) => {
    if (!mayBeSlip(text, start, name)) return false;
    const window = text.slice(start, start + name.length);
    return chinese.test(window) && isNear(window, name, sound);
  });
  const sounding = near.find(({ name, sound }) => soundsLike(text.slice(start, start + name.length), name, sound));
  const best = sounding ?? near[0];
  return best ? spanOf(best, start, !sounding) : null;
}

/** Most places in a text are far from all names, and found so without taking the text apart. */
function mayBeSlip(text: string, start: number, name: string): boolean {
  if (start + name.length > text.length) return false;
  const most = Math.floor(name.length / 2);
  let wrong = 0;
  for (let at = 0; at < name.length && wrong <= most; at += 1) {
    if (text.charCodeAt(start + at) !== name.charCodeAt(at)) wrong += 1;
  }
  return wrong > 0 && wrong <= most;
}

/** One character differs: of two in a short name it must sound the same, of three and more any may. */
function isNear(window: string, name: string, sound: string): boolean {
  const wrong = [...window].filter((character, at) => character !== name.charAt(at));
  if (wrong.some((character) => meaningful.test(character))) return false;
  return soundsLike(window, name, sound) || (name.length >= 4 && wrong.length === 1);
}

/** 院高校所: two neighbours in the wrong order; only in names long enough to be recognised all the same. */
function isSwapped(window: string, alias: string): boolean {
  if (alias.length < 4) return false;
  return [...alias].some((_, at) => {
    const swapped = alias.slice(0, at) + alias.charAt(at + 1) + alias.charAt(at) + alias.slice(at + 2);
    return swapped === window && swapped !== alias;
  });
}

function soundsLike(window: string, name: string, sound: string): boolean {
  return isSwapped(window, name) || soundOf(window) === sound;
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
