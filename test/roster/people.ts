/** The units and people of the roster tests, all made up. */
import type { RosterPerson, RosterUnits } from '../../src/roster/roster';

const names: Record<number, string[]> = {
  1: ['信阳市市场监督管理局', '市局'],
  2: ['光山县', '光山', '光山县市场监督管理局'],
  3: ['罗山县', '罗山'],
};

export const units: RosterUnits = {
  idOf: (name) => Number(Object.keys(names).find((id) => names[Number(id)]?.includes(name)) ?? 0) || null,
  nameOf: (unitId) => names[unitId]?.[0] ?? '',
};

export const zhangSan: RosterPerson = {
  personId: 11,
  unitId: 2,
  name: '张三',
  title: '科员',
  officePhone: '0376-8888123',
  mobile: '13800138000',
  email: 'zhangsan@example.cn',
  role: 'contact',
  deputy: false,
  identities: [{ channel: 'wecom', userId: 'ZhangSan' }],
};

export const liSi: RosterPerson = {
  ...zhangSan,
  personId: 12,
  name: '李四',
  mobile: '13900139000',
  email: '',
  deputy: true,
  identities: [{ channel: 'dingtalk', userId: 'lisi01' }],
};

export const header = ['单位', '姓名', '职务', '办公电话', '手机号', '邮箱', '角色', '企业微信账号', '钉钉账号'];

/** 张三 and 李四 just as they are known. */
export const zhangSanLine = [
  '光山县',
  '张三',
  '科员',
  '0376-8888123',
  '13800138000',
  'zhangsan@example.cn',
  '联络员',
  'ZhangSan',
  '',
];
export const liSiLine = ['光山', '李四', '科员', '0376-8888123', '13900139000', '', '副联络员', '', 'lisi01'];

/** 张三's line with some cells changed, by column title. */
export function line(changes: Record<string, string>): string[] {
  return header.map((title, index) => changes[title] ?? zhangSanLine[index] ?? '');
}
