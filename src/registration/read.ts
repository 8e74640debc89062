/**
 * A message → what it says of the six columns of 附件4: one sentence, labelled lines, a pasted row of the table, or the bare
 * answer to what was asked. Takes what is surely said; the rest is asked.
 */
import { findUnits, type UnitMention } from '../reading/names';
import type { ContactField, DetailField } from './columns';
import { findContactMarks } from './contact-marks';
import { fieldOfLabel, isHeadLine, labelled } from './labels';
import { isTalk, isTitle, looksLikeName, readPerson } from './person-words';

/** A unit that the message may mean. */
export interface UnitChoice {
  readonly id: number;
  readonly path: string;
  readonly names: readonly string[];
}

export interface RegistrationReading {
  /** As typed; whether it will do is checked afterwards. */
  readonly given: Readonly<Partial<Record<DetailField, string>>>;
  /** The units that the words may mean, none when nobody knows such a unit; null when no unit is named. */
  readonly unit: { readonly words: string; readonly ids: readonly number[] } | null;
}

/** Letters, digits and signs in one spelling, without what was quoted from an earlier message. */
export function normalWords(text: string): string {
  const [, answer = text] = /^[「“][\s\S]*?[」”]\s*(?:-\s*){5,}([\s\S]*)$/.exec(text) ?? [];
  return answer
    .normalize('NFKC')
    .replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .trim();
}

/** @param missing columns that are not known yet: the bare answer to one of them is taken for it. */
export function readRegistration(
  text: string,
  units: readonly UnitChoice[],
  missing: readonly ContactField[],
): RegistrationReading {
  const lines = normalWords(text).split('\n');
  const marks = findContactMarks(lines.filter((line) => !isHeadLine(line)).join('\n'));
  const words = cutLabelled(marks.left);
  const pieces = piecesOf(words.left);
  const unit = readUnit(words.unit === null ? pieces : [words.unit], units);
  const rest = words.unit === null ? unit.rest : pieces.map(withoutLead);
  const named = unit.found ?? (words.unit === null ? null : { words: words.unit, ids: [] });
  const hasOther = named !== null || Object.keys({ ...marks.given, ...words.given }).length > 0;
  const person = readPeople(rest, { hasOther, missing });
  return { given: { ...shortNumber(text, missing), ...person, ...words.given, ...marks.given }, unit: named };
}

/** 8123: no phone number yet, but surely the answer to the question for one. */
function shortNumber(text: string, missing: readonly ContactField[]): Partial<Record<DetailField, string>> {
  const typed = normalWords(text);
  const field = (['officePhone', 'mobile'] as const).find((each) => missing.includes(each));
  return field && /^\d{3,6}$/.test(typed) ? { [field]: typed } : {};
}

interface Labelled {
  readonly given: Partial<Record<DetailField, string>>;
  readonly unit: string | null;
  readonly left: string;
}

const namePart = String.raw`\p{Script=Han}(?: ?\p{Script=Han}){0,3}(?:·\p{Script=Han}+)*|[A-Za-z][A-Za-z .]*`;
const wordMark = new RegExp(
  `(?<label>${labelled('name')})(?<name>${namePart})(?=$|[^\\p{Script=Han}]|(?:${labelled('unit', 'title', 'phone')}))|` +
    `(?<other>${labelled('unit', 'title')})(?<value>[^,;。\\s|]+)`,
  'giu',
);

/** 姓名：张三 职务：科员. A word whose value is missing or is another such word says nothing. */
function cutLabelled(text: string): Labelled {
  const given: Partial<Record<DetailField, string>> = {};
  let unit: string | null = null;
  const left = text.replaceAll(wordMark, (...match: unknown[]) => {
    const { name, other = '', value = '' } = match.at(-1) as Record<string, string | undefined>;
    if (name !== undefined) given.name ??= name;
    else if (fieldOfLabel(value) !== null) return value;
    else if (fieldOfLabel(other) === 'unit') unit ??= value;
    else given.title ??= value;
    return '\n';
  });
  return { given, unit, left };
}

