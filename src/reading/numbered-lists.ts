/** (2)27 (3)135 and 2、27 3、135: the first of each pair may be the number of a question rather than a figure. */
import { normalText } from './normal-text';
import type { ReadingContext } from './reading';

const counting = '(?:\\d{1,2}|[一二三四五六七八九十]{1,2})';
const marked = new RegExp(`(?:^|[\\s;；,，。])\\(?${counting}\\)\\s*\\d`);
const paired = new RegExp(
  `(?:^|[\\s;；,，。])${counting}\\s*[、.]\\s*\\d+[家件项个]?[\\s;；,，。]+${counting}\\s*[、.]\\s*\\d`,
);
const single = /^\s*(\d{1,2})\s*[、.]\s*\d+[家件项个]?[\s。]*$/;

export function looksNumbered(text: string, context: ReadingContext): boolean {
  const normal = normalText(text);
  if (marked.test(normal) || paired.test(normal)) return true;
  // 2、27 where the second question is open.
  const questions = context.fields.filter((field) => field.derived === null).map((field) => field.key);
  const number = Number(single.exec(normal)?.[1] ?? 0);
  return number > 0 && questions[number - 1] === context.asked;
}
