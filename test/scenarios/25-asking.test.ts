import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 25, asking for a unit’s figures, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.sayAll('zhangsan', '高校院所4，企业27，专利135，平台没变，推送1020', '确认');
  });
  afterEach(() => office.close());

  it('tells staff and leaders in private', async () => {
    for (const who of ['keyuan', 'juzhang', 'zhaolei']) {
      expect(office.plain(await office.say(who, '光山多少'))).toMatch(/光山县2025年6月.*已报.*企业 24→27家 \+3/s);
    }
  });

  it('tells the group only that the report is in, and the figures in private', async () => {
    const [group] = await office.app.database.dataSource.query(
      "SELECT chatId FROM chat_binding WHERE channel = 'playground'",
    );
    const said = office.plain(await office.say('keyuan', '光山多少', { group: group.chatId }));
    expect(said).toMatch(/光山县.*已报.*私聊/);
    expect(said).not.toMatch(/27|135|1020/);
    expect((await office.told('keyuan')).map(office.plain).join('\n')).toMatch(/企业 24→27家/);
  });

  it('shows a contact no other unit', async () => {
    const answer = office.plain(await office.say('zhangsan', '看罗山的数'));
    expect(answer).toMatch(/只能看光山县/);
    expect(answer).not.toMatch(/15|64|420/);
  });
});

describe.each(databases)('a plain yes, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.say('zhangsan', '高校院所4，企业27，专利135，平台没变，推送1020');
  });
  afterEach(() => office.close());

  it.each(['确认？', '等一下', '先不提交'])('“%s” files nothing', async (text) => {
    expect(office.plain(await office.say('zhangsan', text))).toMatch(/尚未提交/);
    expect(office.plain(await office.say('keyuan', '进度'))).toMatch(/已报0家/);
  });

  it('counts only for the summary that it follows', async () => {
    await office.say('zhangsan', '你们几点下班');
    expect(office.plain(await office.say('zhangsan', '对'))).toMatch(/尚未提交/);
    expect(office.plain(await office.say('zhangsan', '对'))).toMatch(/GS-202506-01/);
  });

  it('shows a correction beside what is filed', async () => {
    await office.say('zhangsan', '确认');
    const shown = office.plain(await office.say('zhangsan', '企业改成28'));
    expect(shown).toMatch(/已报第1版（GS-202506-01）；更正：企业27家→28家/);
    expect(office.plain(await office.say('zhangsan', '放弃'))).toMatch(/GS-202506-01.*不变/);
  });
});
