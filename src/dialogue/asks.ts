/** What the bot says about values it would not guess: one line each, with the readings to choose from. */
import type { Choice } from '../channels/content';
import { normalText } from '../reading/normal-text';
import { findNumbers, type NumberSpan } from '../reading/numerals';
import type { Ask, AskReason } from '../reading/reading';
import type { FieldDefinition } from '../table/definition';
import type { Scene } from './scene';
import type { Pending } from './state';
import { showField } from './wording';

/** `name` is empty where the words themselves name the field. */
type Phrase = (words: string, name: string, short: string) => string;

const reasons: Record<AskReason, Phrase> = {
  vague: (words, name) => `${name}“${words}”不够确切，请给确切数`,
  unit: (words, name) => `${name}“${words}”的单位请确认`,
  unlike_last: (words, name) => `${name}“${words}”与上月相差很大，请带上名称再说一遍以便确认`,
  relative: (words, name) => `${name}“${words}”像是新增数，请给累计数`,
  other_month: (words, _, short) => `“${words}”说的不是本期，${short}请给截至本期末的累计数`,
  goes_along: (words, _, short) => `“${words}”没有说到${short}`,
  ambiguous_field: (words) => `“${words}”可能指几项，请说明是哪一项`,
  too_many: (words) => `“${words}”的个数与待填项对不上，请写明各是哪一项`,
  two_values: (words, name) => `${name}给了两个数（${words}），以哪个为准`,
  not_whole: (words, _, short) => `${short}应为整数，“${words}”不是`,
  negative: (words, _, short) => `${short}不能是负数（“${words}”）`,
  too_precise: (words, name) => `${name}“${words}”的小数位太多，请核对`,
  too_large: (words, name) => `${name}“${words}”超出范围，请核对`,
  no_last: (words, _, short) => `${short}没有上月数可沿用（“${words}”），请直接给数`,
  no_reason: (_words, _, short) => `${short}不适用的话，请带一句原因，如“${short}不适用，因为本县未开展”`,
  empty: (words, name, short) =>
    short && !name
      ? `${short}如果不适用，请带一句原因，如“${short}不适用，因为本县未开展”`
      : `“${words}”指哪一项？请带上名称`,
  unclear: (words, _, short) => `“${words}”没看明白，请${short ? `写成“${short}+数”，如“${short}27”` : '说明是哪一项'}`,
  unreadable_value: (words, name) => `${name}“${words}”没读懂，请重说`,
  too_long: (_words, _, short) => `${short}太长了，请缩短`,
  not_url: (words, name) => `${name}“${words}”不像网址，请以 http:// 或 https:// 开头`,
  wrong_check: (words) => `${words} 校验位不符，请对照证书`,
  publication: (words) => `${words} 是公告号，请给以ZL开头的专利号（如 ZL202110234567.5）`,
  malformed: (words) => `${words} 不像专利号，请给以ZL开头的专利号（如 ZL202110234567.5）`,
};

/** What is no figure is not spoken of as one. */
const textReasons: Partial<Record<AskReason, Phrase>> = {
  two_values: (words, name) => `${name}写了不止一个（${words}），以哪个为准`,
  unclear: (words, _, short) => `“${words}”没看明白，请写成“${short}：…”`,
};

/** A patent number is never corrected for anybody: no readings to choose from. */
const numberReasons: ReadonlySet<AskReason> = new Set(['wrong_check', 'publication', 'malformed']);

/** One line for a question back: 企业“三十来家”是约数，请给确切数。 */
export function askLine(scene: Scene, ask: Ask, lookUp: (key: string) => FieldDefinition): string {
  const field = ask.field === null ? null : lookUp(ask.field);
  if (field?.kind === 'choice') return askOption(field, ask);
  const short = field?.short ?? '';
  const name = ask.words.includes(short) ? '' : short;
  const options = numberReasons.has(ask.reason) ? [] : offeredLabels(scene, ask);
  const why = derivedHint(scene, ask.field ?? ask.candidates[0]?.field ?? null);
  return `${phraseFor(ask, field)(quoted(ask.words), name, short)}${ending(options)}${why}`;
}

/** 付费 leaves open how; 有提成 leaves open what is to be written of it, which the help tells. */
function askOption(field: FieldDefinition, ask: Ask): string {
  const labels = optionsOffered(field, [ask]);
  if (labels.length < 3) return `“${ask.words}”请说清是哪一种${field.short}。${field.help}`;
  return `“${ask.words}”是哪一种：${labels.slice(0, -1).join('、')} 还是 ${labels.at(-1)}？`;
}

