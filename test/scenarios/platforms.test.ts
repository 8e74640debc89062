/** Scenarios 2, 3, 10 and 15 as people live them on the platforms: signed callbacks in, the platform's own replies out. */
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { Project } from '../../entities/tables/project';
import { Statistics } from '../../entities/tables/statistics';
import { type Line, lines } from './line';

describe.each(lines)('through $name', ({ open }) => {
  let line: Line;
  beforeEach(async () => {
    line = await open();
  });
  afterEach(() => line.close());

  async function figures() {
    const [filing] = await line.service.rows(Filing, { period: '2025-06' });
    return line.service.rows(Statistics, { versionId: filing?.versionId ?? 0 });
  }

  it('scenario 2: a report question by question', async () => {
    for (const text of ['上报', '4', '27', '135', '不变', '不变']) await line.say('zhangsan', text);
    const summary = await line.say('zhangsan', '1020');
    for (const fact of [/企业.*24.*27.*\+3/s, /推送.*860.*1020/s, /36\.5/]) expect(summary).toMatch(fact);
    expect(await line.say('zhangsan', '确认')).toMatch(/GS-202506-01/);
    expect(await line.say('zhangsan', '确认')).toMatch(/未重复提交/);
    expect(await figures()).toMatchObject([{ institutes: 4, enterprises: 27, patents: 135, smallFirms: 1020 }]);
  });

  it('scenario 3: a report in one message', async () => {
    const batch =
      '光山6月：高校院所4家，企业二十七家，开放许可专利一百三十五件，平台没变，推送中小微企业一千零二十家，许可12项，免费5付费7，金额36.5万';
    expect(await line.say('zhangsan', batch)).toMatch(/与项目清单一致/);
    expect(await line.say('zhangsan', '确认')).toMatch(/GS-202506-01/);
    expect(await figures()).toMatchObject([{ institutes: 4, enterprises: 27, patents: 135, smallFirms: 1020 }]);
  });

  it('scenario 10: patent numbers that are wrong, and mended by their place', async () => {
    const told = '新增项目：豫南大学许可给恒通公司，专利ZL202010345687.9、2021102345675、CN108123456B，免费';
    expect(await line.say('zhangsan', told)).toMatch(/校验位不符.*公告号/s);
    await line.say('zhangsan', '第一个是ZL202010345678.9，第三个是ZL201920876543.8');
    const rows = await line.service.rows(Project, { licensee: '恒通公司', paymentKind: 'free' });
    expect(rows.map(({ patentNumbers }) => patentNumbers)).toEqual([
      'ZL202010345678.9\nZL202110234567.5\nZL201920876543.8',
    ]);
  });

  it('scenario 15: two contacts at one report', async () => {
    for (const text of ['上报', '4', '27', '135', '不变']) await line.say('zhangsan', text);
    expect(await line.say('lisi', '上报')).toMatch(/张三.*4项/s);
    expect(await line.say('lisi', '企业28')).toMatch(/张三已填企业27/);
    for (const text of ['不变', '1020']) await line.say('zhangsan', text);
    expect(await line.say('zhangsan', '确认')).toMatch(/GS-202506-01/);
    expect(await line.told('lisi')).toMatch(/张三已提交.*企业28.*更正草稿/s);
    const [filing] = await line.service.rows(Filing, { period: '2025-06' });
    expect(await line.service.rows(FilingVersion, { filingId: filing?.id ?? 0 })).toHaveLength(1);
  });
});
