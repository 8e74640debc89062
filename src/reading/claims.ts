/** What is read by its own shape before names and numbers are looked for: patent numbers, web addresses, options to choose. */
import type { ChoiceOption, FieldDefinition } from '../table/definition';
import type { NameIndex } from './field-names';
import { findNames } from './field-names';
import { readNumeral } from './numerals';
import { findPatentNumbers, type PatentNumberSpan } from './patent-number';
import type { Ask, Claim, ReadingContext } from './reading';
import { askAbout, candidateFor, fieldIn } from './reading';
import { isProse } from './text-values';
import { findAddresses } from './web-addresses';

type Claimer = (text: string, context: ReadingContext, index: NameIndex) => readonly Claim[];

/** Patent numbers answer the field that holds them; in any other table they are no figures. */
export const claimPatents: Claimer = (text, context, index) => {
  const spans = findPatentNumbers(text);
  const [first] = spans;
  if (!first) return [];
  const field = context.fields.find((each) => each.kind === 'patents');
  const claims = spans.map((span) => ({ start: span.start, end: span.end, taken: [], asks: [] }));
  if (!field) return claims;
  const values = [...new Set(spans.flatMap(({ reading }) => (reading.kind === 'ok' ? [reading.value] : [])))];
  const asks = [...spans.flatMap((span) => askForPatent(field, span, values)), ...askForMore(field, text, spans)];
  const value = values.join('\n');
  const words = spans.map((span) => span.reading.words).join('、');
  const taken = asks.length === 0 ? [{ kind: 'value', field: field.key, value, words } as const] : [];
  const start = startOfName(text, first.start, field, index);
  return claims.map((claim, at) => (at === 0 ? { ...claim, start, taken, asks } : claim));
};

/** ZL202110234567.5等3件: the others are not given. */
function askForMore(field: FieldDefinition, text: string, spans: readonly PatentNumberSpan[]): readonly Ask[] {
  const end = spans.at(-1)?.end ?? 0;
  const more = /^\s*等(?:共|共计)?\s*([\d一二两三四五六七八九十]+)?\s*(?:多|余)?[件项个]?(?:专利)?/.exec(
    text.slice(end),
  );
  if (!more) return [];
  const count = readNumeral(more[1] ?? '');
  const isAll = count.kind === 'exact' && Number(count.value) === spans.length;
  return isAll ? [] : [askAbout(field, 'unreadable_value', text.slice(spans[0]?.start ?? 0, end + more[0].length))];
}

/** The sound numbers of the same message are offered, a mistyped one is never mended. */
function askForPatent(
  field: FieldDefinition,
  { reading }: PatentNumberSpan,
  values: readonly string[],
): readonly Ask[] {
  if (reading.kind === 'ok') return [];
  return [askAbout(field, reading.kind, reading.words, values.length > 0 ? [values.join('\n')] : [])];
}

