/** 未报: who has not filed, with whom to talk to. */
import { In } from 'typeorm';
import { Assignment } from '../../entities/assignment';
import { Person } from '../../entities/person';
import { explainDue } from '../calendar/periods';
import { list, say } from '../channels/content';
import type { Tx } from '../database/database';
import type { UnitStanding } from '../filing/standing';
import type { Command } from './command';
import { askedOverview, nothingToSee } from './overview';

const roles = ['staff', 'leader', 'lead'] as const;

export const unfiled: Command = {
  words: '未报',
  help: '还没报的单位和联络员',
  roles,
  inGroup: false,
  match: (text) => /^(未报|谁没报|哪些没报|没报的|未报名单|还有谁没报|谁还没报|未报单位)$/.test(text),
  async run(talk) {
    const asked = await askedOverview(talk, roles);
    if (!asked) return nothingToSee;
    const { definition, terms, standings } = asked;
    const missing = standings.filter((unit) => unit.status === null || unit.status === 'draft');
    if (missing.length === 0)
      return { content: say([`${terms.label}${definition.short}：${standings.length}家全部已报。`]) };
    const contacts = await contactsOf(talk.tx, missing, talk.now);
    const lines = missing.map((unit) => `${unit.short}（${describe(unit, contacts.get(unit.unitId) ?? [])}）`);
    return {
      content: say([
        `${terms.label}${definition.short}未报${missing.length}家（应报${standings.length}家），截止${explainDue(terms)}：`,
        list(lines, true),
      ]),
    };
  },
};

function describe(unit: UnitStanding, contacts: readonly string[]): string {
  const who = contacts.length > 0 ? `联络员${contacts.join('、')}` : '尚无联络员';
  return unit.status === 'draft' ? `有草稿，${who}` : who;
}

async function contactsOf(
  tx: Tx,
  units: readonly UnitStanding[],
  now: Date,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const assignments = await tx.findBy(Assignment, { unitId: In(units.map((unit) => unit.unitId)), role: 'contact' });
  const current = assignments.filter((each) => each.since <= now && (each.until === null || each.until > now));
  const people = await tx.findBy(Person, { id: In(current.map((each) => each.personId)) });
  const names = new Map(people.map((person) => [person.id, person.name]));
  const byUnit = new Map<number, string[]>();
  for (const { unitId, personId } of current.sort((a, b) => Number(a.deputy) - Number(b.deputy))) {
    byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), names.get(personId) ?? '']);
  }
  return byUnit;
}
