/** What must hold of one line of a roster file by itself. */
import { isRosterRole, type RosterField, rosterColumns, rosterRoles } from './columns';
import type { RosterCells } from './read';
import type { RosterProblem, RosterRow, RosterUnits } from './roster';

export type Checked =
  | { readonly ok: true; readonly row: RosterRow }
  | { readonly ok: false; readonly problems: readonly RosterProblem[] };

/** 张 三: set apart for looks, where a Latin name keeps its spaces. */
const spaceInName = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;
const mobilePattern = /^1[3-9]\d{9}$/;
const officePhonePattern = /^[\d\-() /转]{3,40}$/;
/** As strict as to catch a slip of the pen; whether the address exists only a mail can tell. */
const emailPattern = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/;
const accountPattern = /^\S+$/;

/** The most that storage keeps, in characters. */
const longest: Readonly<Partial<Record<RosterField, number>>> = {
  name: 50,
  title: 100,
  email: 190,
  wecom: 128,
  dingtalk: 128,
};

export function checkCells(line: number, cells: RosterCells, units: RosterUnits): Checked {
  const { role } = cells;
  const row = { ...cells, line, name: cells.name.replaceAll(spaceInName, ''), mobile: bareMobile(cells.mobile) };
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
  if (mobile !== '' && !mobilePattern.test(mobile)) complaints.push(['mobile', whyNotMobile(mobile)]);
  if (officePhone !== '' && !officePhonePattern.test(officePhone)) {
    complaints.push(['officePhone', '只能有数字、括号、横线和“转”']);
  }
  if (email !== '' && !emailPattern.test(email)) complaints.push(['email', `“${email}”不是邮箱地址`]);
  if (wecom !== '' && !accountPattern.test(wecom)) complaints.push(['wecom', `“${wecom}”中间有空格`]);
  if (dingtalk !== '' && !accountPattern.test(dingtalk)) complaints.push(['dingtalk', `“${dingtalk}”中间有空格`]);
  return complaints;
}

function checkLengths(cells: RosterCells): readonly Complaint[] {
  return (Object.entries(longest) as [RosterField, number][])
    .filter(([field, most]) => cells[field].length > most)
    .map(([field, most]) => [field, `超过${most}个字`]);
}

/** Without the country code and what people put between digits. */
function bareMobile(typed: string): string {
  return typed.replaceAll(/[\s\-()]/g, '').replace(/^(\+|00)?86(?=1\d{10}$)/, '');
}

function whyNotMobile(mobile: string): string {
  if (!/^\d+$/.test(mobile)) return '应为11位数字';
  return mobile.length === 11 ? '应以13至19开头' : `有${mobile.length}位，应为11位`;
}
