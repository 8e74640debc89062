import { AuditEntry } from '../../entities/audit-entry';
import { Filing } from '../../entities/filing';
import { FilingEvent } from '../../entities/filing-event';
import { FilingNote } from '../../entities/filing-note';
import { FilingVersion } from '../../entities/filing-version';
import { OutboxMessage } from '../../entities/outbox-message';
import { Statistics } from '../../entities/tables/statistics';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

const figures = '高校院所4，企业27，专利135，平台没变，推送1020';

describe.each(databases)('scenario 21, a report withdrawn, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.sayAll('zhangsan', figures, '确认');
  });
  afterEach(() => office.close());

  const tell = async (userId: string, text: string) => office.plain(await office.say(userId, text));
  const toldTo = async (userId: string) => (await office.told(userId)).map(office.plain).join('\n');
  const june = async (code = 'GS') => {
    const [filing] = await office.rows(Filing, { unitId: await office.unitId(code), period: '2025-06' });
    return filing;
  };

  it('makes it a draft again, tells the bureau, and says until when', async () => {
    const answer = await tell('zhangsan', '撤回');
    expect(answer).toMatch(/6月.*（GS-202506-01）已撤回为草稿，市局已知。截止7月7日\(周一\)18:00/);
    expect(await june()).toMatchObject({ status: 'draft', versionId: null, firstFiledAt: null, timeliness: null });
    expect(await toldTo('keyuan')).toMatch(/张三撤回了光山县2025年6月统计表（GS-202506-01）/);
    expect(await toldTo('lisi')).toMatch(/张三撤回了/);
    expect(await toldTo('juzhang')).toBe('');
  });

  it('counts one less in the progress, and reminds the unit again', async () => {
    expect(await tell('keyuan', '进度')).toMatch(/已报1家/);
    await office.say('zhangsan', '撤回');
    expect(await tell('keyuan', '进度')).toMatch(/已报0家/);
    expect(await tell('keyuan', '未报')).toMatch(/光山县（有草稿/);
    await office.moveClock('2025-07-04T10:01:00+08:00');
    const reminders = await office.rows(OutboxMessage, { purpose: 'reminder', chatId: 'zhangsan' });
    expect(reminders.map(({ content }) => office.plain(content)).join('\n')).toMatch(/光山县6月统计表未交.*只差确认/);
  });

  it('holds what was filed, and files it again as it was on 确认', async () => {
    await office.say('zhangsan', '撤回');
    const again = await tell('zhangsan', '确认');
    expect(again).toMatch(/第2版.*按时.*GS-202506-02/s);
    const filing = await june();
    expect(filing).toMatchObject({ status: 'filed', timeliness: 'on_time' });
    const versions = await office.rows(FilingVersion, { filingId: filing?.id ?? 0 });
    expect(versions.map(({ number, reason }) => [number, reason])).toEqual([
      [1, null],
      [2, '撤回后重新提交'],
    ]);
    const [first, second] = await Promise.all(versions.map(({ id }) => office.rows(Statistics, { versionId: id })));
    expect({ ...second?.[0], versionId: 0 }).toEqual({ ...first?.[0], versionId: 0 });
    expect(await toldTo('keyuan')).toMatch(/光山县撤回后已重新提交.*GS-202506-02.*没有变化/);
  });

  it('takes a change to the draft, and tells staff that change and no other', async () => {
    await office.say('zhangsan', '撤回');
    expect(await tell('zhangsan', '企业28')).toMatch(/企业改为28家（原27家）/);
    await office.say('zhangsan', '确认');
    const filing = await june();
    expect(await office.rows(Statistics, { versionId: filing?.versionId ?? 0 })).toMatchObject([
      { institutes: 4, enterprises: 28, patents: 135, smallFirms: 1020 },
    ]);
    expect(await toldTo('keyuan')).toMatch(/仅此一项变化：企业27→28家/);
  });

  it('is on time by the first submission that is valid in the end, and the audit shows both', async () => {
    await office.say('zhangsan', '撤回');
    await office.moveClock('2025-07-09T09:30:00+08:00');
    await office.say('zhangsan', '继续');
    expect(await tell('zhangsan', '确认')).toMatch(/【迟报】/);
    expect(await june()).toMatchObject({ status: 'filed', timeliness: 'late' });
    const entries = await office.rows(AuditEntry);
    expect(entries.map(({ action }) => action)).toEqual(['撤回', '重新提交']);
    expect(entries[0]?.subject).toMatch(/首次提交7月2日\(周三\)09:3\d，按时/);
    expect(await tell('keyuan', '审计')).toMatch(
      /张三 重新提交 光山县2025年6月统计表（GS-202506-02），迟报，以本次提交7月9日/,
    );
  });

  it('says after the deadline what it costs, and asks once', async () => {
    await office.moveClock('2025-07-08T09:30:00+08:00');
    const asked = await office.say('zhangsan', '撤回');
    expect(office.plain(asked)).toMatch(/现为【按时】.*会记为【迟报】/s);
    expect(asked.choices.map(({ text }) => text)).toEqual(['确认撤回']);
    expect(await june()).toMatchObject({ status: 'filed', timeliness: 'on_time' });
    expect(await tell('zhangsan', '确认撤回')).toMatch(/已撤回为草稿/);
  });

  it.each([
    '撤回6月',
    '撤回报告',
    '我要撤回',
    '请撤回一下6月的报表',
    '把6月报告撤回',
    '撤回光山县2025年6月统计表',
    '撤回刚才提交的数据',
    '撤销上报',
  ])('understands %s', async (words) => {
    expect(await tell('lisi', words)).toMatch(/已撤回为草稿/);
    expect(await june()).toMatchObject({ status: 'draft' });
  });

  it.each(['撤回罗山', '撤销退回', '撤回许可3项', '撤回更正'])('does not take %s for it', async (words) => {
    await office.say('zhangsan', words);
    expect(await june()).toMatchObject({ status: 'filed' });
  });

  it('has nothing to withdraw where nothing is filed', async () => {
    expect(await tell('wangwu', '撤回')).toMatch(/罗山县2025年6月统计表还没有提交，不用撤回/);
    expect(await office.rows(FilingEvent)).toEqual([]);
  });

  it('refuses after the lock, and says how to correct instead', async () => {
    await office.moveClock('2025-07-18T09:00:00+08:00');
    expect(await tell('zhangsan', '撤回6月')).toMatch(/7月17日24:00锁定，不能撤回.*更正6月 企业27应为28/);
    expect(await june()).toMatchObject({ status: 'filed' });
  });

  it('loses no correction that was begun before it', async () => {
    await office.say('zhangsan', '企业改成29');
    expect(await tell('zhangsan', '撤回')).toMatch(/企业 24→29/);
    await office.say('zhangsan', '确认');
    expect(await office.rows(Statistics, { versionId: (await june())?.versionId ?? 0 })).toMatchObject([
      { institutes: 4, enterprises: 29 },
    ]);
  });

  it('keeps 不适用 and reasons with what was filed', async () => {
    await office.sayAll(
      'wangwu',
      '高校院所1 企业16 专利70 平台没变 推送450',
      '有1家退出',
      '网址不适用，线下发布',
      '确认',
    );
    const before = await june('LS');
    const notesOf = async (versionId?: number | null) =>
      (await office.rows(FilingNote, { versionId: versionId ?? 0 })).map(({ field, kind, text }) => [
        field,
        kind,
        text,
      ]);
    expect(await notesOf(before?.versionId)).toEqual([
      ['platformUrls', 'not_applicable', '线下发布'],
      ['institutes', 'explanation', '有1家退出'],
    ]);
    await office.say('wangwu', '撤回');
    expect((await june('LS'))?.status).toBe('draft');
    await office.say('wangwu', '确认');
    const after = await june('LS');
    expect(after?.versionId).not.toBe(before?.versionId);
    expect(await notesOf(after?.versionId)).toEqual(await notesOf(before?.versionId));
    const [row] = await office.rows(Statistics, { versionId: after?.versionId ?? 0 });
    expect(row).toMatchObject({ institutes: 1, enterprises: 16, patents: 70, smallFirms: 450, platformUrls: null });
  });

  it('is withdrawn once by two contacts at once', async () => {
    const answers = await Promise.all([office.say('zhangsan', '撤回'), office.say('lisi', '撤回')]);
    const all = answers.map(office.plain).join('\n');
    expect(all.match(/已撤回为草稿/g)).toHaveLength(1);
    expect(all).toMatch(/还没有提交，不用撤回|刚刚有变动/);
    expect(await office.rows(FilingEvent)).toMatchObject([{ kind: 'withdrawn' }]);
  });

  it('leaves it to contacts, and shows nothing in a group', async () => {
    expect(await tell('keyuan', '撤回')).toMatch(/由联络员使用/);
    const group = office.plain(await office.say('zhangsan', '撤回', { group: 'pilot-group' }));
    expect(group).toMatch(/私聊/);
    expect(await june()).toMatchObject({ status: 'filed' });
  });
});
