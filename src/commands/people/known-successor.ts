/**
 * 更换 to somebody whom the bot knows from another unit: such a person cannot register again, and a name alone proves nothing,
 * so it is shown who that is and asked once.
 */
import type { Unit } from '../../../entities/unit';
import { nameOfRole } from '../../access/readers';
import { overseeing, reaches } from '../../access/speaker';
import { type Choice, list, say } from '../../channels/content';
import { type HeldElsewhere, peopleNamed } from '../../registration/succession';
import type { Outcome, Talk } from '../command';

/** What is added to the words to answer the question: 确认更换 …（浉河区）, … 另有其人. */
export interface SuccessorWords {
  readonly isConfirmed: boolean;
  readonly isOther: boolean;
  /** Short name of the unit by which one of several is told. */
  readonly from: string | null;
  /** What is left: the unit and the names. */
  readonly rest: string;
}

export function readSuccessorWords(text: string): SuccessorWords {
  const said = text.normalize('NFKC');
  const from = /\(([^()]{2,30})\)/.exec(said);
  return {
    isConfirmed: /^\s*确认/.test(said),
    isOther: said.includes('另有其人'),
    from: from?.[1] ?? null,
    rest: said
      .replace(/^\s*确认/, '')
      .replace('另有其人', ' ')
      .replace(from?.[0] ?? '', ' '),
  };
}

interface Asked {
  readonly unit: Unit;
  readonly leaver: string;
  readonly name: string;
  readonly said: SuccessorWords;
}

/** Who is meant; null when the bot knows nobody of the name within the speaker's reach, and a question when it has to be asked. */
export async function successorElsewhere(
  talk: Talk,
  { unit, leaver, name, said }: Asked,
): Promise<HeldElsewhere | { readonly question: Outcome } | null> {
  if (said.isOther) return null;
  const posts = overseeing(talk.speaker, ['staff']);
  const known = (await peopleNamed(talk.tx, name, talk.now)).filter((each) =>
    posts.some((post) => reaches(post, each)),
  );
  const meant = said.from === null ? known : known.filter(({ short }) => short === said.from);
  const [only, another] = meant;
  if (only && !another && said.isConfirmed) return only;
  return known.length === 0 ? null : { question: whoIsMeant(known, `${unit.short} ${leaver} ${name}`) };
}

const nameOf = ({ name, short, role, deputy }: HeldElsewhere): string => `${short}${nameOfRole(role, deputy)}${name}`;

function whoIsMeant(known: readonly HeldElsewhere[], words: string): Outcome {
  const [only, another] = known;
  const choices: readonly Choice[] = [
    ...known.map((each) => ({ label: nameOf(each), text: `确认更换 ${words}（${each.short}）` })),
    { label: '另有其人', text: `更换 ${words} 另有其人` },
  ];
  const kept = '原来的职责不变，不再兼的请另行更换。';
  if (only && !another) {
    const ask = `接任的是${nameOf(only)}吗？是请回“${choices[0]?.text}”，即刻起一并负责；${kept}`;
    return { content: say([ask, `不是同一人，请回“${choices[1]?.text}”。还没有办理。`], choices) };
  }
  return { content: say(['有几位同名，请说明是哪一位。还没有办理。', list(known.map(nameOf), true), kept], choices) };
}
