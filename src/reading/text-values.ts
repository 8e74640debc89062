/** Texts as values: what may stand as a name, how several are told apart, and what is talk rather than an answer. */
import type { FieldDefinition } from '../table/definition';
import { markAt } from './marks';
import { readNumeral } from './numerals';
import type { Ask, Taken } from './reading';
import { askAbout } from './reading';
import { isWebAddress } from './web-addresses';

/** Names that 和 may join: 省平台和市交易中心, but not 和谐 or 中和. */
const nameEnd =
  '平台|网站?|系统|中心|市场|超市|库|馆|公众号|小程序|APP|app|公司|大学|学院|研究院|研究所|医院|厂|集团|局';
const joint = new RegExp(`(?<=${nameEnd})(?:\\s*(?:和|及|以及|与|还有|\\+|/)\\s*|\\s+(?=[\u4e00-\u9fa5]))`);
const endsAsName = new RegExp(`(?:${nameEnd}|[\\dA-Za-z)])$`);
/** 省平台和豫南专利网两个 */
const howMany = /[，,\s]*(?:这|共|一共|总共|有)?([一二两三四五六七八九十\d]+)个(?:平台|网站|网址)?[。\s]*$/;
/** Starts of what is said about a name, rather than a name. */
const aboutName =
  /^(?:那|这|老|原[来先]|以前|之前|上[个次月]|还|没|未|不|暂|正在|已经?|尚|同|照|没有|准备|打算|拟|待|改|[了也])/;
const talk =
  /[你您咱我]|(?:了|吧|呢|啊|呀|哦|哈|嘛|啦|的)$|稍后|稍等|等[一下会]|明天|今天|昨天|后天|现在|回头|马上|忙|怎|为什么|请|谢|好的|收到|知道|可以|帮|查|问|看|想|麻烦|抱歉|不好意思|对不起|先不|再说|开会|^(?:确认|提交|取消|跳过|返回|继续|存|存草稿|放弃|付费|收费|有偿|付清|支付|撤回|测试|试试|试一下|帮助|菜单|上报|修改|更正|[上下]一[项个步])$/;

export function isProse(field: FieldDefinition): boolean {
  return /备注|说明|原因|情况|意见|建议/.test(field.short);
}

export function splitNames(text: string): readonly string[] {
  return text
    .replace(/(^|\n)\s*\d{1,2}[、.)]\s*|[①-⑫]/g, '\n')
    .split(/[、，,;；\n\ue000]/)
    .flatMap((piece) => piece.split(joint))
    .map(bareName)
    .filter((piece) => piece !== '' && !isOnlyMarks(piece));
}

/** Without quotation marks and polite endings. */
export function bareName(text: string): string {
  return text
    .replace(/[\ue000\ue001]/g, ' ')
    .trim()
    .replace(/^\)+|\($/g, '')
    .replace(/^["'“”‘’「」《\s:=]+|["'“”‘’「」》\s。.!！,，;；]+$/g, '')
    .replace(/(?<=[\u4e00-\u9fa5])(?:吧|啊|哦|呢|哈|呀)$/, '')
    .trim();
}

export function looksLikeName(text: string): boolean {
  return endsAsName.test(text.trim());
}

/** Nothing in it but small words: 好的，谢谢 */
export function isOnlyMarks(text: string): boolean {
  for (let at = 0; at < text.length; ) {
    const length = markAt(text, at)?.length ?? (/[\s，,。.、!！~;；:]/.test(text.charAt(at)) ? 1 : 0);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

/** 和上一项一样, 同上一个 */
const likeness = /^(?:和|跟|与|同|照|按).*(?:一样|相同|一致|同|上)|(?:一样|相同|一致)的?$/;

export function isTalk(text: string): boolean {
  return talk.test(text) || aboutName.test(text) || likeness.test(text) || /^[A-Za-z]$/.test(text.trim());
}

/** 新增一个豫南专利网 tells what came, not the whole. */
const addition = /^(?:又|再|还|另)?(?:新增加?|增加|添加|加|多)了?(?:[一1]个|个)?\s*[:]?\s*/;
/** Two names where one is asked for: 豫南大学，恒通公司 */
const severalNames = /[，,、；;\n]|[\u4e00-\u9fa5)]\s+[\u4e00-\u9fa5]/;

export interface TextReading {
  readonly taken: readonly Taken[];
  readonly asks: readonly Ask[];
}

/** A text that was found for a field: taken when all of its parts are fit, else asked. */
export function readText(field: FieldDefinition, text: string, words: string): TextReading {
  const parts = field.many ? splitNames(text.replace(howMany, '')) : [bareName(text)].filter((part) => part !== '');
  const value = parts.join('\n');
  const ask = (reason: Ask['reason']) => ({ taken: [], asks: [askAbout(field, reason, words)] });
  if (parts.length === 0) return { taken: [], asks: [] };
  if (parts.some((part) => part.length > field.maxLength)) return ask('too_long');
  if (field.format === 'url' && !parts.every(isWebAddress)) return ask('not_url');
  const isProseField = isProse(field);
  const doubt = isProseField ? null : doubtOf(field, text, parts);
  if (doubt) return ask(doubt);
  const isNamed = isProseField || parts.every((part) => /[\u4e00-\u9fa5A-Za-z]/.test(part) && !isNumberLike(part));
  if (!isNamed && field.format !== 'url') return ask('unreadable_value');
  return { taken: [{ kind: 'value', field: field.key, value, words }], asks: [] };
}

function doubtOf(field: FieldDefinition, text: string, parts: readonly string[]): Ask['reason'] | null {
  if (isMarkup.test(text) || (field.many && isMiscounted(text, parts))) return 'unreadable_value';
  if (addition.test(parts.join('\n'))) return 'relative';
  return parts.some((part) => severalNames.test(part)) ? 'two_values' : null;
}

/** Formulas, templates and links are nobody's name. */
const isMarkup = /[{}<>*[\]`|\\]|^\s*[=@]|[A-Za-z]\(/;

/** 省平台有两个 gives one name for two. */
function isMiscounted(text: string, parts: readonly string[]): boolean {
  const count = readNumeral(howMany.exec(text)?.[1] ?? '');
  return count.kind === 'exact' && Number(count.value) !== parts.length;
}

/** 3个, 两家: how many there are, not what they are called. */
function isNumberLike(text: string): boolean {
  return /^[有共]?[\d.零一二两三四五六七八九十百千万亿几多]+(?:[个家件项处所元块]|万元|块钱)?$/.test(text);
}
