/** The next notice: one class in one file, and its table can be filed, checked, exported and bulletined. */
import { strFromU8, unzipSync } from 'fflate';
import { Filing } from '../../entities/filing';
import { Figure, Table, Text } from '../../src/table/declare';
import { FiguresRow } from '../../src/table/stored';
import { type Office, startOffice } from '../scenarios/harness';
import { databases } from '../support/databases';

@Table({ name: 'training', attachment: '附件7', title: '知识产权培训情况表', short: '培训表' })
class Training extends FiguresRow {
  @Figure({ name: '举办培训场次', short: '场次', unit: '场', question: '举办培训场次', cumulative: true })
  sessions!: number | null;

  @Figure({ name: '参训人数', short: '参训人数', unit: '人', question: '参训人数', cumulative: true })
  trainees!: number | null;

  @Figure({ name: '覆盖单位数量', short: '覆盖单位', unit: '家', question: '覆盖单位' })
  covered!: number | null;

  @Text({ name: '培训主题', short: '主题', question: '培训主题', maxLength: 50 })
  topic!: string | null;
}

describe.each(databases)('a table that only this test declares ($name)', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database, [Training]);
  });
  afterEach(() => office.close());

  const fileJune = () => office.sayAll('zhangsan', '上报 培训表', '3', '120', '45', '开放许可实务', '确认');

  it('is asked for question by question, and stored under its own columns', async () => {
    expect(await office.sayAll('zhangsan', '上报 培训表')).toContain('举办培训场次');
    expect(await office.sayAll('zhangsan', '3', '120', '45', '开放许可实务')).toContain('场次 3');
    expect(await office.rows(Training)).toEqual([]);
    expect(await office.sayAll('zhangsan', '确认')).toContain('GS-202506-01');
    expect(await office.rows(Training)).toEqual([
      expect.objectContaining({ sessions: 3, trainees: 120, covered: 45, topic: '开放许可实务' }),
    ]);
    const [filing] = await office.rows(Filing, { tableName: 'training' });
    expect(filing).toMatchObject({ status: 'filed', period: '2025-06', timeliness: 'on_time' });
  });

  it('leaves the table of the notice as it is, and the other way round', async () => {
    await fileJune();
    const told = await office.sayAll('zhangsan', '上报 统计表', '4', '27', '135', '不变', '不变', '1020', '确认');
    expect(told).toContain('GS-202506-02');
    expect(await office.rows(Filing, { period: '2025-06' })).toHaveLength(2);
  });

  it.each([
    ['a count that is no whole number', '3.5', /场次/],
    ['an estimate', '三四场', /场次/],
  ])('does not take %s', async (_, answer, asked) => {
    expect(await office.sayAll('zhangsan', '上报 培训表', answer)).toMatch(asked);
    expect(await office.sayAll('zhangsan', '确认')).not.toContain('GS-202506');
    expect(await office.rows(Training)).toEqual([]);
  });

  it('asks why a cumulative figure fell', async () => {
    await fileJune();
    await office.moveClock('2025-08-01T09:30:00+08:00');
    const warned = await office.sayAll('zhangsan', '上报 培训表', '2');
    expect(warned).toMatch(/2.*3/);
    expect(await office.sayAll('zhangsan', '确认')).not.toContain('GS-202507');
    const rest = ['有一场重复计算', '130', '45', '开放许可实务', '确认'];
    expect(await office.sayAll('zhangsan', ...rest)).toContain('GS-202507-01');
  });

  it('is exported in its own columns, one row a county', async () => {
    await fileJune();
    const answer = await office.say('keyuan', '导出 培训表');
    expect(office.plain(answer)).toContain('已报1家');
    const sheet = sharedTexts(await office.download(answer));
    for (const text of ['知识产权培训情况表', '举办培训场次', '参训人数', '培训主题', '开放许可实务']) {
      expect(sheet).toContain(text);
    }
  });

  it('is reminded of and bulletined like the others', async () => {
    await fileJune();
    await office.moveClock('2025-07-07T18:06:00+08:00');
    const told = (await office.told('juzhang')).map(office.plain);
    const bulletin = told.find((text) => text.includes('培训表通报'));
    expect(bulletin).toContain('已报1家');
    expect(bulletin).toMatch(/参训人数.*120/);
    const reminders = (await office.told('wangwu')).map(office.plain).filter((text) => text.includes('培训表'));
    expect(reminders).toHaveLength(3);
    expect((await office.told('zhangsan')).map(office.plain).join()).not.toContain('培训表');
  });
});

/** All texts of a workbook, wherever they stand. */
function sharedTexts(workbook: Buffer): string {
  const parts = unzipSync(new Uint8Array(workbook));
  return Object.entries(parts)
    .filter(([name]) => /sharedStrings|worksheets\/sheet/.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('\n');
}
