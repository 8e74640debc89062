/** What must hold of one line of a roster file by itself. */
import { isRosterRole, type RosterField, rosterColumns, rosterRoles } from './columns';
import { bareMobile, bareName, isEmail, isMobile, isOfficePhone, longestDetail } from './details';
import type { RosterCells } from './read';
import type { RosterProblem, RosterRow, RosterUnits } from './roster';

export type Checked =
  | { readonly ok: true; readonly row: RosterRow }
  | { readonly ok: false; readonly problems: readonly RosterProblem[] };

const accountPattern = /^\S+$/;

/** The most that storage keeps, in characters. */
const longest: Readonly<Partial<Record<RosterField, number>>> = {
  ...longestDetail,
  wecom: 128,
  dingtalk: 128,
};

export function checkCells(line: number, cells: RosterCells, units: RosterUnits): Checked {
  const { role } = cells;
  const row = { ...cells, line, name: bareName(cells.name), mobile: bareMobile(cells.mobile) };
  const problems = [...checkNeeded(cells, units), ...checkForms(row), ...checkLengths(row)];
  const found = problems.map(([field, reason]) => ({ line, column: rosterColumns[field], reason }));
  return isRosterRole(role) && found.length === 0
    ? { ok: true, row: { ...row, role } }
    : { ok: false, problems: found };
}

type Complaint = readonly [RosterField, string];

function checkNeeded({ unit, name, role }: RosterCells, units: RosterUnits): readonly Complaint[] {
  const complaints: Complaint[] = [];
  if (unit === '') complaints.push(['unit', '没有填']);
  else if (units.idOf(unit) === null) complaints.push(['unit', `“${unit}”不在单位名单里，请照名单写`]);
  if (name === '') complaints.push(['name', '没有填']);
  if (!isRosterRole(role)) {
    const allowed = Object.keys(rosterRoles).join('、');
    complaints.push(['role', role === '' ? `没有填，应为${allowed}之一` : `“${role}”应为${allowed}之一`]);
  }
  return complaints;
}

function checkForms({ mobile, officePhone, email, wecom, dingtalk }: RosterCells): readonly Complaint[] {
  const complaints: Complaint[] = [];
  if (mobile !== '' && !isMobile(mobile)) complaints.push(['mobile', whyNotMobile(mobile)]);
  if (officePhone !== '' && !isOfficePhone(officePhone)) {
    complaints.push(['officePhone', '只能有数字、括号、横线和“转”']);
  }
  if (email !== '' && !isEmail(email)) complaints.push(['email', `“${email}”不是邮箱地址`]);
  if (wecom !== '' && !accountPattern.test(wecom)) complaints.push(['wecom', `“${wecom}”中间有空格`]);
  if (dingtalk !== '' && !accountPattern.test(dingtalk)) complaints.push(['dingtalk', `“${dingtalk}”中间有空格`]);
  return complaints;
}

function checkLengths(cells: RosterCells): readonly Complaint[] {
  return (Object.entries(longest) as [RosterField, number][])
    .filter(([field, most]) => cells[field].length > most)
    .map(([field, most]) => [field, `超过${most}个字`]);
}

function whyNotMobile(mobile: string): string {
  if (!/^\d+$/.test(mobile)) return '应为11位数字';
  return mobile.length === 11 ? '应以13至19开头' : `有${mobile.length}位，应为11位`;
}
