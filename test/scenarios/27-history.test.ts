import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('the history of a report, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.sayAll('zhangsan', '高校院所4，企业27，专利135，平台没变，推送1020', '确认');
  });
  afterEach(() => office.close());

  const tell = async (userId: string, text: string) => office.plain(await office.say(userId, text));

  it.each(['光山 历史', '历史 光山 6月', '光山县6月历史记录', '看历史 光山', '查看光山6月的历史'])(
    'is shown to staff who say %s',
    async (words) => {
      expect(await tell('keyuan', words)).toMatch(
        /光山县2025年6月统计表：已报，按时.*V1 张三 7月2日\(周三\)09:3\d 首次提交（GS-202506-01，现行）/s,
      );
    },
  );

  it('tells every version with its author, time, reason and change, and what befell it in between', async () => {
    await office.sayAll('lisi', '撤回', '确认');
    await office.sayAll('lisi', '企业改成28', '确认');
    await office.say('keyuan', '退回 光山 推送 与平台后台不符');
    await office.sayAll('zhangsan', '1010', '确认');
    await office.say('keyuan', '通过 光山 6月');
    await office.sayAll('zhangsan', '更正6月 专利135应为134，笔误', '提交');
    await office.say('keyuan', '同意更正 光山 6月');
    const lines = (await tell('keyuan', '历史 光山 6月'))
      .split('\n')
      .map((line) => line.replace(/7月2日\(周三\)09:\d\d/g, '…'));
    expect(lines).toEqual([
      '光山县2025年6月统计表：已通过，按时（首次提交…）',
      '· V1 张三 … 首次提交（GS-202506-01）',
      '· 李四 … 撤回',
      '· V2 李四 … 撤回后重新提交：各项数不变（GS-202506-02）',
      '· V3 李四 … 更正：企业27→28家（GS-202506-03）',
      '· 科员甲 … 退回1项：推送中小微，原因：与平台后台不符',
      '· V4 张三 … 退回修改（与平台后台不符）：推送中小微1020→1010家（GS-202506-04）',
      '· 科员甲 … 审核通过',
      '· 张三 … 申请更正：专利135→134件，原因：笔误；科员甲 … 同意',
      '· V5 张三 … 更正：笔误：专利135→134件（GS-202506-05，现行）',
    ]);
  });

  it('tells what a correction of a list changed, also where no figure follows', async () => {
    await office.say('keyuan', '通过 光山 6月');
    await office.sayAll('zhangsan', '更正6月 恒通公司那笔的被许可方应为恒通科技有限公司，改名了', '提交');
    expect(await tell('keyuan', '历史 光山 6月')).toMatch(
      /申请更正：第2项 恒通公司：被许可方：恒通公司→恒通科技有限公司，原因：改名了；等待审批/,
    );
    await office.say('keyuan', '同意更正 光山 6月');
    expect(await tell('lisi', '历史')).toMatch(
      /恒通公司→恒通科技有限公司，原因：改名了；科员甲.*同意.*V2 张三.*更正：改名了：各项数不变/s,
    );
  });

  it('is shown to the contacts of the unit, and to nobody of another', async () => {
    expect(await tell('lisi', '历史')).toMatch(/V1 张三/);
    const other = await tell('wangwu', '历史 光山');
    expect(other).toMatch(/您只能看罗山县/);
    expect(other).not.toMatch(/张三|27/);
    for (const who of ['juzhang', 'zhaolei']) expect(await tell(who, '历史 光山')).not.toMatch(/V1/);
  });

  it('shows the last one filed where this month is not filed yet, and one that was withdrawn', async () => {
    expect(await tell('keyuan', '罗山 历史')).toMatch(/6月还没有提交.*罗山县2025年5月统计表.*V1 王五 6月3日/s);
    expect(await tell('keyuan', '罗山 6月 历史')).toMatch(/没有历史/);
    await office.say('zhangsan', '撤回');
    expect(await tell('keyuan', '光山 历史')).toMatch(/已撤回，未再提交.*V1 张三.*张三.*撤回/s);
  });

  it('asks staff for the unit, and is not for a group', async () => {
    expect(await tell('keyuan', '历史')).toMatch(/请说明是哪个单位/);
    expect(office.plain(await office.say('keyuan', '光山 历史', { group: 'pilot-group' }))).not.toMatch(/V1|27/);
  });
});
