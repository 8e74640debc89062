import { describePlan, planRoster, type RosterPerson, readRoster } from '../../src/roster/roster';
import { header, line, liSi, liSiLine, units, zhangSan, zhangSanLine } from './people';

const describeImport = (current: RosterPerson[], ...lines: string[][]) =>
  describePlan(planRoster(readRoster([header, ...lines], units), current, units));

const newcomer = line({ 单位: '罗山', 姓名: '王五', 手机号: '13700137000', 企业微信账号: 'wangwu' });

describe('a plan in the terminal', () => {
  it('says who comes, who changes in what, who stays and who is missing', () => {
    const changed = line({ 职务: '副科长', 手机号: '13600136000', 钉钉账号: 'zs01' });
    expect(describeImport([zhangSan, liSi], changed, newcomer)).toBe(
      [
        '新增 1 人',
        '  第3行 罗山 王五 联络员，手机号 137****7000，企业微信账号 wangwu',
        '变更 1 人',
        '  第2行 光山县 张三：职务 科员 → 副科长；手机号 138****8000 → 136****6000；钉钉账号 （空） → zs01',
        '不变 0 人',
        '已登记、文件中没有 1 人（不会停用）',
        '  光山县 李四 副联络员',
      ].join('\n'),
    );
  });

  it('says only that nothing changes when nothing does', () => {
    expect(describeImport([zhangSan, liSi], zhangSanLine, liSiLine)).toBe('不变 2 人');
  });

  it('begins with the mistakes', () => {
    const text = describeImport([], line({ 手机号: '1380013800' }), newcomer);
    expect(text.split('\n').slice(0, 2)).toEqual(['问题 1 处，改好后重新导入', '  第2行 手机号：有10位，应为11位']);
  });

  it('names the columns that it did not use and those that the file lacks', () => {
    const reading = readRoster(
      [
        ['单位', '姓名', '角色', '传真'],
        ['光山县', '王五', '联络员', ''],
      ],
      units,
    );
    const text = describePlan(planRoster(reading, [], units));
    expect(text).toContain('没有用到的列：传真');
    expect(text).toContain('文件缺少的列（原有内容不变）：职务、办公电话、手机号');
  });

  it('masks every phone number', () => {
    const text = describeImport([zhangSan], line({ 手机号: '13600136000', 办公电话: '6313008' }), newcomer);
    expect(text).not.toMatch(/\d{6}/);
  });
});
