/**
 * Two phrases in which a licence contract is told: 豫南大学许可给恒通公司, and how it is paid (入门费2万加销售额3%提成), by the notice's footnote
 * to 附件2. They apply to any table that has such fields: 某方 and 被某方; a choice with royalty, a fee and a remark.
 */
import type { FieldDefinition } from '../table/definition';
import { amountOf, readAmount } from './amounts';
import { aliasesOf } from './field-names';
import { findNumbers } from './numerals';
import type { Claim, ReadingContext, Taken } from './reading';
import { askAbout } from './reading';
import { bareName, isProse } from './text-values';

export function claimPhrases(text: string, context: ReadingContext): readonly Claim[] {
  const payment = claimPayment(text, context) ?? claimPaid(text, context);
  const transfer = claimTransfer(text, context);
  return [...(transfer ? [transfer] : []), ...(payment ? [payment] : [])];
}

const party = String.raw`[^，,。；;、:：\n\s\ue000\ue001→>\d]`;

interface Transfer {
  readonly giver: FieldDefinition;
  readonly taker: FieldDefinition;
  readonly phrase: RegExp;
  readonly verb: RegExp;
}

/** By the fields of a definition, which never change; null where nobody gives anything to anybody. */
const transfers = new WeakMap<readonly FieldDefinition[], Transfer | null>();

function transferOf(fields: readonly FieldDefinition[]): Transfer | null {
  const known = transfers.get(fields);
  if (known !== undefined) return known;
  const transfer = findTransfer(fields);
  transfers.set(fields, transfer);
  return transfer;
}

function findTransfer(fields: readonly FieldDefinition[]): Transfer | null {
  const giver = fields.find((field) => fields.some((other) => other.short === `被${field.short}`));
  const taker = fields.find((field) => field.short === `被${giver?.short}`);
  if (!giver || !taker) return null;
  const verb = giver.short.replace(/方$/, '');
  const phrase = new RegExp(
    `(${party}{2,40}?)(?:[将把][^，,。；;、:\\n]{0,80}?)?(?:以?(?:免费|有偿))?(?:${verb}(?:给予?|予|至|→)了?|\\s*(?:→|->|=>)\\s*)(${party}{2,40})`,
  );
  return { giver, taker, phrase, verb: new RegExp(`${verb}(?:给|予|至|→)`) };
}

/** 豫南大学给恒通公司: without the verb only between two that are plainly called so. */
const given = new RegExp(
  `((?:(?![给将把])${party}){2,40}?(?:公司|大学|学院|研究院|研究所|医院|厂|集团|中心))(?:授权|授|转|交)?给了?(${party}{1,38}(?:公司|大学|学院|研究院|研究所|医院|厂|集团|中心|合作社))`,
);

/** 甲许可给乙 fills 许可方 and 被许可方. */
function claimTransfer(text: string, context: ReadingContext): Claim | null {
  const transfer = transferOf(context.fields);
  if (!transfer) return null;
  const { giver, taker, phrase, verb } = transfer;
  const match = phrase.exec(text) ?? given.exec(text);
  if (!match) return null;
  const from = bareParty(
    withoutLabel(match[1] ?? '', giver).replace(
      /^(?:新增|登记|补登|补录|录入|新)?(?:[一1]个|一项)?(?:项目|许可)?(?:是|为)?/,
      '',
    ),
  );
  const to = bareParty(withoutLabel(match[2] ?? '', taker));
  if (from.length < 2 || to.length < 2) return null;
  if (isNoParty(from) || isNoParty(to)) {
    const asks = [giver, taker].map((field) => askAbout(field, 'unreadable_value', match[0]));
    return { start: match.index, end: match.index + match[0].length, taken: [], asks };
  }
  // 免费 inside the phrase is left for the reader of options.
  const taken = [givenAs(giver, from, match[0]), givenAs(taker, to, match[0])];
  const hasOption = /免费|有偿/.test(match[0].slice(from.length));
  const start = hasOption ? match.index + match[0].search(verb) : match.index;
  return { start, end: match.index + match[0].length, taken, asks: [] };
}

/** 许可方甲大学许可给乙公司: 许可方 is no part of the name. */
function withoutLabel(words: string, field: FieldDefinition): string {
  const label = [...aliasesOf(field)].sort((a, b) => b.length - a.length).find((alias) => words.startsWith(alias));
  return words.slice(label?.length ?? 0).replace(/^(?:是|为)/, '');
}

/** 恒通公司一件专利, 乙公司使用专利: what is licensed is no part of the name. */
function bareParty(words: string): string {
  return bareName(
    words
      .replace(licensed, '')
      .replace(/(?:免费|有偿)?(?:使用|实施)$/, '')
      .replace(licensed, ''),
  );
}

const licensed =
  /(?:使用|实施)?(?:其|的|该)?[一二两三四五六七八九十\d]*[件项个]?(?:的|发明|实用新型|外观设计)*专利[权号]?(?:使用|实施)?$/;

