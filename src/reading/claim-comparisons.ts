/**
 * 网址跟平台一样, 和去年一样, 企业同4月: what is said by likeness to another field or to a month that is not the last one. Last month's
 * figures are not meant, so nothing is taken.
 */
import type { FieldDefinition } from '../table/definition';
import type { NameIndex, NameSpan } from './field-names';
import { findNames } from './field-names';
import { isPreviousPeriod } from './month-mentions';
import type { Ask, Claim, ReadingContext } from './reading';
import { askAbout, fieldIn } from './reading';

const preposition = '(?:和|跟|与|同|按照?|照|比照|参照|沿用|延用|像|如|用|还是|就是|保持)';
const details = '(?:的|那个|报的|数量|数据?|情况|名称|地址|填|报|水平)*';
const likeness = '(?:一样|一致|相同|持平|相当|差不多|一个样|没变化?|没有变化|无变化|不变|未变)(?:的|多)?';
const otherTime =
  '(?:上上个?月|大?前年|去年(?:同期|底|末)?|上年(?:同期|度|底|末)?|上个?季度|上半年|年初|年底|(?:20\\d{2}年|去年|今年)?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?:底|末|初)?)';

const likening = new RegExp(`${preposition}$`);
/** 和企业不变 would be no comparison. */
const likeIt = /^(?:的|数量|数据?)*(?:一样|一致|相同|持平|相当|差不多|一个样)(?:的|多)?/;
const likeTime = new RegExp(
  `${preposition}(?:了)?(${otherTime})${details}(?:${likeness})?|(${otherTime})${details}(?:一样|一致|相同|持平)`,
  'g',
);

export function claimComparisons(text: string, context: ReadingContext, index: NameIndex): readonly Claim[] {
  const names = findNames(text, index);
  const likeNames = names.flatMap((name) => likeField(text, name, names, context));
  const likeTimes = [...text.matchAll(likeTime)]
    .filter((match) => !isPreviousPeriod(match[1] ?? match[2] ?? '', context.period))
    .filter((match) => !isComparedNumber(text, match))
    .map((match) => claimOf(text, { start: match.index, end: match.index + match[0].length }, names, context));
  return [...likeNames, ...likeTimes];
}

/** 和企业一样; 平台和网址都一样 is about both of them and no comparison. */
function likeField(
  text: string,
  name: NameSpan,
  names: readonly NameSpan[],
  context: ReadingContext,
): readonly Claim[] {
  const lead = likening.exec(text.slice(0, name.start))?.[0];
  const tail = likeIt.exec(text.slice(name.end))?.[0];
  if (!lead || !tail) return [];
  return [claimOf(text, { start: name.start - lead.length, end: name.end + tail.length }, names, context)];
}

/** 和去年比新增3家: a change over a time, told with its number. */
function isComparedNumber(text: string, match: RegExpMatchArray): boolean {
  const rest = text.slice((match.index ?? 0) + match[0].length);
  return /^(?:相比|比|的?\d|是|为|增|减|[,，]?(?:新增|增加|减少))/.test(rest);
}

/** The subject is the name right before, else the open question. */
function claimOf(
  text: string,
  span: { start: number; end: number },
  names: readonly NameSpan[],
  context: ReadingContext,
): Claim {
  const subject = names.findLast(
    (name) => name.end <= span.start && /^(?:数|的|也|都|均|是|:|\s)*$/.test(text.slice(name.end, span.start)),
  );
  const start = subject?.start ?? span.start;
  const words = text.slice(start, span.end);
  const field = fieldIn(context, subject ? (subject.keys[0] ?? null) : context.asked);
  return { start, end: span.end, taken: [], asks: [askOf(field, words)] };
}

function askOf(field: FieldDefinition | null, words: string): Ask {
  return field ? askAbout(field, 'unclear', words) : { field: null, words, reason: 'unclear', candidates: [] };
}