const piecesOf = (text: string): readonly string[] =>
  text
    .split(/[,;。、|\s!?:()]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');

const lead =
  /^(?:您好|你好|大家好|领导好|各位领导|喂|请问|麻烦|我们|我的名字|我名叫|我叫|我是|本人是|本人叫|本人|我|这里是|这是|来自|现在|目前|在|是|叫|的)+/;

const withoutLead = (piece: string): string => piece.replace(lead, '');

const unitEnding =
  /^.{1,20}?(?:市场监督管理局|市场监管局|市监局|开发区|分局|[^办公]局|中心|[县区市]局?|大学|学院|研究院|研究所|公司|集团)/u;

interface UnitFound {
  readonly found: RegistrationReading['unit'];
  /** What stands around the unit's name. */
  readonly rest: readonly string[];
}

function readUnit(pieces: readonly string[], units: readonly UnitChoice[]): UnitFound {
  const bare = pieces.map(withoutLead).filter((piece) => piece !== '');
  const known = bare.map((piece) => findUnits(piece, units).map((mention) => wholeName(piece, mention)));
  if (known.every((mentions) => mentions.length === 0)) return readUnknownUnit(bare);
  const mentioned = known.flatMap((mentions) => mentions.map((mention) => mention.ids));
  const words = known.flatMap((mentions, at) => mentions.map(({ start, end }) => (bare[at] ?? '').slice(start, end)));
  const rest = bare.flatMap((piece, at) => around(piece, known[at] ?? []));
  return { found: { words: words.join(''), ids: deepest(mentioned, units) }, rest };
}

/** 潢川区分局 is not 潢川: a name that goes on is another unit's, and nobody knows which. */
const goesOn = /^(?:开发区|高新区|经开区|新区|[县区市](?![局里直级场]))(?:分局)?/;

function wholeName(piece: string, mention: UnitMention<number>): UnitMention<number> {
  const [more = ''] = goesOn.exec(piece.slice(mention.end)) ?? [];
  return more === '' ? mention : { ...mention, ids: [], end: mention.end + more.length };
}

const around = (piece: string, mentions: readonly { readonly start: number; readonly end: number }[]): string[] => {
  const cuts = [0, ...mentions.flatMap(({ start, end }) => [start, end]), piece.length];
  const kept = cuts.flatMap((from, index) => (index % 2 === 0 ? [piece.slice(from, cuts[index + 1])] : []));
  return kept.map(withoutLead).filter((part) => part !== '');
};

function readUnknownUnit(pieces: readonly string[]): UnitFound {
  const at = pieces.findIndex((piece) => unitEnding.test(piece) && !isTitle(piece));
  const piece = pieces[at];
  if (piece === undefined) return { found: null, rest: pieces };
  const words = unitEnding.exec(piece)?.[0] ?? '';
  const rest = [...pieces.slice(0, at), piece.slice(words.length), ...pieces.slice(at + 1)];
  return { found: { words, ids: [] }, rest: rest.map(withoutLead).filter((part) => part !== '') };
}

/** 信阳市光山县 is 光山县: units above another that is named only say where it lies. */
function deepest(mentioned: readonly (readonly number[])[], units: readonly UnitChoice[]): readonly number[] {
  const paths = new Map(units.map((unit) => [unit.id, unit.path]));
  const ids = [...new Set(mentioned.flat())];
  const pathOf = (id: number): string => paths.get(id) ?? '';
  return ids.filter((id) => !ids.some((other) => other !== id && pathOf(other).startsWith(pathOf(id))));
}

interface People {
  /** Something else in the message shows that it is about the columns. */
  readonly hasOther: boolean;
  readonly missing: readonly ContactField[];
}

/** Names and titles in what is left, in the order of the table: a name first, then what the person is. */
function readPeople(pieces: readonly string[], { hasOther, missing }: People): Partial<Record<DetailField, string>> {
  const answersQuestion = pieces.length <= 2 && !missing.includes('unit');
  if (!hasOther && !answersQuestion) return {};
  const read = pieces.map(readPerson);
  const nameAt = read.findIndex(({ name }) => name !== null);
  const name = read[nameAt]?.name ?? undefined;
  const title = read.find((each) => each.title !== null)?.title ?? plainTitle(pieces, { name, nameAt, missing });
  return { ...(name === undefined ? {} : { name }), ...(title === undefined ? {} : { title }) };
}

/** A title in words that no list holds, where the table has it: behind the name, or alone when it is all that is asked. */
function plainTitle(
  pieces: readonly string[],
  { name, nameAt, missing }: { name: string | undefined; nameAt: number; missing: readonly ContactField[] },
): string | undefined {
  const isAsked = name === undefined && missing.includes('title') && !missing.includes('name') && pieces.length === 1;
  const words = isAsked ? pieces[0] : name === undefined ? undefined : pieces[nameAt + 1];
  return words && /^\p{Script=Han}{2,20}$/u.test(words) && !isTalk(words) && !looksLikeName(words) ? words : undefined;
}
