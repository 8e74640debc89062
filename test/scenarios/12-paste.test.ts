import Decimal from 'decimal.js';
import { IsNull } from 'typeorm';
import { Project } from '../../entities/tables/project';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

const head = ['序号', '许可方', '被许可方', '专利号', '使用费（万元）', '备注'];
const row = (number: number, licensee: string, numbers: string, fee: string) =>
  [String(number), '信阳农业研究所', licensee, numbers, fee, ''].join('\t');
const paste = [
  head.join('\t'),
  row(1, '淮滨粮油公司', 'ZL202010345678.9', '5万'),
  row(2, '息县机械公司', 'ZL202110234567.5、ZL201920876543.8', '0'),
  row(3, '', 'ZL201810123456.5', '3'),
].join('\n');

describe.each(databases)('scenario 12, pasted rows, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const say = async (text: string) => office.plain(await office.say('zhangsan', text));
  const list = async () => office.rows(Project, { unitId: await office.unitId('GS'), closedAt: IsNull() });

  it('tells what can be imported and what a row lacks, and writes nothing', async () => {
    const before = await list();
    const told = await say(paste);
    expect(told).toMatch(/读到3行/);
    expect(told).toMatch(/可入2行/);
    expect(told).toMatch(/第3行被许可方为空/);
    expect(told).toContain('回“导入2行”');
    expect(await list()).toEqual(before);
  });

  it('imports the sound rows with their values, and keeps the other', async () => {
    const { length } = await list();
    await say(paste);
    const told = await say('导入2行');
    expect(told).toMatch(/已入2行；第3行已留存/);
    expect(told).toContain('补第3行 被许可方=');
    const [first, second, ...more] = (await list()).slice(length);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ licensee: '淮滨粮油公司', paymentKind: 'fixed' });
    expect(new Decimal(first?.fee ?? 0).toFixed()).toBe('5');
    expect(second).toMatchObject({
      licensee: '息县机械公司',
      patentNumbers: 'ZL202110234567.5\nZL201920876543.8',
      paymentKind: 'free',
    });
  });

  it('completes the kept row, even after other talk', async () => {
    const { length } = await list();
    await office.sayAll('zhangsan', paste, '导入2行', '上报', '截止哪天', '4');
    expect(await say('补第3行 被许可方=恒通公司')).toMatch(/已入第3行.*现有许可15项/s);
    expect((await list()).slice(length).map(({ licensee }) => licensee)).toEqual([
      '淮滨粮油公司',
      '息县机械公司',
      '恒通公司',
    ]);
    expect(await say('补第3行 被许可方=恒通公司')).toMatch(/没有等待导入/);
  });

  it('takes a row that is completed first along with the others', async () => {
    await say(paste);
    expect(await say('补第3行 恒通公司')).toMatch(/可入3行/);
    expect(await say('导入2行')).toMatch(/可入的是3行，没有导入/);
    expect(await say('确认导入')).toMatch(/已入3行/);
    expect(await list()).toHaveLength(15);
  });

  it('finds nothing to import the second time', async () => {
    await office.sayAll('zhangsan', paste, '导入2行');
    expect(await say(paste)).toMatch(/可入0行；2行与现有的相同；第3行被许可方为空/);
  });

  it('does not import what was given up', async () => {
    const before = await list();
    await office.sayAll('zhangsan', paste, '不导入', '导入2行');
    expect(await list()).toEqual(before);
  });

  it('takes a pasted row of figures into the draft', async () => {
    const figures = ['1', '4', '27', '135', '省知识产权交易平台', 'https://p.example.cn', '1020'].join('\t');
    expect(await say(figures)).toMatch(/统计表.*可入6项.*确认导入/s);
    expect(await say('确认导入')).toMatch(/已入6项.*汇总.*企业 24→27/s);
    expect(await say('确认')).toMatch(/GS-202506-01/);
  });

  it('is not led astray by a month in a cell', async () => {
    const told = await say(['豫南大学', '丁公司', 'ZL201810123456.5', '3', '2025年3月签订'].join('\t'));
    expect(told).toMatch(/可入1行/);
  });
});