/** The name of the field before its value, with 是 or a colon: 网址是https://… */
function startOfName(text: string, valueStart: number, field: FieldDefinition, index: NameIndex): number {
  const name = findNames(text.slice(0, valueStart), index).at(-1);
  if (!name?.keys.includes(field.key)) return valueStart;
  const between = text.slice(name.end, valueStart);
  return /^(?:\s|[:=是为有]|改成|改为|更正为|换成|就是|还是|分别|→|[(（])*$/.test(between) ? name.start : valueStart;
}

export const claimAddresses: Claimer = (text, context, index) => {
  const spans = findAddresses(text);
  const field = context.fields.find((each) => each.format === 'url' && each.derived === null);
  const [first] = spans;
  if (!first) return [];
  const claims = spans.map(({ start, end }): Claim => ({ start, end, taken: [], asks: [] }));
  if (!field) return claims;
  const start = startOfName(text, first.start, field, index);
  const values = [...new Set(spans.map((span) => span.address))];
  const result = readAddresses(field, values, text.slice(start, first.end), {
    text,
    context,
    isNamed: start < first.start,
  });
  return claims.map((claim, at) => (at === 0 ? { ...claim, ...result, start } : claim));
};

/** A formula or a link with a label: =HYPERLINK("http://…"), [点我](http://…). */
const isMarkup = /\w\s*\(\s*["'“]?https?:|\]\s*\(|\{\{|<a\s/i;

interface AddressContext {
  readonly text: string;
  readonly context: ReadingContext;
  readonly isNamed: boolean;
}

function readAddresses(
  field: FieldDefinition,
  values: readonly string[],
  words: string,
  { text, context, isNamed }: AddressContext,
): Pick<Claim, 'taken' | 'asks'> {
  const value = values.join('\n');
  const asking = (ask: Ask) => ({ taken: [], asks: [ask] });
  if (isMarkup.test(text)) return asking(askAbout(field, 'not_url', words));
  if (values.some((each) => each.length > field.maxLength)) return asking(askAbout(field, 'too_long', words));
  const added = /(?:新增|增加|加|多)了?(?:一个|1个|个)?(?:平台)?(?:网址|地址|链接)?\s*[:：]?\s*(?:https?:|www\.)/i.test(
    text,
  );
  const before = context.draft[field.key] ?? context.last[field.key];
  if (added && before) return asking(askAbout(field, 'relative', words, [`${before}\n${value}`, value]));
  const isExpected = isNamed || fieldIn(context, context.asked)?.kind === 'text' || text.includes(field.short);
  if (!isExpected)
    return asking({ field: field.key, words, reason: 'unclear', candidates: [candidateFor(field, value)] });
  return { taken: [{ kind: 'value', field: field.key, value, words }], asks: [] };
}

/** Options by value, label or synonym, the longest first. Two different ones are asked. */
export const claimChoices: Claimer = (text, context, index) =>
  context.fields
    .filter((field) => field.kind === 'choice' && field.derived === null)
    .flatMap((field) => claimChoice(text, field, context, index));

function claimChoice(
  text: string,
  field: FieldDefinition,
  context: ReadingContext,
  index: NameIndex,
): readonly Claim[] {
  const isText = fieldIn(context, context.asked)?.kind === 'text';
  // 纯提成，销售额5% as the remark that is asked for is all remark.
  const isRemark = isText && isProse(fieldIn(context, context.asked) ?? field);
  const isNamed = (start: number) => startOfName(text, start, field, index) < start;
  const found = findOptions(text, field.options).filter(
    (each) => !isText || isNamed(each.start) || (!isRemark && isWholeClause(text, each)),
  );
  const [first] = found;
  if (!first) return [];
  const options = [...new Set(found.map((each) => each.option.value))];
  const words = found.map((each) => text.slice(each.start, each.end)).join('、');
  const start = startOfName(text, first.start, field, index);
  const isDenied = found.some((each) => /(?:不|非|没有?|未|不是)$/.test(text.slice(0, each.start)));
  const isSure = options.length === 1 && !isDenied && (start < first.start || !isLongerWord(text, first, context));
  const taken = isSure ? [{ kind: 'value', field: field.key, value: options[0] ?? '', words } as const] : [];
  const candidates = options.map((value) => candidateFor(field, value));
  const ask: Ask = { field: field.key, words, reason: options.length > 1 ? 'two_values' : 'unclear', candidates };
  return found.map(({ start: from, end }, at) =>
    at === 0 ? { start, end, taken, asks: isSure ? [] : [ask] } : { start: from, end, taken: [], asks: [] },
  );
}

/** While a name is asked for, 免费 in 河南免费科技公司 is a part of the name. */
function isWholeClause(text: string, option: { start: number; end: number }): boolean {
  const isStart = /(?:^|[\s，,。；;:、\n\ue000]|方式是?)$/.test(text.slice(0, option.start));
  return isStart && /^(?:付费|付清|支付|许可|使用|的)*(?:$|[\s，,。；;、\n\d\ue000])/.test(text.slice(option.end));
}

/** 固定电话 is no 固定: unless it is the answer to the question, an option ends with its clause or before a figure. */
function isLongerWord(text: string, option: { end: number }, context: ReadingContext): boolean {
  if (fieldIn(context, context.asked)?.kind === 'choice') return false;
  return !/^(?:$|[\s，,。；;、\n\d\ue000\ue001:()一二两三四五六七八九十]|许可|的|付|支付|方式|金额|费|收|给|使用|授权|实施)/.test(
    text.slice(option.end),
  );
}

function findOptions(text: string, options: readonly ChoiceOption[]) {
  const spellings = options
    .flatMap((option) => [option.label, option.value, ...option.synonyms].map((word) => ({ option, word })))
    .sort((one, other) => other.word.length - one.word.length);
  const found: { option: ChoiceOption; start: number; end: number }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const match = spellings.find(({ word }) => text.startsWith(word, at));
    if (!match) continue;
    found.push({ option: match.option, start: at, end: at + match.word.length });
    at += match.word.length - 1;
  }
  return found;
}
