/** The roster file's words: its columns (those of 附件4, then role and accounts) and what its roles mean. */

export type RosterField =
  | 'unit'
  | 'name'
  | 'title'
  | 'officePhone'
  | 'mobile'
  | 'email'
  | 'role'
  | 'wecom'
  | 'dingtalk';

export const rosterColumns: Readonly<Record<RosterField, string>> = {
  unit: '单位',
  name: '姓名',
  title: '职务',
  officePhone: '办公电话',
  mobile: '手机号',
  email: '邮箱',
  role: '角色',
  wecom: '企业微信账号',
  dingtalk: '钉钉账号',
};

export const rosterFields = Object.keys(rosterColumns) as readonly RosterField[];

/** Without these a line says nothing; the others may be missing, and then stay as they are. */
export const neededFields: readonly RosterField[] = ['unit', 'name', 'role'];

export type RosterRole = '联络员' | '副联络员' | '分管领导' | '市局人员' | '市局领导';

interface RoleMeaning {
  readonly role: 'contact' | 'lead' | 'staff' | 'leader';
  readonly deputy: boolean;
}

export const rosterRoles: Readonly<Record<RosterRole, RoleMeaning>> = {
  联络员: { role: 'contact', deputy: false },
  副联络员: { role: 'contact', deputy: true },
  分管领导: { role: 'lead', deputy: false },
  市局人员: { role: 'staff', deputy: false },
  市局领导: { role: 'leader', deputy: false },
};

export function isRosterRole(word: string): word is RosterRole {
  return Object.hasOwn(rosterRoles, word);
}

export function roleName({ role, deputy }: RoleMeaning): RosterRole {
  const words = Object.keys(rosterRoles) as RosterRole[];
  const same = (word: RosterRole): boolean => rosterRoles[word].role === role && rosterRoles[word].deputy === deputy;
  return words.find(same) ?? (role === 'contact' ? '联络员' : roleName({ role, deputy: false }));
}
