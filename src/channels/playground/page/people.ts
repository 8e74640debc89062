/** Sorts the people one can speak as into the sections of the switcher. */
import type { PlaygroundPerson } from '../wire';

export interface PeopleSection {
  readonly title: string;
  readonly people: readonly PlaygroundPerson[];
}

const titles = ['联络员', '市局人员', '市局领导', '未登记的新人', '其他'] as const;

function titleOf(person: PlaygroundPerson): (typeof titles)[number] {
  if (/未登记|待审核|^$/.test(person.role)) return '未登记的新人';
  if (/联络员|分管领导/.test(person.role)) return '联络员';
  if (/人员/.test(person.role)) return '市局人员';
  return /领导/.test(person.role) ? '市局领导' : '其他';
}

/** Sections that have somebody whose name, unit or role contains the wanted text. */
export function sectionsOf(people: readonly PlaygroundPerson[], wanted: string): readonly PeopleSection[] {
  const found = people.filter(({ name, unit, role }) => `${name} ${unit} ${role}`.includes(wanted.trim()));
  return titles
    .map((title) => ({ title, people: found.filter((person) => titleOf(person) === title) }))
    .filter((section) => section.people.length > 0);
}

/** Whoever is shown to a newcomer first: somebody who has something to report. */
export function firstSpeaker(people: readonly PlaygroundPerson[]): PlaygroundPerson | undefined {
  return people.find((person) => person.role === '联络员') ?? people[0];
}