/** 免费 or 将 where a name should be. */
function isNoParty(name: string): boolean {
  return /^(?:将|把|的|以)|^(?:免费|有偿|固定|一次性|提成|专利|许可|项目)|(?:将|把)$/.test(name);
}

function givenAs(field: FieldDefinition, value: string, words: string): Taken {
  return { kind: 'value', field: field.key, value, words };
}

interface PaymentFields {
  readonly kind: FieldDefinition;
  readonly fee: FieldDefinition;
  readonly remark: FieldDefinition;
}

function paymentFieldsOf(context: ReadingContext): PaymentFields | null {
  const kind = context.fields.find((field) => field.options.some((option) => option.value === 'entry_royalty'));
  const fee = context.fields.find((field) => field.kind === 'amount' && field.derived === null);
  const remark = context.fields.find((field) => field.kind === 'text' && isProse(field));
  return kind && fee && remark ? { kind, fee, remark } : null;
}

/** 付费 alone does not say how: at once, or by royalty. */
const paid =
  /(?<![^\s，,。；;\n])(?:是|要|需要?|得)?(?:付费|收费|有偿|付钱|收钱|要钱|花钱)(?:许可)?的?(?![^\s，,。；;\n])/;

function claimPaid(text: string, context: ReadingContext): Claim | null {
  const fields = paymentFieldsOf(context);
  const match = fields && !royalty.test(text) ? paid.exec(text) : null;
  if (!fields || !match || context.asked === fields.remark.key) return null;
  const words = match[0];
  const isTold = fields.kind.options.some(({ label, synonyms }) =>
    [label, ...synonyms].some((each) => text.includes(each)),
  );
  const asks = isTold ? [] : [askAbout(fields.kind, 'unclear', words, ['fixed', 'entry_royalty', 'royalty'])];
  return { start: match.index, end: match.index + words.length, taken: [], asks };
}

const royalty = /提成|抽成|分成/;
const aboutPayment = /提成|抽成|分成|入门费|[%％‰]|百分之|销售额|销售收入|产值|利润/;
const rate = /\d\s*[%％‰]|百分之|\d+(?:\.\d+)?\s*元?\s*[/每]\s*[件台套吨]|每[件台套吨]/;
const pureRoyalty = /纯提成|只提成|仅提成|全提成|(?:无|没有|不收|不含)入门费/;

/** Only contracts with a royalty are told in phrases; 免费 and 一次性 are options like any other. */
function claimPayment(text: string, context: ReadingContext): Claim | null {
  const fields = royalty.test(text) ? paymentFieldsOf(context) : null;
  if (!fields || context.asked === fields.remark.key) return null;
  const clauses = [...text.matchAll(/[^，,。；;:\n\ue000]+/g)].filter((clause) => aboutPayment.test(clause[0]));
  const start = clauses[0]?.index ?? 0;
  const end = (clauses.at(-1)?.index ?? 0) + (clauses.at(-1)?.[0].length ?? 0);
  const words = text.slice(start, end).trim();
  const isAnswer = context.asked === fields.kind.key && !rate.test(words);
  return isAnswer ? null : { start, end, ...readPayment(words, fields) };
}

function readPayment(words: string, fields: PaymentFields): Pick<Claim, 'taken' | 'asks'> {
  const entry = /入门费/.exec(words);
  const isPure = pureRoyalty.test(words);
  if (!rate.test(words) || (!isPure && !entry)) {
    return { taken: [], asks: [askAbout(fields.kind, 'unclear', words, ['entry_royalty', 'royalty'])] };
  }
  if (isPure) {
    const taken = [
      givenAs(fields.kind, 'royalty', words),
      givenAs(fields.fee, '0', words),
      givenAs(fields.remark, words, words),
    ];
    return { taken, asks: [] };
  }
  return readEntryFee(words, words.indexOf('入门费'), fields);
}

/** 入门费2万加销售额3%提成: the entry fee is the fee, the remainder goes into the remark. */
function readEntryFee(words: string, at: number, fields: PaymentFields): Pick<Claim, 'taken' | 'asks'> {
  const [number] = findNumbers(words.slice(at));
  const amount = number ? amountOf(number, { last: null, isBare: false }) : readAmount('');
  const end = number ? at + number.end : at + '入门费'.length;
  const remainder = `${words.slice(0, at)}${words.slice(end)}`;
  const remark = bareName(remainder.replace(/^[\s，,、+]*(?:加上?|和|另加?|再加?|外加)?[\s，,、+]*/, ''));
  const taken = [givenAs(fields.kind, 'entry_royalty', words), givenAs(fields.remark, remark, words)];
  if (amount.kind === 'exact') return { taken: [...taken, givenAs(fields.fee, amount.value, words)], asks: [] };
  const ask = askAbout(
    fields.fee,
    amount.kind === 'ask' ? amount.reason : 'unreadable_value',
    words,
    amount.kind === 'ask' ? amount.candidates : [],
  );
  return { taken, asks: [ask] };
}
