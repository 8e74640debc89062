import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 15, two contacts of one county, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.sayAll('zhangsan', '上报', '4', '27', '135', '不变');
  });
  afterEach(() => office.close());

  it('tells the second who is at it and how far', async () => {
    expect(office.plain(await office.say('lisi', '上报'))).toMatch(/张三.*4项.*一起填/s);
  });

  it('asks whose value counts and overwrites nothing silently', async () => {
    await office.say('lisi', '上报');
    const asked = await office.say('lisi', '企业28');
    expect(office.plain(asked)).toMatch(/张三已填企业27.*以谁为准/s);
    expect(asked.choices.map(({ text }) => text)).toEqual(['A', 'B']);
    expect((await office.rows(DraftAnswer, { field: 'enterprises', draftNumber: 1 })).at(-1)?.value).toBe('27');
    await office.say('lisi', 'B');
    expect((await office.rows(DraftAnswer, { field: 'enterprises', draftNumber: 1 })).at(-1)?.value).toBe('28');
  });

  it.each([
    ['推送1030', /推送中小微1030家.*张三已填企业27.*以谁为准/s],
    ['谢谢', /不客气.*张三已填企业27.*以谁为准/s],
    ['确认', /请先回 A 或 B.*张三已填企业27/s],
    ['推送几十家', /推送.*几十家.*张三已填企业27.*以谁为准/s],
  ])('asks whose value counts once more after %s', async (words, answer) => {
    await office.sayAll('lisi', '上报', '企业28');
    expect(office.plain(await office.say('lisi', words))).toMatch(answer);
    expect(office.plain(await office.say('lisi', 'B'))).toMatch(/企业28家/);
  });

  it.each([
    ['28', '28'],
    ['28家', '28'],
    ['企业27', '27'],
  ])('takes %s for an answer to whose value counts', async (words, value) => {
    await office.sayAll('lisi', '上报', '企业28');
    expect(office.plain(await office.say('lisi', words))).toMatch(new RegExp(`好的，企业${value}家`));
  });

  it('shows a summary that the other has changed once more before it is confirmed', async () => {
    await office.sayAll('zhangsan', '不变', '1020');
    await office.sayAll('lisi', '上报', '企业28', 'B');
    const again = office.plain(await office.say('zhangsan', '确认'));
    expect(again).toMatch(/改动.*企业.*24→28/s);
    expect(office.plain(await office.say('zhangsan', '确认'))).toContain('GS-202506-01');
  });

  it('files one report, tells the other, and keeps the undecided value as a correction', async () => {
    await office.sayAll('lisi', '上报', '企业28');
    await office.sayAll('zhangsan', '不变', '1020', '确认');
    const [filing] = await office.rows(Filing, { period: '2025-06' });
    expect(await office.rows(FilingVersion, { filingId: filing?.id ?? 0 })).toHaveLength(1);
    const told = (await office.told('lisi')).map(office.plain).join('\n');
    expect(told).toMatch(/张三已提交.*6月.*企业28.*更正草稿/s);
    const corrected = await office.sayAll('lisi', '继续');
    expect(corrected).toMatch(/企业.*24→28/);
    expect(office.plain(await office.say('lisi', '确认'))).toContain('GS-202506-02');
  });

  it('lets only one of two confirmations at once count', async () => {
    await office.sayAll('zhangsan', '不变', '1020');
    await office.sayAll('lisi', '上报');
    const answers = await Promise.all([office.say('zhangsan', '确认'), office.say('lisi', '确认')]);
    const all = answers.map(office.plain).join('\n');
    expect(all.match(/回执 GS-202506-01/g)).toHaveLength(1);
    expect(await office.rows(FilingVersion, { receipt: 'GS-202506-01' })).toHaveLength(1);
    expect(await office.rows(FilingVersion, { receipt: 'GS-202506-02' })).toHaveLength(0);
  });
});
