/**
 * Scenarios 2, 3, 10 and 15 as people live them on the platforms: what a platform calls the bot with in, the platform's own
 * replies out. In groups, where a way hears them, nothing is reported and no figure is said.
 */
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { OutboxMessage } from '../../entities/outbox-message';
import { Project } from '../../entities/tables/project';
import { Statistics } from '../../entities/tables/statistics';
import { group, type Line, ways } from './line';

const batch =
  '光山6月：高校院所4家，企业二十七家，开放许可专利一百三十五件，平台没变，推送中小微企业一千零二十家，许可12项，免费5付费7，金额36.5万';
const figure = /高校|27|二十七|135|1020|36\.5/;

let line: Line;
afterEach(() => line.close());

async function figures() {
  const [filing] = await line.service.rows(Filing, { period: '2025-06' });
  return line.service.rows(Statistics, { versionId: filing?.versionId ?? 0 });
}

describe.each(ways)('through $name', ({ open, pushes }) => {
  beforeEach(async () => {
    line = await open();
  });

  it('scenario 2: a report question by question', async () => {
    for (const text of ['上报', '4', '27', '135', '不变', '不变']) await line.say('zhangsan', text);
    const summary = await line.say('zhangsan', '1020');
    for (const fact of [/企业.*24.*27.*\+3/s, /推送.*860.*1020/s, /36\.5/]) expect(summary).toMatch(fact);
    expect(await line.say('zhangsan', '确认')).toMatch(/GS-202506-01/);
    expect(await line.say('zhangsan', '确认')).toMatch(/未重复提交/);
    expect(await figures()).toMatchObject([{ institutes: 4, enterprises: 27, patents: 135, smallFirms: 1020 }]);
  });

  it('scenario 3: a report in one message', async () => {
    const summary = await line.say('zhangsan', batch);
    for (const fact of [/企业.*27/, /推送.*1020/, /与项目清单一致/, /尚未提交/, /确认/]) expect(summary).toMatch(fact);
    expect(await figures()).toEqual([]);
    expect(await line.say('zhangsan', '确认')).toMatch(/GS-202506-01/);
    const platforms = { platforms: '省知识产权交易平台', platformUrls: 'https://p.example.cn' };
    const licences = { licences: 12, freeLicences: 5, paidLicences: 7, paidAmount: '36.500000' };
    expect(await figures()).toMatchObject([
      { institutes: 4, enterprises: 27, patents: 135, smallFirms: 1020, ...platforms, ...licences },
    ]);
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
    if (pushes) expect(await line.told('lisi')).toMatch(/张三已提交.*企业28.*更正草稿/s);
    else expect(await undelivered()).toMatch(/张三已提交.*企业28.*更正草稿/s);
    const [filing] = await line.service.rows(Filing, { period: '2025-06' });
    expect(await line.service.rows(FilingVersion, { filingId: filing?.id ?? 0 })).toHaveLength(1);
  });

  /** What staff find among the messages that had no way. */
  async function undelivered(): Promise<string> {
    await line.service.app.sender.drain(5_000);
    return JSON.stringify(await line.service.rows(OutboxMessage, { status: 'dead' }));
  }
});

describe.each(ways.filter(({ hearsGroups }) => hearsGroups))('in a group, through $name', ({ open }) => {
  beforeEach(async () => {
    line = await open();
  });

  it('scenario 3: nothing is taken and no figure is said; the same words count in private', async () => {
    for (const text of [batch, '上报', '企业27', '确认']) {
      const said = await line.say('zhangsan', text, group);
      expect(said).toMatch(/没有处理.*没有记数.*私聊我/);
      expect(said).not.toMatch(figure);
    }
    expect(await line.service.rows(Filing, { period: '2025-06' })).toEqual([]);
    expect(await line.say('zhangsan', batch)).toMatch(/与项目清单一致/);
    // A word in the group does not confirm what is open in private.
    await line.say('zhangsan', '确认', group);
    expect(await figures()).toEqual([]);
    expect(await line.say('zhangsan', '确认')).toMatch(/GS-202506-01/);
    expect(await figures()).toMatchObject([{ institutes: 4, enterprises: 27, patents: 135, smallFirms: 1020 }]);
  });

  it('the progress is told, whose report is in and whose is missing, without figures', async () => {
    await line.say('zhangsan', batch);
    await line.say('zhangsan', '确认');
    const progress = await line.say('keyuan', '进度', group);
    expect(progress).toMatch(/应报17家，已报1家/);
    expect(progress).not.toMatch(figure);
  });

  it('a contact hears how the own report stands in private only', async () => {
    await line.say('zhangsan', '企业27');
    const said = await line.say('zhangsan', '进度', group);
    expect(said).toMatch(/私聊我/);
    expect(said).not.toMatch(/草稿|光山/);
    expect(await line.say('zhangsan', '进度')).toMatch(/有草稿，已填1项/);
  });
});
