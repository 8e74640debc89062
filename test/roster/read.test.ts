import { readRoster } from '../../src/roster/roster';
import { header, line, units, zhangSanLine } from './people';

const read = (...table: string[][]) => readRoster(table, units);

describe('the head line', () => {
  it('may have its columns in any order', () => {
    const order = [8, 3, 0, 6, 1, 7, 2, 5, 4];
    const shuffle = (row: string[]) => order.map((index) => row[index] ?? '');
    expect(read(shuffle(header), shuffle(zhangSanLine)).rows).toEqual([
      {
        line: 2,
        unit: '光山县',
        name: '张三',
        title: '科员',
        officePhone: '0376-8888123',
        mobile: '13800138000',
        email: 'zhangsan@example.cn',
        role: '联络员',
        wecom: 'ZhangSan',
        dingtalk: '',
      },
    ]);
  });

  it('may stand below a title merged over all columns', () => {
    const title = header.map(() => '试点工作联系人信息表');
    expect(read(title, [], header, zhangSanLine).rows.map((row) => row.line)).toEqual([4]);
  });

  it('may carry marks, spaces and full-width signs', () => {
    const marked = header.map((title) => ` ${title[0]}　${title.slice(1)}* `);
    expect(read(marked, zhangSanLine).rows).toHaveLength(1);
  });

  it('names the columns that it does not know and those that it lacks', () => {
    const { extraColumns, missingColumns, rows } = read(
      ['单位', '姓名', '角色', '传真'],
      ['光山县', '张三', '联络员', '0376-1'],
    );
    expect(extraColumns).toEqual(['传真']);
    expect(missingColumns).toEqual(['职务', '办公电话', '手机号', '邮箱', '企业微信账号', '钉钉账号']);
    expect(rows).toHaveLength(1);
  });

  it.each([
    [
      'none at all',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      '找不到表头',
    ],
    [
      'no role',
      [
        ['单位', '姓名'],
        ['光山县', '张三'],
      ],
      '角色',
    ],
    [
      'a column twice',
      [
        ['单位', '姓名', '角色', '姓名'],
        ['光山县', '张三', '联络员', '李四'],
      ],
      '姓名',
    ],
    ['nobody below', [header], '没有人员'],
    ['an empty file', [], '找不到表头'],
  ])('that cannot serve is refused: %s', (_label, table, reason) => {
    const { rows, problems } = read(...table);
    expect(rows).toEqual([]);
    expect(problems).toEqual([{ line: 1, column: null, reason: expect.stringContaining(reason) }]);
  });
});

describe('a line', () => {
  it.each([
    ['手机号', '138 0013 8000', 'mobile', '13800138000'],
    ['手机号', '138-0013-8000', 'mobile', '13800138000'],
    ['手机号', '+86 13800138000', 'mobile', '13800138000'],
    ['手机号', '１３８００１３８０００', 'mobile', '13800138000'],
    ['手机号', '', 'mobile', ''],
    ['姓名', '张 三', 'name', '张三'],
    ['姓名', 'John  Smith', 'name', 'John Smith'],
    ['姓名', '张三\u0007\u200B', 'name', '张三'],
    ['邮箱', 'ＺＳ@example.cn ', 'email', 'ZS@example.cn'],
    ['办公电话', '（0376）8888123转8001', 'officePhone', '(0376)8888123转8001'],
    ['企业微信账号', ' ZhangSan ', 'wecom', 'ZhangSan'],
  ] as const)('is cleaned of how it was typed: %s %j', (title, typed, field, value) => {
    expect(read(header, line({ [title]: typed })).rows[0]?.[field]).toBe(value);
  });

  it.each([
    ['手机号', '1380013800', '有10位，应为11位'],
    ['手机号', '138001380000', '有12位，应为11位'],
    ['手机号', '12800138000', '13至19'],
    ['手机号', '一三八', '11位数字'],
    ['邮箱', 'zhangsan', '不是邮箱地址'],
    ['邮箱', 'a@b', '不是邮箱地址'],
    ['邮箱', 'a@b.cn,c@d.cn', '不是邮箱地址'],
    ['角色', '联系人', '联络员、副联络员、分管领导、市局人员、市局领导'],
    ['角色', 'toString', '之一'],
    ['角色', '', '没有填'],
    ['单位', '光山区', '不在单位名单里'],
    ['单位', '', '没有填'],
    ['姓名', '', '没有填'],
    ['姓名', '长'.repeat(51), '50'],
    ['办公电话', '见微信', '数字'],
    ['钉钉账号', 'li si', '空格'],
  ])('is refused by line and column: %s %j', (title, typed, reason) => {
    const { rows, problems } = read(header, [], line({ [title]: typed }));
    expect(rows).toEqual([]);
    expect(problems).toEqual([{ line: 3, column: title, reason: expect.stringContaining(reason) }]);
  });

  it('has all its mistakes named at once', () => {
    const { problems } = read(header, line({ 单位: '', 手机号: '1', 角色: '' }));
    expect(problems.map((problem) => problem.column)).toEqual(['单位', '角色', '手机号']);
  });

  it('does not hold up the others', () => {
    expect(read(header, line({ 手机号: '1' }), zhangSanLine).rows.map((row) => row.line)).toEqual([3]);
  });

  it('never repeats a phone number in a complaint', () => {
    const { problems } = read(header, line({ 手机号: '1380013800', 办公电话: '0376+8888123' }));
    expect(JSON.stringify(problems)).not.toMatch(/13800|88881/);
  });
});
