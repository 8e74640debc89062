/**
 * Numbers in running text. A number is exact, or vague (三百多, 近百, 七八家, 30-40) and then to be asked; it is never rounded,
 * never completed. Knows no field and no money.
 */

import { normalText } from './normal-text';
import { evaluateNumeral, numeralCharacters } from './numeral-grammar';

export type NumeralReading =
  | { readonly kind: 'exact' /** Plain decimal notation. */; readonly value: string }
  | { readonly kind: 'vague' }
  | { readonly kind: 'none' };

export interface NumberSpan {
  readonly start: number;
  readonly end: number;
  /** As it was written, with 约 and 左右. */
  readonly text: string;
  readonly reading: NumeralReading;
  /** `+20` is an increase; `-20` a decrease, a dash or a slip. */
  readonly sign: '' | '+' | '-';
  /** 家, 件, 元 …, empty when there is none. */
  readonly counter: string;
  /** The numeral alone, without sign, counter and hedges. */
  readonly numeral: string;
}

const characters = `[${numeralCharacters}]`;
const arabic = String.raw`(?:(?<!\d,)[1-9]\d{0,2}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?`;
const figure = `(?:${arabic}(?: ?[万亿千百]|[wWkK](?![A-Za-z]))?|${characters}|(?<=[\\d零〇${numeralCharacters}])点(?=[\\d${numeralCharacters}]))`;
const fuzzy = `(?:多(?!次|家|个|件|项)|来(?!自|的|源)|余|几|好几|数(?=[十百千万亿])|半)`;
const core = `(?:(?:好几|几|数(?=[十百千万亿]))?${figure}+(?:${fuzzy}[${numeralCharacters}]*)?|多(?=[家个件项])|好几|几(?=[家个件项户笔份所十百千万亿]))`;
const joint = String.raw`\s*(?:[-+~～—–*×/÷]+|至|到)\s*`;
const hedgeBefore =
  '大约|大概|差不多|将近|接近|估计|预计|可能|也许|大致|好像|貌似|几乎|超过|不到|不足|不下|不少于|不低于|不超过|不多于|至少|最多|最少|起码|多于|少于|高于|低于|逾|' +
  '应该有|应该是|应该|应是|上(?=[百千万])|(?<![最附])近|(?<![预签合节契违解履续])约|(?<![赶])超(?!市)|[><≥≤≈~]';
const hedgeAfter =
  '左右|上下|以上|以下|以内|之内|多点|多一点|出头|开外|有余|往上|打底|不到|不足|多(?!家|个|次)|余|来(?!自|的|源)|\\+(?=$|[\\s，,。；;、家件项个])|~(?!\\d)|吧大概|的样子';
const counters =
  '万元|元整|元|块钱|块|美元|港币|欧元|[家件项户笔份所条宗间](?!长|庭|目|头)|个(?!人|月|工作日|小时|星期|百分点|县|部门|字)|' +
  '个月|个人|个工作日|个小时|个星期|个百分点|个县|个部门|个字|人次|小时|分钟|[人名次天日年月周点号度倍页张台辆款种类级届期批轮场位篇段行岁角分]';

/** 七、八家 is about seven or eight, not two figures. */
const pair = String.raw`(?<!\d)(?:[1-8]、[2-9]|[一二三四五六七八]、[二三四五六七八九])(?=[家件项个])`;

const numberPattern = new RegExp(
  `(?<before>(?:${hedgeBefore})\\s?(?:是|有|为|共|在)?\\s?)?(?<sign>[-+]\\s?|负)?` +
    `(?<currency>人民币|[￥¥]\\s?)?(?<numeral>${pair}|${core}(?:${joint}${core})*)` +
    `(?<fuzzy>[多来余几](?=\\s?(?:${counters})))?\\s?(?<counter>${counters})?(?<after>${hedgeAfter})?`,
  'g',
);

/** A whole text as one numeral; blanks around it do not count. */
export function readNumeral(text: string): NumeralReading {
  const whole = normalText(text).trim();
  const spans = findNumbers(whole);
  const [span] = spans;
  if (!span || spans.length > 1 || span.counter || span.text.length !== whole.length || span.sign === '+')
    return { kind: 'none' };
  return span.reading;
}

/** Every number in a text, in reading order. */
export function findNumbers(text: string): readonly NumberSpan[] {
  const normal = normalText(text);
  return [...normal.matchAll(numberPattern)].filter(isNumber).map((match) => spanOf(match, text));
}

/** 百度, 万方, 千山: a unit alone is no number, though 上百 and 近千 are. */
function isNumber(match: RegExpExecArray): boolean {
  const { before, numeral = '' } = match.groups ?? {};
  return before !== undefined || !/^[百佰千仟万亿]+$/.test(numeral);
}

function spanOf(match: RegExpExecArray, text: string): NumberSpan {
  const {
    before = '',
    sign = '',
    numeral = '',
    currency,
    fuzzy: more = '',
    counter = '',
    after = '',
  } = match.groups ?? {};
  const start = match.index;
  const end = start + match[0].trimEnd().length;
  const isHedged = before !== '' || more !== '' || after !== '';
  const mark = sign.trim();
  return {
    start,
    end,
    text: text.slice(start, end),
    reading: isHedged ? { kind: 'vague' } : readExact(numeral, mark === '-' || mark === '负'),
    sign: mark === '负' ? '-' : (mark as '' | '+' | '-'),
    counter: counter || (currency ? '元' : ''),
    numeral,
  };
}

function readExact(numeral: string, isNegative: boolean): NumeralReading {
  const value = evaluateNumeral(numeral.replaceAll(' ', ''));
  if (!value) return { kind: 'vague' };
  return { kind: 'exact', value: (isNegative ? value.negated() : value).toFixed() };
}
