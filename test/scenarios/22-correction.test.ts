import Decimal from 'decimal.js';
import { AuditEntry } from '../../entities/audit-entry';
import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { FilingCorrection } from '../../entities/filing-correction';
import { FilingEntry } from '../../entities/filing-entry';
import { FilingVersion } from '../../entities/filing-version';
import { Project } from '../../entities/tables/project';
import { Statistics } from '../../entities/tables/statistics';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 22, a closed report corrected, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const tell = async (userId: string, text: string) => office.plain(await office.say(userId, text));
  const toldTo = async (userId: string) => (await office.told(userId)).map(office.plain).join('\n');
  const filing = async (period: string, code = 'GS') => {
    const [found] = await office.rows(Filing, { unitId: await office.unitId(code), period });
    return found;
  };
  const versions = async (period = '2025-05', code = 'GS') =>
    office.rows(FilingVersion, { filingId: (await filing(period, code))?.id ?? 0 });
  const amountOf = async (versionId: number) => {
    const [row] = await office.rows(Statistics, { versionId });
    return new Decimal(row?.paidAmount ?? 0).toFixed();
  };
  const feesOf = async (versionId: number) => {
    const links = await office.rows(FilingEntry, { versionId });
    const rows = await office.rows(Project);
    const counted = rows.filter((row) => links.some((link) => link.rowId === row.id));
    return counted.filter(({ licensee }) => licensee === '恒通公司').map(({ fee }) => new Decimal(fee ?? 0).toFixed());
  };
  const asked = '更正5月 恒通那笔金额2.9应为2.0，笔误';

  it('reads back what it would change and what follows, and hands it in once that is confirmed', async () => {
    const shown = await office.say('zhangsan', asked);
    expect(office.plain(shown)).toMatch(
      /5月统计表（GS-202505-01）已定稿.*恒通公司：使用费2\.9→2\.0万元.*5月合计：金额36\.5→35\.6万元.*原因：笔误/s,
    );
    expect(shown.choices.map(({ text }) => text)).toEqual(['提交', '取消']);
    expect(await office.rows(FilingCorrection)).toEqual([]);
    expect(await tell('zhangsan', '提交')).toMatch(/更正申请已提交，市局同意后生效/);
    expect(await toldTo('keyuan')).toMatch(
      /光山县张三申请更正2025年5月统计表.*2\.9→2\.0万元.*36\.5→35\.6.*原因：笔误.*同意更正 光山县 5月/s,
    );
  });

  it('counts nothing before it is agreed to', async () => {
    await office.sayAll('zhangsan', asked, '提交');
    expect(await versions()).toHaveLength(1);
    expect(await amountOf((await filing('2025-05'))?.versionId ?? 0)).toBe('36.5');
    expect(await tell('keyuan', '5月进度')).toMatch(/金额 52万元/);
    expect(await toldTo('juzhang')).toBe('');
  });

  it('then has a second version beside the first, with author and reason', async () => {
    const before = await filing('2025-05');
    await office.sayAll('zhangsan', asked, '提交');
    expect(await tell('keyuan', '同意更正 光山 5月')).toMatch(/已同意.*第2版（GS-202505-02）/s);
    const [first, second, third] = await versions();
    expect(third).toBeUndefined();
    expect(second).toMatchObject({ number: 2, reason: '更正：笔误', authorId: first?.authorId });
    expect([await amountOf(first?.id ?? 0), await amountOf(second?.id ?? 0)]).toEqual(['36.5', '35.6']);
    expect([await feesOf(first?.id ?? 0), await feesOf(second?.id ?? 0)]).toEqual([['2.9'], ['2']]);
    expect(await office.rows(FilingEntry, { versionId: second?.id ?? 0 })).toHaveLength(12);
    const { firstFiledAt, timeliness, status } = before ?? {};
    expect(await filing('2025-05')).toMatchObject({ versionId: second?.id, firstFiledAt, timeliness, status });
    expect((await office.rows(AuditEntry)).map(({ action }) => action)).toEqual(['申请更正', '同意更正']);
    expect(await toldTo('zhangsan')).toMatch(/更正已获同意，现为第2版（GS-202505-02）/);
  });

  it('tells whoever reads the bulletins, and the group that there was a correction', async () => {
    await office.sayAll('zhangsan', asked, '提交');
    await office.say('keyuan', '同意更正 光山 5月');
    expect(await toldTo('juzhang')).toBe('更正：光山县5月金额36.5→35.6万元，全市合计金额52.0→51.1万元。原因：笔误。');
    expect(await toldTo('pilot-group')).toBe('2025年5月统计表通报的合计有更正，更正后的数已发给通报的领导和市局人员。');
    for (const other of ['wangwu', 'zhaolei']) expect(await toldTo(other)).toBe('');
  });

  it('is what June compares with, and writes nothing into June', async () => {
    await office.sayAll('zhangsan', asked, '提交');
    await office.say('keyuan', '同意更正 光山 5月');
    expect(await filing('2025-06')).toBeUndefined();
    expect(await office.rows(DraftAnswer, { draftNumber: 2 })).toEqual([]);
    const summary = await tell('zhangsan', '高校院所4，企业27，专利135，平台没变，推送1020');
    expect(summary).toMatch(/金额 35\.6→35\.6万元 持平/);
    await office.say('zhangsan', '确认');
    expect(await tell('keyuan', '进度')).toMatch(/金额 35\.6→35\.6万元 持平/);
  });

  it('leaves a June that was filed before as it was, and says so', async () => {
    await office.sayAll('zhangsan', '高校院所4，企业27，专利135，平台没变，推送1020', '确认');
    const june = await filing('2025-06');
    await office.sayAll('zhangsan', asked, '提交');
    await office.say('keyuan', '同意更正 光山 5月');
    expect(await filing('2025-06')).toEqual(june);
    expect(await amountOf(june?.versionId ?? 0)).toBe('36.5');
    expect(await toldTo('zhangsan')).toMatch(/已报的6月统计表没有改/);
  });

  it('corrects figures of another county, several at once', async () => {
    const shown = await tell('wangwu', '更正5月 企业15应为14，专利64应为65，重复统计');
    expect(shown).toMatch(/企业15→14家.*专利64→65件.*原因：重复统计/s);
    await office.say('wangwu', '确认');
    await office.say('keyuan', '同意更正 罗山');
    const rows = await office.rows(Statistics, { versionId: (await filing('2025-05', 'LS'))?.versionId ?? 0 });
    expect(rows).toMatchObject([{ enterprises: 14, patents: 65, institutes: 2, smallFirms: 420 }]);
    expect(await toldTo('juzhang')).toMatch(
      /更正：罗山县5月企业15→14家、专利64→65件，全市合计企业173→172家、专利716→717件/,
    );
  });

  it('asks for the reason, and lets other things be said in between', async () => {
    expect(await tell('zhangsan', '更正5月 企业24应为23')).toMatch(/请补一句原因.*还没有提交/s);
    expect(await tell('zhangsan', '进度')).toMatch(/6月统计表：还没报/);
    expect(await tell('zhangsan', '谢谢')).toMatch(/不客气/);
    expect(await tell('zhangsan', '重复统计了一家')).toMatch(/原因：重复统计了一家/);
    await office.say('zhangsan', '提交');
    expect(await office.rows(FilingCorrection)).toMatchObject([{ reason: '重复统计了一家', status: 'waiting' }]);
  });

  it.each([
    ['企业30', /刚才对5月的更正没有提交.*企业30家/s],
    ['企业30，专利140', /刚才对5月的更正没有提交.*专利140件/s],
  ])('takes no figures for the reason that is wanted, such as %s', async (words, answer) => {
    await office.say('zhangsan', '更正5月 企业24应为23');
    expect(await tell('zhangsan', words)).toMatch(answer);
    await office.say('zhangsan', '提交');
    expect(await office.rows(FilingCorrection)).toEqual([]);
  });

  it.each([['多报了1家企业'], ['原因：企业30是年底的数']])('takes %s for a reason', async (words) => {
    await office.sayAll('zhangsan', '更正5月 企业24应为23', words, '提交');
    expect(await office.rows(FilingCorrection)).toMatchObject([{ reason: words.replace('原因：', '') }]);
  });

  it.each([
    ['取消', /没有提交更正申请/],
    ['企业30', /刚才对5月的更正没有提交.*企业30家/s],
  ])('hands nothing in after %s', async (words, answer) => {
    await office.say('zhangsan', asked);
    expect(await tell('zhangsan', words)).toMatch(answer);
    await office.say('zhangsan', '提交');
    expect(await office.rows(FilingCorrection)).toEqual([]);
  });

  it.each([
    ['更正5月 恒通那笔金额3.9应为2.0，笔误', /恒通公司的使用费是2\.9万元/],
    ['更正5月 金额36.5应为35.6，笔误', /由项目清单得出/],
    ['更正5月 企业24应为24，笔误', /已经是24家/],
    ['更正5月 恒通那笔金额2.9应为0，笔误', /固定金额和入门费须大于0/],
    ['更正罗山5月 企业15应为14，笔误', /您只能更正光山县的报告/],
    ['更正2025年4月 企业15应为14，笔误', /没有提交过，不能更正/],
  ])('says what is wrong with %s', async (words, answer) => {
    expect(await tell('zhangsan', words)).toMatch(answer);
    await office.say('zhangsan', '提交');
    expect(await office.rows(FilingCorrection)).toEqual([]);
  });

  it.each([
    ['我要更正5月恒通公司的使用费，2.9万改成2万，填错了', /恒通公司：使用费2\.9→2\.0万元.*原因：填错了/s],
    ['更正5月企业为23家，重复统计', /企业24→23家.*原因：重复统计/s],
    ['更正5月恒通公司那笔应该免费，合同是免费的', /恒通公司：.*固定金额→免费.*原因：合同是免费的/s],
  ])('understands %s', async (words, answer) => {
    expect(await tell('zhangsan', words)).toMatch(answer);
  });

  it('corrects an accepted report that is not locked yet', async () => {
    await office.sayAll('zhangsan', '高校院所4，企业27，专利135，平台没变，推送1020', '确认');
    await office.say('keyuan', '通过 光山 6月');
    expect(await tell('zhangsan', '更正6月 企业27应为26，写错了')).toMatch(/已审核通过.*企业27→26家/s);
    await office.say('zhangsan', '提交');
    await office.say('keyuan', '同意更正 光山 6月');
    expect(await filing('2025-06')).toMatchObject({ status: 'accepted' });
    expect((await versions('2025-06')).map(({ reason }) => reason)).toEqual([null, '更正：写错了']);
    expect(await toldTo('juzhang')).toBe('');
  });

  it('leaves a report that is still open to its unit', async () => {
    await office.sayAll('zhangsan', '高校院所4，企业27，专利135，平台没变，推送1020', '确认');
    expect(await tell('zhangsan', '更正6月 企业27应为26，写错了')).toMatch(/企业改为26家（原27家）/);
    expect(await office.rows(FilingCorrection)).toEqual([]);
  });

  it('is refused with a reason', async () => {
    await office.sayAll('zhangsan', asked, '提交');
    expect(await tell('keyuan', '不同意更正 光山 5月')).toMatch(/请写明原因/);
    expect(await tell('keyuan', '不同意更正 光山 5月 请附合同')).toMatch(/已退回.*请附合同/);
    expect(await toldTo('zhangsan')).toMatch(/没有获得同意，原报告不变。原因：请附合同/);
    expect(await versions()).toHaveLength(1);
    expect(await tell('keyuan', '同意更正 光山 5月')).toMatch(/没有找到/);
  });

  it('is taken back by the unit, and asked once at a time', async () => {
    await office.sayAll('zhangsan', asked, '提交');
    expect(await tell('lisi', '更正5月 企业24应为23，笔误')).toMatch(/已有一份更正在等市局审批/);
    expect(await tell('lisi', '撤回更正')).toMatch(/已收回/);
    expect(await toldTo('keyuan')).toMatch(/李四收回了光山县5月的更正申请/);
    expect(await office.rows(FilingCorrection)).toMatchObject([{ status: 'taken_back' }]);
  });

  it('asks staff which one when several wait', async () => {
    await office.sayAll('zhangsan', asked, '提交');
    await office.sayAll('wangwu', '更正5月 企业15应为14，笔误', '提交');
    const answer = await office.say('keyuan', '同意更正');
    expect(answer.choices.map(({ text }) => text)).toEqual(['同意更正 光山县 5月', '同意更正 罗山县 5月']);
  });

  it('is decided once, by staff alone, and not in a group', async () => {
    await office.sayAll('zhangsan', asked, '提交');
    for (const who of ['zhangsan', 'juzhang', 'zhaolei'])
      expect(await tell(who, '同意更正 光山 5月')).toMatch(/由市局人员使用/);
    expect(office.plain(await office.say('keyuan', '同意更正 光山 5月', { group: 'pilot-group' }))).toMatch(/私聊/);
    expect(await versions()).toHaveLength(1);
    const answers = await Promise.all([office.say('keyuan', '同意更正 光山 5月'), office.say('zhangsan', '撤回更正')]);
    const all = answers.map(office.plain).join('\n');
    expect(all.match(/已同意：|已收回/g)).toHaveLength(1);
    expect(await versions()).toHaveLength(all.includes('已同意：') ? 2 : 1);
  });
});
