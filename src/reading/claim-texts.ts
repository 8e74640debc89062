/**
 * Texts that a message gives with their names: 平台叫豫南专利网，网址https://… A text may hold names of fields itself (省知识产权交易平台),
 * so texts are claimed before the message is searched for figures.
 */
import type { FieldDefinition } from '../table/definition';
import type { NameIndex, NameSpan } from './field-names';
import { findNames } from './field-names';
import { findNumbers } from './numerals';
import type { Claim, ReadingContext } from './reading';
import { askAbout, fieldIn } from './reading';
import { isOnlyMarks, isProse, isTalk, looksLikeName, readText } from './text-values';

const connector =
  /\s*(?:名称|名字|名)?\s*(?:改成了?|改为|更正为|换成|变更为|应为|还是|叫做|叫|名为|用的?是|写明|注明|是|为|有|[:=]|[—–]+|→|->)\s*(?:的是)?\s*/y;
const quote = /\s*(?=["“「《])/y;
const gap = /[ ]+(?=[^\s\d，,。])/y;
/** 许可方丙大学: a name that fills its clause needs no colon. */
const direct =
  /(?=(?:(?!许可|授权|转让|给|改|还是|没|不是|一样|未|谁)[^，,。；;:\n\ue000\ue001\d]){1,30}(?:公司|大学|学院|研究院|研究所|医院|厂|集团)\s*(?:[，,。；;\n]|$))/y;
const boundary = /(?:^|[\s，,。;；、:!！()\ue000\ue001]|我们|的|把|将|其中|发布|[一二两三四五六七八九\d]个)$/;

interface NamedText {
  readonly field: FieldDefinition;
  readonly start: number;
  readonly from: number;
}

export function claimTexts(text: string, context: ReadingContext, index: NameIndex): readonly Claim[] {
  const names = findNames(text, index).filter((name) => !name.isDoubtful);
  const claims: Claim[] = [];
  for (const name of names) {
    const found = namedTextAt(text, name, context);
    if (!found || found.start < (claims.at(-1)?.end ?? 0)) continue;
    const claim = claimOf(text, found, names, context);
    if (claim) claims.push(claim);
  }
  const answer = claimAnswer(text, names, context);
  return answer && !claims.some((claim) => claim.start < answer.end || isAbout(claim, answer))
    ? [answer, ...claims]
    : claims;
}

/** 豫南专利网，网址不变: the first clause answers the open question, the others say more. */
function claimAnswer(text: string, names: readonly NameSpan[], context: ReadingContext): Claim | null {
  const field = fieldIn(context, context.asked);
  const clause = /^[^，,。；;\n\ue000]+/.exec(text)?.[0] ?? '';
  const saysMore = names.some((name) => name.start > clause.length && saysSomething(text, name));
  if (field?.kind !== 'text' || field.format || !saysMore || !looksLikeName(clause) || isTalk(clause)) return null;
  if (names.some((name) => name.end <= clause.length && saysSomething(text, name))) return null;
  return { start: 0, end: clause.length, ...readText(field, clause, clause) };
}

const isAbout = (claim: Claim, other: Claim): boolean =>
  claim.taken.some((each) => other.taken.some((taken) => taken.field === each.field));

function namedTextAt(text: string, name: NameSpan, context: ReadingContext): NamedText | null {
  const [key, second] = name.keys;
  const field = fieldIn(context, key ?? null);
  if (second || field?.kind !== 'text' || field.derived || !boundary.test(text.slice(0, name.start))) return null;
  for (const pattern of field.many || isProse(field) ? [connector, quote, gap] : [connector, quote, gap, direct]) {
    pattern.lastIndex = name.end;
    const length = pattern.exec(text)?.[0].length;
    if (length !== undefined) return { field, start: name.start, from: name.end + length };
  }
  return null;
}

function claimOf(text: string, found: NamedText, names: readonly NameSpan[], context: ReadingContext): Claim | null {
  const { field, start, from } = found;
  const end = endOfText(text, found, names);
  const value = text.slice(from, end);
  const words = text.slice(start, end).replaceAll('\ue000', '').trim();
  // 平台：不变, 平台有2个 are for the readers of states and figures.
  const isState = isOnlyMarks(value.replaceAll('\ue000', '')) || (!isProse(field) && isBareNumber(value));
  if (isState) return null;
  if (!isProse(field) && isTalk(value.trim()) && value.trim() !== context.last[field.key]) {
    return { start, end, taken: [], asks: [askAbout(field, 'unreadable_value', words)] };
  }
  const { taken, asks } = readText(field, value, words);
  return { start, end, taken, asks };
}

function isBareNumber(value: string): boolean {
  const [number] = findNumbers(value);
  return number !== undefined && isOnlyMarks(value.slice(0, number.start) + value.slice(number.end));
}

/** Where a text ends: at the end of the sentence, or before a clause that says something of another field. */
function endOfText(text: string, { field, from }: NamedText, names: readonly NameSpan[]): number {
  const opening = text.charAt(from);
  const closing = { '"': '"', '“': '”', '「': '」', '《': '》' }[opening];
  const closed = closing ? text.indexOf(closing, from + 1) : -1;
  const start = closed >= 0 ? closed + 1 : from;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (/[。；;\n\ue000]/.test(character)) return at;
    if (/[，,、\s(]/.test(character) && endsBefore(text, at, field, names)) return at;
  }
  return text.length;
}

function endsBefore(text: string, at: number, field: FieldDefinition, names: readonly NameSpan[]): boolean {
  const next = names.find((name) => name.start > at);
  if (next && isOnlyMarks(text.slice(at, next.start)) && saysSomething(text, next)) return true;
  const character = text.charAt(at);
  if (isProse(field) || character === '、') return false;
  const clause = /^[^，,。；;、\n\ue000\s]*/.exec(text.slice(at + 1).trimStart())?.[0] ?? '';
  if (!field.many) return character === '，' || character === ',' || !looksLikeName(clause);
  return !looksLikeName(clause) || isTalk(clause);
}

/** A name with something behind it that makes it a statement, rather than a part of a longer name. */
function saysSomething(text: string, name: NameSpan): boolean {
  const rest = text.slice(name.end);
  if (/^\s*(?:$|[:=，,。；;\n\ue000]|\ue001)/.test(rest)) return true;
  if (/^\s*(?:是|为|叫|有|共|还是|改成|改为|不变|没变|没有|无|同上|未变|不适用)/.test(rest)) return true;
  const number = findNumbers(rest)[0];
  return number !== undefined && (number.start === 0 || isOnlyMarks(rest.slice(0, number.start)));
}
