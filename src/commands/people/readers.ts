/** 谁能看到什么: what the speaker reads, and who reads the figures of the speaker's unit or of one that is named. */
import { nameOfRole, readersOf } from '../../access/readers';
import { type Post, reaches, type UnitRef } from '../../access/speaker';
import { list, say } from '../../channels/content';
import { unitsNamedIn } from '../../registration/units';
import type { Command, Talk } from '../command';

export const readers: Command = {
  words: '谁能看到什么',
  help: '您和别人各能看到哪些数',
  roles: [],
  inGroup: false,
  match: (text) =>
    /^(谁能看到什么|谁能看|谁能看到|谁能?看得?到.{0,20}的?(数|数据|数字|报表)|谁看得到|都有谁能看到?|权限|我能看什么|我能看到什么)$/.test(
      text,
    ),
  async run(talk) {
    const named = await namedUnits(talk);
    const isOthers = named.length > 0 && named.every((each) => !readsOf(talk, each));
    const unit = named.find((each) => readsOf(talk, each)) ?? talk.speaker.posts[0]?.unit;
    const others = unit ? await readersOf(talk.tx, unit, talk.now) : [];
    return {
      content: say([
        ...(isOthers ? [`您看不到${named[0]?.short ?? ''}的数。`] : []),
        ...talk.speaker.posts.map(ownLine),
        ...(unit && others.length > 0 ? [`能看到${unit.short}数的人：`, list(others)] : []),
        '草稿只有本单位联络员能看到，确认后才算报送。其他单位看不到；群里只通报进度，不出现具体数和手机号。',
      ]),
    };
  },
};

function ownLine({ role, deputy, unit }: Post): string {
  const who = `您是${unit.short}${nameOfRole(role, deputy)}`;
  if (role === 'contact')
    return `${who}，填报${unit.short}的报表，能看${unit.short}的草稿和已报的数，看不到其他单位的。`;
  return `${who}，能看${unit.short}及下级单位已报的数。`;
}

const readsOf = ({ speaker }: Talk, unit: Named): boolean => speaker.posts.some((post) => reaches(post, unit));

type Named = Pick<UnitRef, 'path' | 'short'>;

/** The units that are named, the lowest first, under the names that were used. */
async function namedUnits({ tx, text }: Talk): Promise<readonly Named[]> {
  const units = await unitsNamedIn(tx, text);
  const named = units.map(({ path, names }) => ({ path, short: names.find((name) => text.includes(name)) ?? '' }));
  return named.sort((a, b) => b.path.length - a.path.length);
}
