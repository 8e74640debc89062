/** The words by which people name the six columns, and what may stand between such a word and its value. */
import type { ContactField } from './columns';

/** A column, or `phone` for a word that may mean either number. */
export type LabelField = ContactField | 'phone';

const words: readonly (readonly [LabelField, string])[] = [
  ['unit', '所在单位|工作单位|单位名称|单位全称|单位(?!电话)'],
  ['name', '联系人姓名|联络员姓名|姓名|名字|我叫|我的名字'],
  ['title', '职务职级|职务|职位|职级|岗位'],
  ['officePhone', '办公室?电话|单位电话|固定电话|办公座机|座机|固话'],
  ['mobile', '手机|移动电话'],
  ['email', '电子邮箱|电子邮件|邮箱|邮件|(?<![A-Za-z])e-?mail'],
  ['phone', '联系电话|联系方式|电话'],
];

/** 手机号写错了，应该是: everything up to the value. */
const filler =
  String.raw`(?:号码|号|地址)?\s*[*)]?\s*(?:写错了|填错了|错了|不对|有误)?[,。]?\s*(?:应该|应|要|请)?` +
  String.raw`(?:改成|改为|换成|更正为|更新为|是|为)?\s*[:=]?\s*`;

export const wordsOf = (...fields: readonly LabelField[]): string =>
  words
    .filter(([field]) => fields.includes(field))
    .map(([, names]) => names)
    .join('|');

/** A column's word with everything up to its value. */
export const labelled = (...fields: readonly LabelField[]): string => `(?:${wordsOf(...fields)})${filler}`;

const patterns = words.map(([field, names]) => [field, new RegExp(`^(?:${names})`, 'i')] as const);

/** Which column the words mean; null when they name none. */
export function fieldOfLabel(label: string): LabelField | null {
  return patterns.find(([, pattern]) => pattern.test(label))?.[0] ?? null;
}

const everyField = words.map(([field]) => field);
const headLine = new RegExp(`^(?:序号\\s*)?(?:(?:${wordsOf(...everyField)})(?:号码|号)?[\\s,、|]*){3,}$`, 'i');

/** The head of a pasted table, which names columns and says nothing. */
export const isHeadLine = (line: string): boolean => headLine.test(line.trim());