/** The options that an unclear word leaves open, by their labels; none where it leaves all of them. */
export function optionsOffered(field: FieldDefinition, asks: readonly Ask[]): readonly string[] {
  const values = asks.flatMap(({ candidates }) => candidates).filter((each) => each.field === field.key);
  return field.options.filter(({ value }) => values.some((each) => each.value === value)).map(({ label }) => label);
}

/** A figure of the list cannot be said, so that it is no offer by itself. */
function offeredLabels(scene: Scene, { candidates }: Ask): readonly string[] {
  const [first, second] = candidates;
  const isDerived = scene.definition.fields.some((field) => field.key === first?.field && field.derived !== null);
  return !second && isDerived ? [] : candidates.map(({ label }) => label);
}

function phraseFor({ reason, candidates }: Ask, field: FieldDefinition | null): Phrase {
  if (candidates.length === 1 && reason === 'ambiguous_field') return (words) => `“${words}”没有说是哪一项`;
  if (candidates.length === 1 && reason === 'unclear') return (words) => `“${words}”没看明白`;
  const isFigure = field === null || field.kind === 'count' || field.kind === 'amount';
  return (isFigure ? undefined : textReasons[reason]) ?? reasons[reason];
}

const ending = (options: readonly string[]): string => {
  if (options.length === 0) return '。';
  return options.length === 1 ? `。是${options[0]}吗？` : `：${options.join(' 还是 ')}？`;
};

const longestQuote = 30;

const quoted = (words: string): string =>
  words.length > longestQuote ? `${words.slice(0, longestQuote - 1)}…` : words;

/** Figures of the list are not typed: vague ones only matter where the list is changed. */
function derivedHint(scene: Scene, key: string | null): string {
  const field = key === null ? undefined : scene.definition.fields.find((each) => each.key === key);
  if (!field?.derived) return '';
  const list = scene.lists.find((each) => each.name === field.derived?.list);
  return `（${field.short}由${list?.short ?? '清单'}得出，不必填；要改请改清单。）`;
}

/** The readings of an unclear value, to tap. */
export function askChoices(scene: Scene, asks: readonly Ask[]): readonly Choice[] {
  const candidates = asks.flatMap((ask) => ask.candidates);
  return candidates
    .filter((candidate) => scene.definition.fields.some((field) => field.key === candidate.field && !field.derived))
    .slice(0, 4)
    .map((candidate) => ({
      label: candidate.label,
      text: showField(scene, candidate.field, candidate.value),
    }));
}

/** The reading that 是 and 对 can only mean. */
export function onlyOffer(scene: Scene, asks: readonly Ask[]): Pending | null {
  const [ask, another] = asks;
  const [candidate, second] = ask?.candidates ?? [];
  const isOnly = candidate !== undefined && !another && !second;
  const isAsked = scene.definition.fields.some((field) => field.key === candidate?.field && !field.derived);
  return isOnly && isAsked ? { kind: 'offer', field: candidate.field, value: candidate.value } : null;
}

/** Without the readings of a number that was cut out of something longer: 26 of 26O家, 1 of 翻了一番, 企业2家 of 2.0. */
export function soundAsks(scene: Scene, text: string, asks: readonly Ask[]): readonly Ask[] {
  if (asks.length === 0) return asks;
  const said = normalText(text);
  const [cut, whole] = [true, false].map((isCut) => findNumbers(said).filter((span) => isCutOut(said, span) === isCut));
  return asks.map((ask) => {
    const candidates = ask.candidates.filter((each) => {
      const isCount = scene.definition.fields.some(({ key, kind }) => key === each.field && kind === 'count');
      const reads = (span: NumberSpan) => span.reading.kind === 'exact' && span.reading.value === each.value;
      const isOdd = isCount && whole?.some((span) => reads(span) && span.numeral.includes('.'));
      return !isOdd && (!cut?.some(reads) || whole?.some(reads));
    });
    if (candidates.length === ask.candidates.length) return ask;
    const field = ask.reason === 'ambiguous_field' ? (candidates[0]?.field ?? null) : ask.field;
    return { ...ask, field, candidates, words: wholeWords(text, ask.words) };
  });
}

const isCutOut = (text: string, { start, end, numeral, counter }: NumberSpan): boolean =>
  /[A-Za-z.]$/.test(text.slice(0, start)) ||
  /^[A-Za-z.]/.test(text.slice(end)) ||
  (counter === '' && numeral.length === 1 && /^[番样些般直切起边面旦致定半]/.test(text.slice(end)));

function wholeWords(text: string, words: string): string {
  const after = text.slice(text.indexOf(words) + words.length);
  return text.includes(words) ? `${words}${/^[^，,。；;\s]*/.exec(after)?.[0] ?? ''}` : words;
}
