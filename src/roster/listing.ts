/** The roster going out: as a list for the terminal, and as a file that the import takes back unchanged. */
import { accountFields, accountOf } from './accounts';
import { type RosterField, roleName, rosterColumns, rosterFields } from './columns';
import { maskPhone } from './describe';
import type { RosterPerson } from './roster';
import type { RosterState } from './store';

/** By unit, phone numbers masked; then what is still missing. */
export function describeRoster({ current, units }: RosterState): string {
  const lines = current.map((person) => `${units.nameOf(person.unitId)}  ${describePerson(person)}`);
  const reported = new Set(current.filter(({ role }) => role === 'contact').map(({ unitId }) => unitId));
  const silent = units.all.filter(({ id, kind }) => kind !== 'bureau' && !reported.has(id));
  const mute = current.filter(({ identities }) => identities.length === 0);
  return [
    ...lines,
    `共 ${new Set(current.map(({ personId }) => personId)).size} 人`,
    ...note(
      '没有联络员的单位',
      silent.map(({ id }) => units.nameOf(id)),
    ),
    ...note('没有账号、还不能对话的人', [...new Set(mute.map(({ name }) => name))]),
  ].join('\n');
}

function describePerson(person: RosterPerson): string {
  const accounts = accountFields
    .map((channel) => [rosterColumns[channel], accountOf(person, channel)] as const)
    .filter(([, userId]) => userId !== '')
    .map(([title, userId]) => `${title} ${userId}`);
  const mobile = person.mobile === '' ? [] : [`手机 ${maskPhone(person.mobile)}`];
  return [`${person.name} ${roleName(person)}`, ...mobile, ...accounts].join('，');
}

function note(title: string, names: readonly string[]): readonly string[] {
  return names.length > 0 ? [`${title}：${names.join('、')}`] : [];
}

/** UTF-8 with a byte order mark, without which Excel takes the file for GBK. */
export function rosterCsv({ current, units }: RosterState): string {
  const written = new Set<number>();
  const records = current.map((person) => {
    const record = recordOf(person, units.nameOf(person.unitId), written.has(person.personId));
    written.add(person.personId);
    return record;
  });
  const lines = [rosterFields.map((field) => rosterColumns[field]), ...records];
  return `\uFEFF${lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`;
}

/** @param again a further post of a person above: an import takes the same account or number on two lines for a mistake. */
function recordOf(person: RosterPerson, unit: string, again: boolean): readonly string[] {
  const once = (text: string): string => (again ? '' : text);
  const record: Readonly<Record<RosterField, string>> = {
    unit,
    name: person.name,
    title: person.title,
    officePhone: person.officePhone,
    mobile: once(person.mobile),
    email: person.email,
    role: roleName(person),
    wecom: once(accountOf(person, 'wecom')),
    dingtalk: once(accountOf(person, 'dingtalk')),
  };
  return rosterFields.map((field) => record[field]);
}

/**
 * RFC 4180. A tab keeps a text such as `=1+1` from becoming a formula (owasp.org/www-community/attacks/CSV_Injection);
 * the import drops it again.
 */
function csvCell(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `\t${text}` : text;
  return /[",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
