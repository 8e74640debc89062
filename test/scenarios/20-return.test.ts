import { AuditEntry } from '../../entities/audit-entry';
import { Filing } from '../../entities/filing';
import { FilingEvent } from '../../entities/filing-event';
import { FilingNote } from '../../entities/filing-note';
import { FilingVersion } from '../../entities/filing-version';
import { Statistics } from '../../entities/tables/statistics';
import { openWorkbook, rowOf } from '../sheets/opened';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 20, a report sent back, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.sayAll('zhoumin', '本月没变化', '确认');
  });
  afterEach(() => office.close());

  const tell = async (userId: string, text: string) => office.plain(await office.say(userId, text));
  const toldTo = async (userId: string) => (await office.told(userId)).map(office.plain).join('\n');
  const june = async (code = 'XX') => {
    const [filing] = await office.rows(Filing, { unitId: await office.unitId(code), period: '2025-06' });
    return filing;
  };
  const figures = async (code = 'XX') => {
    const [row] = await office.rows(Statistics, { versionId: (await june(code))?.versionId ?? 0 });
    return row;
  };
  const returned = '退回 新县 推送企业数 与平台后台不符';

  it('tells the contact the one figure, what it is now and why', async () => {
    expect(await tell('keyuan', returned)).toMatch(
      /已退回新县2025年6月统计表（XX-202506-01）：推送中小微300家.*已通知/s,
    );
    expect(await toldTo('zhoumin')).toMatch(
      /退回1项：推送中小微 现为【300家】。原因：与平台后台不符。.*直接回正确数即可/s,
    );
    expect(await june()).toMatchObject({ status: 'returned' });
  });

  it('takes a bare number for it, reads it back, and files only that change', async () => {
    const before = await june();
    await office.say('keyuan', returned);
    const shown = await tell('zhoumin', '260');
    expect(shown).toMatch(/300→260家，其余各项不变.*回“确认”重新提交/s);
    for (const other of ['高校院所', '网址', '？']) expect(shown).not.toContain(other);
    expect(await figures()).toMatchObject({ smallFirms: 300 });
    await office.moveClock('2025-07-09T09:30:00+08:00');
    expect(await tell('zhoumin', '确认')).toMatch(/第2版.*XX-202506-02/s);
    expect(await figures()).toMatchObject({ smallFirms: 260, institutes: 2, enterprises: 9, patents: 41 });
    const { firstFiledAt, timeliness } = before ?? {};
    expect(await june()).toMatchObject({ status: 'filed', firstFiledAt, timeliness: 'on_time' });
    expect(timeliness).toBe('on_time');
    const versions = await office.rows(FilingVersion, { filingId: before?.id ?? 0 });
    expect(versions.map(({ number, reason }) => [number, reason])).toEqual([
      [1, null],
      [2, '退回修改（与平台后台不符）'],
    ]);
    expect(await toldTo('keyuan')).toMatch(/新县已重报.*按时.*仅此一项变化：推送中小微300→260家/s);
  });

  it('counts it as filed but in no total meanwhile, and says so', async () => {
    await office.sayAll('zhangsan', '高校院所4，企业27，专利135，平台没变，推送1020', '确认');
    await office.say('keyuan', returned);
    const progress = await tell('juzhang', '进度');
    expect(progress).toMatch(/已报2家（按时2/);
    expect(progress).toMatch(/退回修改中1家：新县/);
    expect(progress).toMatch(/合计（1家，不含新县）.*推送中小微 860→1020家/s);
    expect(await tell('keyuan', '新县多少')).toMatch(/已报，退回修改中/);
    const answer = await office.say('keyuan', '导出 6月');
    expect(office.plain(answer)).toMatch(/已报2家（其中新县退回修改中，留空）/);
    const [figuresSheet, listSheet] = openWorkbook(await office.download(answer));
    const rows = Array.from({ length: 30 }, (_, index) => Object.values(rowOf(figuresSheet!, index + 1)));
    const xinxian = rows.find((cells) => cells.some((cell) => cell.includes('新县')));
    expect(xinxian?.join(' ')).toMatch(/退回修改中/);
    expect(xinxian).not.toContain('300');
    expect(rows.find(([first]) => first === '合计')).toContain('1020');
    expect(listSheet?.xml).not.toBe('');
    expect([...listSheet!.cells.values()].map(({ value }) => value)).not.toContain('新县');
    await office.sayAll('zhoumin', '260', '确认');
    expect(await tell('juzhang', '进度')).toMatch(/合计（2家）.*推送中小微 1160→1280家/s);
  });

  it.each([
    ['退回新县6月推送，与平台后台不符', ['smallFirms'], '与平台后台不符'],
    ['退回 新县 6月 平台网址、专利 与佐证材料不符', ['patents', 'platformUrls'], '与佐证材料不符'],
    ['退回 新县统计表 企业数与清单对不上', ['enterprises'], '与清单对不上'],
    ['打回 新县 高校、企业 原因：重复统计', ['institutes', 'enterprises'], '重复统计'],
    ['退回 新县 平台后台没有这些企业', [], '平台后台没有这些企业'],
    ['退回 新县市场监管局 6月报表 整表 请按新口径重填', [], '请按新口径重填'],
    ['退回 新县 推送企业数和平台后台不一致', ['smallFirms'], '和平台后台不一致'],
    ['退回 新县 推送 比5月少了', ['smallFirms'], '比5月少了'],
  ])('understands %s', async (words, fields, reason) => {
    await office.say('keyuan', words);
    const events = await office.rows(FilingEvent);
    expect(events.map((event) => [event.kind, event.fields, event.reason])).toEqual([['returned', fields, reason]]);
  });

  it('asks for a reason before it does anything', async () => {
    const asked = await office.say('keyuan', '退回 新县 推送企业数');
    expect(office.plain(asked)).toMatch(/请写明原因.*还没有退回/s);
    expect(asked.choices[0]?.text).toBe('退回 新县 6月 推送中小微 数不对，请核对');
    expect(await june()).toMatchObject({ status: 'filed' });
    expect(await toldTo('zhoumin')).toBe('');
  });

  it.each(['260家', '推送改成260', '应为260', '推送中小微企业260家，写错了', '二百六十'])(
    'takes %s for the answer',
    async (words) => {
      await office.say('keyuan', returned);
      expect(await tell('zhoumin', words)).toMatch(/推送中小微300→260家，其余各项不变/);
    },
  );

  it('asks for several figures one after the other, and takes both at once', async () => {
    await office.say('keyuan', '退回 新县 专利、推送 与平台后台不符');
    expect(await tell('zhoumin', '40')).toMatch(/专利改为40件（原41件）.*还有退回的：推送中小微 现为【300家】/s);
    expect(await tell('zhoumin', '推送260')).toMatch(/专利41→40件、推送中小微300→260家，其余各项不变/);
    await office.say('zhoumin', '确认');
    expect(await toldTo('keyuan')).toMatch(/共2项变化：专利41→40件、推送中小微300→260家/);
  });

  it('lets the unit stand by its figure with a word about it', async () => {
    await office.say('keyuan', returned);
    expect(await tell('zhoumin', '确认')).toMatch(/还没有改.*无误/s);
    expect(await tell('zhoumin', '无误')).toMatch(/请写明依据/);
    expect(await tell('zhoumin', '无误，平台后台还没更新')).toMatch(/已记说明.*各项数不变.*回“确认”重新提交/s);
    await office.say('zhoumin', '确认');
    expect(await figures()).toMatchObject({ smallFirms: 300 });
    expect(await office.rows(FilingNote, { versionId: (await june())?.versionId ?? 0 })).toMatchObject([
      { field: 'smallFirms', kind: 'explanation', text: '平台后台还没更新' },
    ]);
    expect(await toldTo('keyuan')).toMatch(/没有变化.*推送中小微说明：平台后台还没更新/s);
  });

  it.each(['推送还是300', '300', '推送企业就是300家', '还是300家'])('asks for the grounds of %s', async (words) => {
    await office.say('keyuan', returned);
    expect(await tell('zhoumin', words)).toBe('推送中小微仍是300家。请写明依据，会转告市局，如“无误，后台统计滞后”。');
    expect(await tell('zhoumin', '无误，后台统计滞后')).toMatch(/已记说明.*回“确认”重新提交/s);
  });

  it('takes the grounds along with the figure that stays', async () => {
    await office.say('keyuan', '退回 新县 专利、推送 与平台后台不符');
    expect(await tell('zhoumin', '推送还是300，后台统计滞后')).toMatch(/已记说明：“后台统计滞后”.*专利 现为【41件】/s);
    await office.sayAll('zhoumin', '40', '确认');
    expect(await toldTo('keyuan')).toMatch(/仅此一项变化：专利41→40件.*推送中小微说明：后台统计滞后/s);
  });

  it('takes changes to a whole report, and its word that nothing is wrong', async () => {
    await office.say('keyuan', '退回 新县 请按新口径核对');
    expect(await toldTo('zhoumin')).toMatch(/退回整表。原因：请按新口径核对.*如“企业改成10”/s);
    expect(await tell('zhoumin', '继续')).toMatch(/整表退回.*请按新口径核对/s);
    expect(await tell('zhoumin', '核对无误，已按新口径')).toMatch(/各项数不变.*已按新口径/s);
    await office.say('zhoumin', '确认');
    const versions = await office.rows(FilingVersion, { filingId: (await june())?.id ?? 0 });
    expect(versions.at(-1)?.reason).toBe('退回修改（请按新口径核对）：已按新口径');
  });

  it('sends a figure of the project list back to the list', async () => {
    await office.say('keyuan', '退回 新县 金额 与合同不符');
    expect(await toldTo('zhoumin')).toMatch(/金额 现为【12万元】.*由清单得出/s);
    expect(await tell('zhoumin', '第2个项目使用费改成11万')).toMatch(/金额12→11万元，其余各项不变/);
    await office.say('zhoumin', '确认');
    expect(await toldTo('keyuan')).toMatch(/仅此一项变化：金额12→11万元/);
  });

  it('can be taken back until the unit has answered', async () => {
    const asked = await office.say('keyuan', returned);
    expect(asked.choices.map(({ text }) => text)).toEqual(['撤销退回 新县 6月']);
    expect(await tell('keyuan', '撤销退回 新县')).toMatch(/已撤销退回.*XX-202506-01.*照旧有效/);
    expect(await june()).toMatchObject({ status: 'filed' });
    expect(await toldTo('zhoumin')).toMatch(/市局已收回退回/);
    expect(await tell('keyuan', '撤销退回 新县')).toMatch(/没有可撤销的/);
    expect((await office.rows(AuditEntry)).map(({ action }) => action)).toEqual(['退回', '撤销退回']);
  });

  it('shows the contact where it stands', async () => {
    await office.say('keyuan', returned);
    expect(await tell('zhoumin', '进度')).toMatch(/退回修改中.*退回1项：推送中小微，原因：与平台后台不符/);
    expect(await tell('zhoumin', '谢谢')).toMatch(/推送中小微 现为【300家】，还没有改/);
    expect(await tell('zhoumin', '撤回')).toMatch(/正在退回修改中，不用撤回/);
  });

  it('sends nothing back that is not there, or not theirs to send', async () => {
    expect(await tell('keyuan', '退回 息县 推送 不符')).toMatch(/息县2025年6月统计表还没有提交/);
    expect(await tell('keyuan', returned)).toMatch(/已退回/);
    expect(await tell('keyuan', returned)).toMatch(/已在退回修改中.*没有重复退回/);
    expect(await tell('keyuan', '退回 某某县 推送 不符')).toMatch(/请写明是哪个单位/);
    for (const who of ['zhangsan', 'juzhang', 'zhaolei']) {
      expect(await tell(who, '退回 新县 企业 不符')).toMatch(/由市局人员使用/);
    }
    expect(await office.rows(FilingEvent)).toHaveLength(1);
  });

  it('is not sent back after the lock, when a correction is asked for instead', async () => {
    await office.moveClock('2025-07-18T09:00:00+08:00');
    expect(await tell('keyuan', '退回 新县 6月 推送 与平台后台不符')).toMatch(/锁定，不能退回.*更正6月/s);
  });

  it('is put right by a correction where the lock came first', async () => {
    await office.say('keyuan', returned);
    await office.moveClock('2025-07-18T09:00:00+08:00');
    expect(await tell('zhoumin', '更正6月 推送300应为260，与平台后台不符')).toMatch(/推送中小微300→260家/);
    await office.say('zhoumin', '提交');
    await office.say('keyuan', '同意更正 新县 6月');
    expect(await june()).toMatchObject({ status: 'filed', timeliness: 'on_time' });
    expect(await figures()).toMatchObject({ smallFirms: 260 });
    expect(await tell('juzhang', '6月进度')).toMatch(/合计（1家）/);
    expect(await toldTo('zhoumin')).toMatch(/的更正已获同意，现为第2版（XX-202506-02）.*推送中小微300→260家/s);
    expect(await toldTo('juzhang')).toMatch(/更正：新县6月推送中小微300→260家/);
  });

  it('is no figure to compare the next month with, as long as it was not put right', async () => {
    await office.sayAll('zhangsan', '本月没变化', '确认');
    await office.say('keyuan', returned);
    await office.moveClock('2025-08-04T09:00:00+08:00');
    for (const who of ['zhangsan', 'zhoumin']) await office.sayAll(who, '本月没变化', '确认');
    expect(await tell('juzhang', '7月进度')).toMatch(/合计（2家）.*推送中小微 1160家 可比1家持平/s);
    await office.sayAll('zhoumin', '更正6月 推送300应为260，与平台后台不符', '提交');
    await office.say('keyuan', '同意更正 新县 6月');
    expect(await tell('juzhang', '7月进度')).toMatch(/推送中小微 1120→1160家 \+40/);
  });

  it('shows nothing in a group', async () => {
    const group = office.plain(await office.say('keyuan', returned, { group: 'pilot-group' }));
    expect(group).toMatch(/私聊/);
    expect(group).not.toMatch(/300|新县/);
    expect(await june()).toMatchObject({ status: 'filed' });
  });

  it('is sent back or corrected, whoever comes first', async () => {
    await office.say('zhoumin', '企业改成10');
    await Promise.all([office.say('keyuan', returned), office.say('zhoumin', '确认')]);
    const filing = await june();
    const events = await office.rows(FilingEvent);
    const versions = await office.rows(FilingVersion, { filingId: filing?.id ?? 0 });
    expect(filing?.status).toBe(events.length === 1 ? 'returned' : 'filed');
    expect(events.every(({ versionId }) => versions.some(({ id }) => id === versionId))).toBe(true);
  });
});
