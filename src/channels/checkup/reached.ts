/** Whether each of many accounts or groups is known to the platform, asked one by one, a few at a time. */
import { bad, type Finding, good, note } from './finding';

export type Reached =
  | 'known'
  | 'unknown'
  /** The platform does not let us ask. */
  | 'not told';

export interface Question {
  /** 账号, 群 */
  readonly what: string;
  /** As people call them. */
  readonly names: readonly string[];
  /** Where the unknown ones are mended. */
  readonly advice: string;
  ask(index: number): Promise<Reached>;
}

/** More would take minutes, and the platforms count calls. */
const askedAtMost = 300;
const atOnce = 4;
const shownAtMost = 5;

export async function checkReached(question: Question): Promise<readonly Finding[]> {
  const { what, names, advice } = question;
  const asked = names.slice(0, askedAtMost);
  if (asked.length === 0) return [];
  const answers = await askAll(question, asked.length);
  const unknown = asked.filter((_, index) => answers[index] === 'unknown');
  const told = answers.filter((answer) => answer !== 'not told').length;
  const rest = names.length - told;
  return [
    ...(unknown.length > 0 ? [bad(`${unknown.length} 个${what}平台找不到或够不着：${shown(unknown)}`, advice)] : []),
    ...(told > unknown.length ? [good(`${told - unknown.length} 个${what}够得着`)] : []),
    ...(rest > 0 ? [note(`${rest} 个${what}没有核对`)] : []),
  ];
}

async function askAll({ ask }: Question, count: number): Promise<readonly Reached[]> {
  const answers: Reached[] = Array.from({ length: count }, () => 'not told');
  const waiting = answers.keys();
  const lane = async (): Promise<void> => {
    for (const index of waiting) answers[index] = await ask(index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
  return answers;
}

const shown = (names: readonly string[]): string =>
  `${names.slice(0, shownAtMost).join('、')}${names.length > shownAtMost ? ' 等' : ''}`;
