import { Assignment } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';
import { appoint } from './people';

describe.each(databases)('scenario 22, who hears what of a correction, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const tell = async (userId: string, text: string) => office.plain(await office.say(userId, text));
  const toldTo = async (chatId: string) => (await office.told(chatId)).map(office.plain);
  const contactsGone = async (code: string, ...userIds: readonly string[]) => {
    const until = new Date('2025-07-01T09:00:00+08:00');
    const people = (await office.rows(Identity)).filter(({ userId }) => userIds.includes(userId));
    const unitId = await office.unitId(code);
    await office.app.database.transact(async (tx) => {
      for (const { personId } of people) await tx.update(Assignment, { unitId, personId }, { until });
    });
  };

  describe('after it was sent back and locked', () => {
    const groupBefore = async () => (await toldTo('pilot-group')).length;
    let told: number;
    beforeEach(async () => {
      for (const who of ['zhangsan', 'zhoumin', 'sunyue', 'liuyang']) await office.sayAll(who, '本月没变化', '确认');
      await office.say('keyuan', '退回 新县 推送 与平台后台不符');
      await office.moveClock('2025-07-18T09:00:00+08:00');
      told = await groupBefore();
      await office.sayAll('zhoumin', '更正6月 推送300应为260，与平台后台不符', '提交');
      expect(await tell('keyuan', '同意更正 新县 6月')).toMatch(/已同意/);
    });

    it('adds the unit to the totals that were told without it', async () => {
      const heard = (await toldTo('juzhang')).at(-1) ?? '';
      expect(heard).toMatch(/^更正：新县6月推送中小微300→260家，全市合计.*，现含新县。原因：与平台后台不符。$/);
      const [, before = '', after = ''] = /全市合计.*推送中小微(\d+)→(\d+)家/.exec(heard) ?? [];
      expect(Number(after) - Number(before)).toBe(260);
      const bulletin = (await toldTo('juzhang')).filter((each) => each.includes('通报（定稿）')).join('\n');
      expect(bulletin).toMatch(new RegExp(`推送中小微 \\d+→${before}家`));
    });

    it('says nothing to the group, which could work the figures out', async () => {
      expect(await groupBefore()).toBe(told);
    });
  });

  it('tells the leader of a county no total, which would be of that county alone', async () => {
    await appoint(office, { unit: 'GS', userId: 'gsju', name: '郑局长', role: 'leader' });
    await office.sayAll('zhangsan', '更正5月 企业24应为23，笔误', '提交');
    await office.say('keyuan', '同意更正 光山 5月');
    expect(await toldTo('gsju')).toEqual(['更正：光山县5月企业24→23家。原因：笔误。']);
    expect((await toldTo('juzhang')).at(-1)).toMatch(/全市合计企业/);
  });

  it('says whom it told, and no more', async () => {
    await office.sayAll('zhangsan', '更正5月 企业24应为23，笔误', '提交');
    expect(await tell('keyuan', '同意更正 光山 5月')).toMatch(/已通知联络员和原通报收件人。$/);
    await office.sayAll('zhoumin', '本月没变化', '确认');
    await office.say('keyuan', '通过 新县 6月');
    await office.sayAll('zhoumin', '更正6月 推送300应为260，写错了', '提交');
    await contactsGone('XX', 'zhoumin');
    const answer = await tell('keyuan', '同意更正 新县 6月');
    expect(answer).toMatch(/注意：新县还没有联络员账号，单位没有收到通知。$/);
    expect(answer).not.toMatch(/已通知/);
  });
});
