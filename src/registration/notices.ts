/** What staff are told of a registration, and what the person is told of their decision. */
import { explainDue, formatDue, periodFor } from '../calendar/periods';
import { type Choice, type Content, heading, list, say } from '../channels/content';
import type { RosterRole } from '../roster/columns';
import type { TableDefinition } from '../table/definition';
import type { Details } from './columns';
import type { Kinship } from './people';
import { knownLines } from './wording';

export interface Applicant {
  readonly details: Details;
  /** 光山县 */
  readonly short: string;
  /** 光山县市场监督管理局 */
  readonly unitName: string;
  /** 更换: the contact whom staff named them to take over from. */
  readonly succeeds?: string | null;
}

/** The words with which staff decide; the digits only where two of one name wait. */
export function decisionWords(verb: '通过' | '不通过', { short, details }: Applicant, digits = ''): string {
  return [verb, short, details.name, digits].filter(Boolean).join(' ');
}

export const decisionChoices = (applicant: Applicant): readonly Choice[] => [
  { label: '通过', text: decisionWords('通过', applicant) },
  { label: '不通过', text: decisionWords('不通过', applicant) },
];

/** @param changed what was mended while it waited; empty for a new one. */
export function waitingNotice(applicant: Applicant, kinship: Kinship, changed: readonly string[]): Content {
  const { details, short, unitName, succeeds } = applicant;
  const remark = kinshipRemark(kinship);
  return say(
    [
      heading(changed.length > 0 ? '登记有更正，待审核' : '新登记待审核'),
      `${short} ${details.name}申请登记为联络员。${changed.length > 0 ? `更正：${changed.join('；')}。` : ''}`,
      list(knownLines(details, unitName)),
      ...(succeeds ? [`市局已定由${details.name}接替${succeeds}，通过时自动交接。`] : []),
      ...(remark === null ? [] : [remark]),
      `核实后回“${decisionWords('通过', applicant)}”，或“${decisionWords('不通过', applicant)} 原因”。`,
    ],
    decisionChoices(applicant),
  );
}

/** What staff must know before they decide; null when nobody alike is known. */
export function kinshipRemark(kinship: Kinship): string | null {
  switch (kinship.kind) {
    case 'same': {
      const { unit, name } = kinship.holder;
      const roles = kinship.roles.join('、');
      const old = kinship.accounts.length > 0 ? `${name}原来的账号随之停用。` : '';
      const agreed = kinship.holder.mobile === '' ? '单位、姓名' : '单位、姓名、手机号';
      return `注意：${agreed}与名册中的${unit}${roles}${name}一致。通过后，这个账号归${name}使用，权限为${roles}。${old}`;
    }
    case 'taken': {
      const { unit, role, name } = kinship.holder;
      return `注意：这个手机号已登记给${unit}${role}${name}，请先核对；名册未改正前不能通过。`;
    }
    case 'namesake':
      return `注意：${kinship.holder.unit}已有同名的${kinship.holder.role}${kinship.holder.name}，手机号不同或未登记，请核对是否同一人。`;
    case 'new':
      return null;
  }
}

export interface Approval {
  readonly short: string;
  readonly role: RosterRole;
  /** Who reads the unit's figures. */
  readonly readers: readonly string[];
  readonly tables: readonly TableDefinition[];
  readonly now: Date;
}

/** 已通过。您负责【光山县】；6月报送截止【7月7日(周一)18:00】；谁能看到您报的数：… */
export function approvedNotice({ short, role, readers, tables, now }: Approval): Content {
  const isContact = role === '联络员' || role === '副联络员';
  return say(
    [
      isContact ? `登记已通过。您负责【${short}】，身份是${role}。` : `登记已通过。您是${short}${role}。`,
      ...dueLines(tables, now),
      '谁能看到您报的数：',
      list([...readers]),
      '其他单位看不到；群里只通报进度。草稿只有本单位联络员能看到。',
    ],
    isContact ? ['上报', '帮助'] : ['帮助'],
  );
}

function dueLines(tables: readonly TableDefinition[], now: Date): readonly string[] {
  return tables
    .filter((table) => table.shape === 'figures')
    .map((table) => {
      const { open, next } = periodFor(table.cadence, now);
      const terms = open ?? next;
      const due = formatDue(terms);
      const why = explainDue(terms).slice(due.length);
      return `${table.short}${Number(terms.period.slice(5))}月报送截止【${due}】${why}。`;
    });
}

export function refusedNotice(short: string, reason: string): Content {
  return say(
    [
      `您登记为${short}联络员的申请没有通过。原因：${reason}。`,
      '请把要改的那一项重发给我，如“职务改成股长”，改后会重新提交审核。',
    ],
    ['重新提交'],
  );
}

export const replacedNotice = (short: string, name: string): Content =>
  say([`${short} ${name}登记了新账号，市局已审核通过，这个账号不再使用。如果不是您本人所为，请马上联系市局。`]);
