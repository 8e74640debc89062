/** 谁能看到什么: who reads the figures of a unit, by their role over it. */
import { In } from 'typeorm';
import { Assignment, type Role } from '../../entities/assignment';
import { Person } from '../../entities/person';
import { Unit } from '../../entities/unit';
import type { UnitRef } from '../access/speaker';
import { list, say } from '../channels/content';
import type { Command, Talk } from './command';

const roleNames: Record<Role, string> = { contact: '联络员', lead: '分管领导', staff: '市局人员', leader: '市局领导' };

export const readers: Command = {
  words: '谁能看到什么',
  help: '您和别人各能看到哪些数',
  roles: [],
  inGroup: false,
  match: (text) => /^(谁能看到什么|谁能看|谁能看到|谁能看到我的数|谁看得到|权限)$/.test(text),
  async run(talk) {
    const own = talk.speaker.posts.map(
      (post) => `您是${post.unit.short}${roleNames[post.role]}，能看${post.unit.short}的数`,
    );
    const unit = talk.speaker.posts[0]?.unit;
    const others = unit ? await readersOf(talk, unit) : [];
    return {
      content: say([
        ...own.map((line) => `${line}${talk.speaker.posts[0]?.role === 'contact' ? '' : '（含下级）'}。`),
        ...(others.length > 0 ? [`能看到${unit?.short ?? ''}数的人：`, list(others)] : []),
        '群里只通报进度，不出现单位的具体数。草稿只有本单位联络员能看到。',
      ]),
    };
  },
};

async function readersOf({ tx, now }: Talk, unit: UnitRef): Promise<readonly string[]> {
  const ids = unit.path.split('/').filter(Boolean).map(Number);
  const posts = await tx.findBy(Assignment, { unitId: In(ids) });
  const current = posts.filter((post) => post.since <= now && (post.until === null || post.until > now));
  const people = new Map(
    (await tx.findBy(Person, { id: In(current.map((post) => post.personId)) })).map((each) => [each.id, each.name]),
  );
  const units = new Map((await tx.findBy(Unit, { id: In(ids) })).map((each) => [each.id, each.short]));
  return current.map(
    (post) => `${units.get(post.unitId) ?? ''}${roleNames[post.role]} ${people.get(post.personId) ?? ''}`,
  );
}
