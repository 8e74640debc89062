/** What is said to somebody who registers. Polite, short, and always with what to do next. */
import { type Content, list, say } from '../channels/content';
import { type ContactField, contactColumns, contactFields, type Details, missingIn } from './columns';

/** Something that was said and cannot be taken. */
export interface Slip {
  readonly field: ContactField;
  /** The value and what is wrong with it: 1380013800 只有10位. */
  readonly fault: string;
  /** What to tap instead. */
  readonly candidates?: readonly string[];
}

const ownName = '我是报送助手';
const examplePhone = '0376-1234567';
const waitingMark = '您的登记【待审核】';
const completeMark = '六项已齐，已提交市局审核';
const takenMark = '请核对，已记下：';
const groupMark = '登记请私聊我';
const refusedMark = '您的登记没有通过';

/** Whether a text is one of ours that came back: an echo, another bot of our make, the example sent as it stands. */
export function isOurWording(text: string): boolean {
  const said = text.normalize('NFKC');
  const marks = [ownName, examplePhone, waitingMark, completeMark, takenMark, groupMark, refusedMark];
  return marks.some((mark) => said.includes(mark.normalize('NFKC')));
}

const example = (unitName: string): string =>
  `我是${unitName}王小明，科员，办公电话${examplePhone}，手机13912345678，邮箱wangxm@example.cn`;

/** @param unitName a unit that people here know. */
export function greeting(unitName: string): Content {
  return say([
    `您好，${ownName}。您的账号还没有登记，登记并经市局审核后才能报送和查看。`,
    '请用一句话发齐六项（单位、姓名、职务、办公电话、手机号、邮箱），例如：',
    `“${example(unitName)}”`,
    '也可以一项一项发，先发您的单位名称。这些信息只用于审核和工作联络。',
  ]);
}

export const notReadable = '图片、文件里的内容我读不了，没有记下任何内容，请发文字。';
export const notOurs = '收到的像是我自己的话或上面的示例，没有记下任何内容。请换成您自己的信息再发。';
export const inGroup = say([`您的账号还没有登记。${groupMark}：点我的头像发消息即可，群里请不要发手机号。`]);

/** What is known so far, what cannot be taken and why, what is still missing. */
export function progressOf(details: Details, unitName: string, slips: readonly Slip[]): Content {
  const wrong = new Set(slips.map((slip) => slip.field));
  const missing = missingIn(details).filter((field) => !wrong.has(field));
  const known = knownLines(details, unitName);
  return say(
    [
      ...(known.length > 0 ? [takenMark, list(known)] : []),
      ...slips.map(slipLine),
      ...(missing.length > 0
        ? [`还缺：${missing.map(shown).join('、')}。可以一起发，也可以先发${firstOf(missing)}。`]
        : []),
    ],
    choicesOf(slips),
  );
}

const shown = (field: ContactField): string => `【${contactColumns[field]}】`;
const nounOf = (field: ContactField): string => (field === 'mobile' ? '手机号' : contactColumns[field]);
const firstOf = ([first]: readonly ContactField[]): string => (first ? nounOf(first) : '');

/** 【手机】1380013800 只有10位，请重发手机号。 */
const slipLine = ({ field, fault }: Slip): string => `${shown(field)}${fault}，请重发${nounOf(field)}。`;

const choicesOf = (slips: readonly Slip[]): readonly string[] => slips.flatMap((slip) => slip.candidates ?? []);

export function knownLines(details: Details, unitName: string): readonly string[] {
  const missing = new Set(missingIn(details));
  return contactFields
    .filter((field) => !missing.has(field))
    .map((field) => `${contactColumns[field]}：${field === 'unit' ? unitName : details[field]}`);
}

export function complete(details: Details, unitName: string): Content {
  return say([
    `${completeMark}，审核通过前暂不能报送。通过后我会马上通知您。`,
    list(knownLines(details, unitName)),
    '请核对；要改哪一项直接发，如“职务改成股长”。',
  ]);
}

/** @param changed what this message changed; empty when it only asked. */
export function stillWaiting(changed: readonly string[], slips: readonly Slip[]): Content {
  const kept = slips.map((slip) => `${slipLine(slip)}原来登记的没有动。`);
  return say(
    [
      ...(changed.length > 0 ? [`已更正：${changed.join('；')}。`] : []),
      ...kept,
      `${waitingMark}，通过后我会马上通知您，现在还不能报送。`,
      ...(changed.length + slips.length > 0 ? [] : ['要改登记的哪一项，直接发即可，如“职务改成股长”。']),
    ],
    choicesOf(slips),
  );
}

export function stillRefused(reason: string | null): Content {
  return say(
    [
      `${refusedMark}。原因：${reason ?? '未注明'}。`,
      '请把要改的那一项重发给我，如“职务改成股长”；内容没有变化的，回“重新提交”。',
    ],
    ['重新提交'],
  );
}
