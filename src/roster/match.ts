/**
 * Which known person a line means: by account, else by mobile number, else by unit and name. Where these contradict each
 * other nobody is chosen, since a wrong choice would let one person report in another's name.
 */
import { sharedAccount } from './accounts';
import type { RosterField } from './columns';
import type { RosterAddition, RosterPerson } from './roster';

export type Match =
  | { readonly kind: 'known'; readonly person: RosterPerson }
  | { readonly kind: 'new' }
  | { readonly kind: 'unclear'; readonly field: RosterField; readonly reason: string };

export function findPerson(addition: RosterAddition, current: readonly RosterPerson[]): Match {
  return (
    matchAccount(addition, current) ?? matchMobile(addition, current) ?? matchName(addition, current) ?? { kind: 'new' }
  );
}

function matchAccount(addition: RosterAddition, current: readonly RosterPerson[]): Match | null {
  const { row } = addition;
  const holders = current.filter((person) => sharedAccount(row, person) !== null);
  const holder = holders[0];
  if (!holder) return null;
  const stranger = holders.find((person) => person.personId !== holder.personId);
  if (stranger) return unclear('wecom', `两个账号分别登记给${holder.name}和${stranger.name}，请核对`);
  if (holder.name !== row.name && (row.mobile === '' || holder.mobile !== row.mobile)) {
    return unclear(sharedAccount(row, holder) ?? 'wecom', `已登记给${holder.name}，请核对`);
  }
  return chooseAssignment(addition, holders);
}

function matchMobile(addition: RosterAddition, current: readonly RosterPerson[]): Match | null {
  const { row } = addition;
  const holders = row.mobile === '' ? [] : current.filter((person) => person.mobile === row.mobile);
  const namesakes = holders.filter((person) => person.name === row.name);
  if (namesakes.length > 0) return chooseAssignment(addition, namesakes);
  return holders[0] ? unclear('mobile', `已登记给${holders[0].name}，请核对`) : null;
}

function matchName(addition: RosterAddition, current: readonly RosterPerson[]): Match | null {
  const { row, unitId } = addition;
  const namesakes = current.filter((person) => person.unitId === unitId && person.name === row.name);
  return namesakes.length > 0 ? chooseAssignment(addition, namesakes) : null;
}

/** Of one person's assignments the one over the line's unit; a single one elsewhere means a move. */
function chooseAssignment({ row, unitId }: RosterAddition, persons: readonly RosterPerson[]): Match {
  const here = persons.filter((person) => person.unitId === unitId);
  const candidates = here.length > 0 ? here : persons;
  const [person] = candidates;
  if (person && candidates.length === 1) return { kind: 'known', person };
  const isOnePerson = new Set(candidates.map((each) => each.personId)).size === 1;
  return isOnePerson
    ? unclear('unit', `${row.name}已有几项任职，分不清改哪一项，请在对话中调整`)
    : unclear('name', '有同名的人，请填账号或已登记的手机号');
}

function unclear(field: RosterField, reason: string): Match {
  return { kind: 'unclear', field, reason };
}
