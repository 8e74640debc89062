/**
 * Digits that are no figures: dates, times, telephone and certificate numbers, percentages, mail addresses, list marks. They are
 * taken out of a message before it is searched for values. Also the head of a message (光山6月：) and whole questions.
 */
import { blank } from './field-names';
import { findAddresses } from './web-addresses';

/** Stands for something understood that is no value; separates like a blank. */
export const NOISE = '\ue001';

const numeral = '[0-9零〇一二三四五六七八九十廿两]{1,4}';
const noisePatterns: readonly RegExp[] = [
  /[〔[(]20\d{2}[〕\])]\s*\d+\s*号/g,
  // 两个 before what has been read as two names.
  /[一二两三四五六七八九\d]个(?=\ue000)/g,
  // Mail addresses and telephone numbers: 0376-8888123, 13800138000, 400-…
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g,
  /(?<![\d.])0\d{2,3}[- ]\d{7,8}(?!\d)/g,
  /(?:电话|手机|联系方式|座机|邮编|工号|编号|文号|微信|QQ)号?码?[:是为 ]*[\dA-Za-z-]{4,}/g,
  // Dates, periods and times of day. A day needs its 日 or 号: in 6月27家 the 27 is a figure.
  new RegExp(
    `(?:20\\d{2}|[二两][〇零][一二三][〇零一二三四五六七八九])\\s*年(?:度|\\s*${numeral}\\s*月份?(?:\\s*${numeral}\\s*[日号])?(?:底|末|初)?)?`,
    'g',
  ),
  /(?<![\d.])20\d{2}[-/.](?:1[0-2]|0?[1-9])(?:[-/.](?:3[01]|[12]\d|0?[1-9]))?(?![\d.])/g,
  new RegExp(`${numeral}\\s*月\\s*${numeral}\\s*[日号]`, 'g'),
  /(?<![个\d])(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月份?(?:底|末|初|中旬)?/g,
  new RegExp(`(?<![\\d.])${numeral}\\s*[日号](?!平台)`, 'g'),
  /(?<!\d)\d{1,2}:\d{2}(?!\d)/g,
  new RegExp(`(?:上午|下午|早上|中午|晚上|今晚|明早|凌晨)?${numeral}\\s*点(?:钟|半|前|后|之前|以前|多)`, 'g'),
  /(?:上午|下午|早上|中午|晚上|今晚|明早)[0-9零一二三四五六七八九十两]{1,3}点/g,
  // Percentages, ordinals that stand for no field (第二批, 附件1, 表2) and numbered documents (〔2023〕56号).
  /\d+(?:\.\d+)?\s*[%％‰]|百分之[0-9零一二三四五六七八九十百点]+/g,
  /第[0-9一二三四五六七八九十]+(?:批|期|季度|次|届|名|位|页|行|版|轮|年)/g,
  /(?:附件|附表|表)[0-9一二三四五]/g,
  /[一二三四]季度|上半年|下半年/g,
];

/** Idioms with numeral characters in them. */
const idioms =
  /一(?=共)|一下|一起|一些|(?<!不)一定|一般|一直|一旦|一会儿?|一点儿?(?![\d一二三四五六七八九十])|统一|唯一|(?<![零一二三四五六七八九十百千\d])万一(?![千百十零])|千万(?=别|不|要|记)|十分|三方|一并|一律|其一|逐一|进一步|二维码|百度|一手|星期[一二三四五六日天]|周[一二三四五六日]/g;

/** Words that make a clause a question or a supposition, so that no figure in it is a statement. */
const question =
  /[?？]|[吗嘛]\s*$|怎么|怎样|如何|(?<!没)(?:什么|啥)|多少|为何|哪[个些里儿天一]|是否|是不是|要不要|能不能|可不可以|行不行|对不对|几[号点]|谁|有没有|(?<!没)有无(?![偿效])/;
const supposition =
  /如果|要是|假如|假设|(?<![零一二三四五六七八九十百千\d])万一(?![千百十零])|比如|例如|譬如|举例|倘若/;
const tag = /^\s*(?:这样)?(?:对|是|行|可以|好|没错|正确|对的)?(?:吗|么|吧[?？])\s*[?？]*\s*$/;

export interface Masked {
  readonly text: string;
  /** Questions and suppositions, in their words. */
  readonly aside: readonly string[];
}

/** Takes questions out of a message. 企业27，对吗？ asks about the clause before it, so that one goes as well. */
export function maskQuestions(text: string): Masked {
  const aside: string[] = [];
  let masked = text;
  // An address may hold a question mark.
  const plain = findAddresses(text).reduce((left, span) => blank(left, span.start, span.end, 'x'), text);
  for (const sentence of plain.matchAll(/[^。！!；;\n?？]+[?？]*/g)) {
    for (const span of questionSpans(sentence[0])) {
      aside.push(text.slice(sentence.index + span.start, sentence.index + span.end).trim());
      masked = blank(masked, sentence.index + span.start, sentence.index + span.end, '。');
    }
  }
  return { text: masked, aside: aside.filter((piece) => piece !== '') };
}

function questionSpans(sentence: string): readonly { start: number; end: number }[] {
  const clauses = [...sentence.matchAll(/[^，,]+/g)];
  const isWhole = supposition.test(sentence) || clauses.some((clause) => tag.test(clause[0]));
  if (isWhole) return [{ start: 0, end: sentence.length }];
  return clauses
    .filter((clause) => question.test(clause[0]))
    .map((clause) => ({ start: clause.index, end: clause.index + clause[0].length }));
}

/** Takes digits that are no figures, idioms and the head of the message out of it. `hasName`: the words name a field. */
export function maskNoise(text: string, hasName: (words: string) => boolean): string {
  const masked = [...noisePatterns, idioms].reduce((left, pattern) => left.replace(pattern, hide), text);
  return heads.reduce((left, head) => left.replace(head, (words) => (hasName(words) ? words : hide(words))), masked);
}

const hide = (words: string): string => NOISE.repeat(words.length);

/** 光山6月： · 光山县市场监管局6月份统计表： · 截至6月30日 — who and when, before the first figure. */
const heads: readonly RegExp[] = [
  /^\s*[\u4e00-\u9fa5]{2,14}\s*(?=\ue001)(?:\ue001|的|上报|报送|统计表?|报表|数据|数|情况|如下|\s)*[:]?/,
  /^\s*(?:\ue001|[\u4e00-\u9fa5]){2,24}[:]/,
  /^\s*[\u4e00-\u9fa5]{1,8}(?:县|区|局|中心)(?=[\s,，。\n])/,
  /(?:截至|截止)(?:到)?\s*\ue001+(?:底|止|为止)?/g,
];
