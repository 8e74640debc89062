import { planRoster, type RosterPerson, readRoster } from '../../src/roster/roster';
import { header, line, liSi, liSiLine, units, zhangSan, zhangSanLine } from './people';

const plan = (current: RosterPerson[], ...lines: string[][]) =>
  planRoster(readRoster([header, ...lines], units), current, units);

const newcomer = line({ 姓名: '王五', 手机号: '13700137000', 邮箱: '', 企业微信账号: 'wangwu' });

describe('an import', () => {
  it('of what is known changes nothing', () => {
    const { add, change, same, end, problems } = plan([zhangSan, liSi], zhangSanLine, liSiLine);
    expect({ add, change, same, end, problems }).toEqual({
      add: [],
      change: [],
      same: [zhangSan, liSi],
      end: [],
      problems: [],
    });
  });

  it('adds who is new, to the unit that the line names', () => {
    const { add } = plan([zhangSan], zhangSanLine, newcomer);
    expect(add).toEqual([{ unitId: 2, row: expect.objectContaining({ line: 3, name: '王五', wecom: 'wangwu' }) }]);
  });

  it('lists who is missing from the file, with unit, and ends nobody', () => {
    expect(plan([zhangSan, liSi], zhangSanLine).end).toEqual([{ ...liSi, unit: '光山县' }]);
  });

  it('lists nobody as missing while the file has mistakes', () => {
    expect(plan([zhangSan, liSi], line({ 手机号: '1' })).end).toEqual([]);
  });

  it.each([
    ['职务', '副科长', { field: 'title', before: '科员', after: '副科长' }],
    ['手机号', '13600136000', { field: 'mobile', before: '13800138000', after: '13600136000' }],
    ['角色', '副联络员', { field: 'role', before: '联络员', after: '副联络员' }],
    ['角色', '分管领导', { field: 'role', before: '联络员', after: '分管领导' }],
    ['单位', '罗山', { field: 'unit', before: '光山县', after: '罗山县' }],
    ['姓名', '张叁', { field: 'name', before: '张三', after: '张叁' }],
    ['钉钉账号', 'zs01', { field: 'dingtalk', before: '', after: 'zs01' }],
    ['企业微信账号', 'zhang3', { field: 'wecom', before: 'ZhangSan', after: 'zhang3' }],
  ])('changes %s to %s and nothing else', (title, typed, expected) => {
    const { change, add, problems } = plan([zhangSan], line({ [title]: typed }));
    expect({ add, problems }).toEqual({ add: [], problems: [] });
    expect(change.map(({ person, changes }) => [person.personId, changes])).toEqual([[11, [expected]]]);
  });

  it.each([
    ['empty cells', line({ 职务: '', 办公电话: '', 手机号: '', 邮箱: '', 企业微信账号: '' })],
    ['another short name of the unit', line({ 单位: '光山县市场监督管理局' })],
    ['a WeCom account in other case', line({ 企业微信账号: 'zhangsan' })],
  ])('takes nothing away for %s', (_label, cells) => {
    expect(plan([zhangSan], cells)).toMatchObject({ add: [], change: [], same: [zhangSan], problems: [] });
  });

  it('twice over is the same as once', () => {
    const known: RosterPerson = { ...zhangSan, title: '副科长', identities: [{ channel: 'wecom', userId: 'zhang3' }] };
    expect(plan([known], line({ 职务: '副科长', 企业微信账号: 'zhang3' }))).toMatchObject({
      same: [known],
      change: [],
    });
  });
});

describe('a line that could mean two people', () => {
  const namesake: RosterPerson = { ...zhangSan, personId: 13, mobile: '13500135000', identities: [] };
  const otherJob: RosterPerson = { ...zhangSan, unitId: 3 };
  const bothAccounts = line({ 钉钉账号: 'lisi01' });

  it.each([
    ['an account of somebody else', [zhangSan], line({ 姓名: '王五', 手机号: '' }), '企业微信账号', '已登记给张三'],
    [
      'a mobile number of somebody else',
      [zhangSan],
      line({ 姓名: '王五', 企业微信账号: '' }),
      '手机号',
      '已登记给张三',
    ],
    ['accounts of two people', [zhangSan, liSi], bothAccounts, '企业微信账号', '张三和李四'],
    ['a name that two bear', [zhangSan, namesake], line({ 手机号: '', 企业微信账号: '' }), '姓名', '同名'],
    ['one of two jobs', [otherJob, { ...otherJob, unitId: 1 }], zhangSanLine, '单位', '几项任职'],
  ])('is refused: %s', (_label, current, cells, column, reason) => {
    const { add, change, same, problems } = plan(current, cells);
    expect({ add, change, same }).toEqual({ add: [], change: [], same: [] });
    expect(problems).toEqual([{ line: 2, column, reason: expect.stringContaining(reason) }]);
  });

  it('means the assignment over its own unit', () => {
    expect(plan([otherJob, zhangSan], zhangSanLine).same).toEqual([zhangSan]);
  });

  it('means the one whose mobile number it gives', () => {
    expect(plan([zhangSan, namesake], line({ 手机号: '13500135000', 企业微信账号: '' })).same).toEqual([namesake]);
  });
});

describe('two lines of one file', () => {
  it.each([
    ['the same account', line({ 姓名: '王五', 手机号: '13700137000' }), '企业微信账号'],
    ['the same account in other case', line({ 手机号: '13700137000', 企业微信账号: 'ZHANGSAN' }), '企业微信账号'],
    ['the same mobile number', line({ 姓名: '王五', 企业微信账号: '' }), '手机号'],
    ['the same person', line({ 手机号: '', 企业微信账号: '' }), '姓名'],
  ])('with %s are refused at the second', (_label, second, column) => {
    expect(plan([zhangSan], zhangSanLine, second).problems).toEqual([
      { line: 3, column, reason: expect.stringContaining('第2行') },
    ]);
  });

  it('with empty accounts and numbers are no duplicates', () => {
    const bare = (name: string) => line({ 姓名: name, 手机号: '', 邮箱: '', 企业微信账号: '' });
    expect(plan([], bare('赵六'), bare('孙七')).add).toHaveLength(2);
  });

  it('that name one new person twice are refused at the second', () => {
    const bare = line({ 手机号: '', 企业微信账号: '' });
    expect(plan([], bare, bare).problems).toEqual([
      { line: 3, column: '姓名', reason: expect.stringContaining('第2行') },
    ]);
  });
});
