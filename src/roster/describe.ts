/** A roster plan as text for the terminal. Phone numbers are masked: what a terminal shows is often copied on. */
import { type RosterField, roleName, rosterColumns } from './columns';
import type { RosterAddition, RosterChange, RosterPlan, RosterProblem } from './roster';

export function describePlan(plan: RosterPlan): string {
  const { add, change, same, end, problems } = plan;
  return [
    ...section(`问题 ${problems.length} 处，改好后重新导入`, problems.map(describeProblem)),
    ...section(`新增 ${add.length} 人`, add.map(describeAddition)),
    ...section(`变更 ${change.length} 人`, change.map(describeChange)),
    `不变 ${same.length} 人`,
    ...section(
      `已登记、文件中没有 ${end.length} 人（不会停用）`,
      end.map((person) => `${person.unit} ${person.name} ${roleName(person)}`),
    ),
    ...note('没有用到的列', plan.extraColumns),
    ...note('文件缺少的列（原有内容不变）', plan.missingColumns),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : [];
}

function note(title: string, columns: readonly string[]): readonly string[] {
  return columns.length > 0 ? [`${title}：${columns.join('、')}`] : [];
}

function describeProblem({ line, column, reason }: RosterProblem): string {
  return column === null ? `第${line}行：${reason}` : `第${line}行 ${column}：${reason}`;
}

function describeAddition({ row }: RosterAddition): string {
  const given = (['mobile', 'wecom', 'dingtalk'] as const).filter((field) => row[field] !== '');
  const details = given.map((field) => `${rosterColumns[field]} ${shown(field, row[field])}`);
  return [`第${row.line}行 ${row.unit} ${row.name} ${row.role}`, ...details].join('，');
}

function describeChange({ row, person, changes }: RosterChange): string {
  const details = changes.map(
    ({ field, before, after }) =>
      `${rosterColumns[field]} ${shown(field, before) || '（空）'} → ${shown(field, after)}`,
  );
  return `第${row.line}行 ${row.unit} ${person.name}：${details.join('；')}`;
}

function shown(field: RosterField, text: string): string {
  return field === 'mobile' || field === 'officePhone' ? maskPhone(text) : text;
}

/** 138****8000; of shorter numbers the last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  if (digits === '') return '';
  return digits.length >= 11 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-2)}`;
}
