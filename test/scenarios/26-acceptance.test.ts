import { AuditEntry } from '../../entities/audit-entry';
import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { FilingEvent } from '../../entities/filing-event';
import { Identity } from '../../entities/identity';
import { Project } from '../../entities/tables/project';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('a report accepted by the bureau, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.sayAll('zhangsan', '高校院所4，企业27，专利135，平台没变，推送1020', '确认');
  });
  afterEach(() => office.close());

  const tell = async (userId: string, text: string) => office.plain(await office.say(userId, text));
  const toldTo = async (userId: string) => (await office.told(userId)).map(office.plain).join('\n');
  const june = async (code = 'GS') => {
    const [filing] = await office.rows(Filing, { unitId: await office.unitId(code), period: '2025-06' });
    return filing;
  };
  const register = () =>
    office.say(
      'newcomer',
      '我是光山县市场监管局钱多多，科员，办公电话0376-8888123，手机13800138000，邮箱qian@example.cn',
    );

  it.each([
    '通过 光山 6月',
    '审核通过 光山',
    '通过光山县2025年6月统计表',
    '通过 光山的报告',
    '光山6月的报告通过',
    '通过 光山',
  ])('understands %s, and tells the contacts', async (words) => {
    expect(await tell('keyuan', words)).toMatch(/已通过光山县2025年6月统计表（GS-202506-01），已通知联络员/);
    expect(await june()).toMatchObject({ status: 'accepted', timeliness: 'on_time' });
    for (const who of ['zhangsan', 'lisi']) expect(await toldTo(who)).toMatch(/GS-202506-01）已审核通过/);
    expect(await tell('keyuan', '审计')).toMatch(/科员甲 通过 光山县2025年6月统计表（GS-202506-01）/);
  });

  it('cannot be changed by the contact any more, who is told how to ask for it', async () => {
    await office.say('keyuan', '通过 光山 6月');
    const before = await office.rows(DraftAnswer, { filingId: (await june())?.id ?? 0 });
    const answer = await office.say('zhangsan', '企业28，专利140');
    expect(office.plain(answer)).toMatch(/已审核通过，不能直接改，没有记下.*更正6月 企业27应为28，专利135应为140/s);
    expect(answer.choices.map(({ text }) => text)).toEqual(['更正6月 企业27应为28，专利135应为140']);
    expect(await tell('lisi', '上报6月 推送1030')).toMatch(/不能直接改/);
    expect(await tell('zhangsan', '撤回')).toMatch(/已审核通过，不能撤回.*更正6月/s);
    expect(await tell('zhangsan', '确认')).toMatch(/已审核通过/);
    expect(await office.rows(DraftAnswer, { filingId: (await june())?.id ?? 0 })).toEqual(before);
    expect(await tell('zhangsan', '进度')).toMatch(/已通过（回执 GS-202506-01/);
  });

  it('leaves the project list growing for the months to come', async () => {
    await office.say('keyuan', '通过 光山 6月');
    const answer = await tell('zhangsan', '新增项目：豫南大学许可给恒通公司，专利ZL202110234567.5，免费');
    expect(answer).toMatch(/已登记第13项.*已审核通过.*计入以后各期/s);
    expect(await office.rows(Project, { unitId: await office.unitId('GS') })).toHaveLength(13);
  });

  it('is another thing than the registration of a person', async () => {
    await register();
    const asked = await office.say('keyuan', '通过 光山');
    expect(office.plain(asked)).toMatch(/既有6月统计表，也有待审核的登记/);
    expect(asked.choices.map(({ text }) => text)).toEqual(['通过 光山县 6月', '待审核']);
    expect(await june()).toMatchObject({ status: 'filed' });
    expect(await tell('keyuan', '通过 光山 6月')).toMatch(/已通过光山县2025年6月统计表/);
    expect(await tell('keyuan', '通过 光山 钱多多')).toMatch(/已通过：光山县 钱多多/);
    expect(await office.rows(Identity, { userId: 'newcomer' })).toHaveLength(1);
  });

  it('is accepted with all others once they were named', async () => {
    await office.sayAll('zhoumin', '本月没变化', '确认');
    await office.sayAll('sunyue', '本月没变化', '确认');
    await office.say('keyuan', '退回 平桥 专利 请核对');
    const asked = await office.say('keyuan', '全部通过');
    expect(office.plain(asked)).toMatch(/将通过2025年6月统计表2家：光山县、新县.*退回修改中1家，未报14家/s);
    expect(asked.choices.map(({ text }) => text)).toEqual(['确认通过 6月 2家']);
    expect(await office.rows(Filing, { status: 'accepted' })).toEqual([]);
    await office.sayAll('liuyang', '本月没变化', '确认');
    expect(await tell('keyuan', '确认通过 6月 2家')).toMatch(
      /已通过2025年6月统计表2家：光山县、新县，已通知联络员。.*息县是列出名单之后报的，没有通过/s,
    );
    expect(await tell('keyuan', '全部通过')).toMatch(/将通过2025年6月统计表1家：息县/);
    expect(await tell('keyuan', '确认通过 6月 1家')).toMatch(/1家：息县/);
    expect(await office.rows(Filing, { status: 'accepted' })).toHaveLength(3);
    expect(await june('PQ')).toMatchObject({ status: 'returned' });
    expect(await toldTo('liuyang')).toMatch(/已审核通过/);
    expect(await tell('keyuan', '全部通过')).toMatch(/没有待通过的报告/);
  });

  it('is accepted with all others only as it was shown', async () => {
    await office.sayAll('zhoumin', '本月没变化', '确认');
    await office.say('keyuan', '全部通过');
    await office.say('zhangsan', '撤回');
    await office.sayAll('liuyang', '本月没变化', '确认');
    expect(await tell('keyuan', '确认通过 6月 2家')).toMatch(
      /已通过2025年6月统计表1家：新县.*光山县刚刚有变动，没有通过.*息县是列出名单之后报的，没有通过/s,
    );
    expect(await june('XI')).toMatchObject({ status: 'filed' });
    expect(await june('GS')).toMatchObject({ status: 'draft' });
    const [event, another] = await office.rows(FilingEvent, { kind: 'accepted' });
    expect([event?.filingId, another]).toEqual([(await june('XX'))?.id, undefined]);
    expect((await office.rows(AuditEntry)).map(({ action, subject }) => [action, subject])).toContainEqual([
      '通过',
      '新县2025年6月统计表',
    ]);
  });

  it('is not accepted with all others in another version than was shown', async () => {
    await office.say('keyuan', '全部通过');
    await office.sayAll('lisi', '企业改成28', '确认');
    expect(await tell('keyuan', '确认通过 6月 1家')).toMatch(/没有通过的。.*光山县刚刚有变动/s);
    expect(await june()).toMatchObject({ status: 'filed' });
  });

  it.each(['确认通过 6月 1家', '确认通过 5月 2家', '确认通过 6月 3家'])(
    'is shown once more where %s is not the list that was shown',
    async (words) => {
      await office.sayAll('zhoumin', '本月没变化', '确认');
      await office.say('keyuan', '全部通过');
      expect(await tell('keyuan', words)).toMatch(/名单已过时，请再核对一遍。还没有通过。|没有待通过的报告/);
      expect(await office.rows(Filing, { status: 'accepted' })).toEqual([]);
    },
  );

  it('can be taken back', async () => {
    const answer = await office.say('keyuan', '通过 光山 6月');
    expect(answer.choices.map(({ text }) => text)).toEqual(['撤销通过 光山县 6月']);
    expect(await tell('keyuan', '通过 光山 6月')).toMatch(/没有重复办理/);
    expect(await tell('keyuan', '退回 光山 企业 不符')).toMatch(/已审核通过，不能退回.*撤销通过 光山县 6月/);
    expect(await tell('keyuan', '撤销通过 光山县 6月')).toMatch(/已撤销通过/);
    expect(await june()).toMatchObject({ status: 'filed' });
    expect(await tell('zhangsan', '企业28')).toMatch(/企业改为28家/);
    expect((await office.rows(AuditEntry)).map(({ action }) => action)).toEqual(['通过', '撤销通过']);
  });

  it('is not accepted before it is filed, nor while it is sent back', async () => {
    expect(await tell('keyuan', '通过 罗山 6月')).toMatch(/罗山县2025年6月统计表还没有提交，不能通过/);
    await office.say('keyuan', '退回 光山 企业 不符');
    expect(await tell('keyuan', '通过 光山 6月')).toMatch(/正在退回修改中，不能通过.*撤销退回/);
  });

  it('is left to staff, and shows nothing in a group', async () => {
    for (const who of ['lisi', 'juzhang', 'zhaolei'])
      expect(await tell(who, '通过 光山 6月')).toMatch(/由市局人员使用/);
    expect(office.plain(await office.say('keyuan', '通过 光山 6月', { group: 'pilot-group' }))).toMatch(/私聊/);
    expect(await june()).toMatchObject({ status: 'filed' });
  });

  it('is accepted or withdrawn, whoever comes first', async () => {
    const answers = await Promise.all([office.say('keyuan', '通过 光山 6月'), office.say('zhangsan', '撤回')]);
    const all = answers.map(office.plain).join('\n');
    const [event, another] = await office.rows(FilingEvent);
    expect(another).toBeUndefined();
    expect((await june())?.status).toBe(event?.kind === 'accepted' ? 'accepted' : 'draft');
    expect(all.match(/已通过光山县|已撤回为草稿/g)).toHaveLength(1);
  });
});
