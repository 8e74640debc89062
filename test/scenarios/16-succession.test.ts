import { Assignment } from '../../entities/assignment';
import { AuditEntry } from '../../entities/audit-entry';
import { FilingVersion } from '../../entities/filing-version';
import { OutboxMessage } from '../../entities/outbox-message';
import { Person } from '../../entities/person';
import { Succession } from '../../entities/succession';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';
import { appoint } from './people';

const sixItems = '我是罗山县市场监管局赵六，科员，办公电话0376-2222123，手机13800138006，邮箱zhaoliu@example.cn';

describe.each(databases)('scenario 16, another contact, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const say = async (who: string, text: string) => office.plain(await office.say(who, text));
  const told = async (who: string) => (await office.told(who)).map(office.plain);
  const replace = () => say('keyuan', '更换 罗山 王五 赵六');
  const contactsOf = async (code: string) => {
    const people = new Map((await office.rows(Person)).map(({ id, name }) => [id, name]));
    const posts = await office.rows(Assignment, { unitId: await office.unitId(code), role: 'contact' });
    return posts.map(({ personId, until }) => [people.get(personId), until === null]);
  };

  it('takes effect at once: no reading, no filing, no reminders, and the name of the new contact', async () => {
    await office.sayAll('wangwu', '上报', '2', '15');
    expect(await replace()).toMatch(/已更换：王五即刻起不再负责罗山县.*接任：赵六（待登记）.*还没有账号/s);
    expect(await contactsOf('LS')).toEqual([['王五', false]]);
    for (const words of ['上报', '继续', '66', '看罗山的数', '进度', '项目清单', '确认']) {
      expect(await say('wangwu', words)).toMatch(/您已不再负责罗山县，现联络员为赵六（登记中）/);
    }
    await office.moveClock('2025-07-07T11:00:00+08:00');
    expect(await office.rows(OutboxMessage, { chatId: 'wangwu', purpose: 'reminder' })).toEqual([]);
    expect((await told('wangwu'))[0]).toMatch(/罗山县联络员由您更换为赵六.*仍署您的名/);
    expect((await office.rows(AuditEntry)).at(-1)).toMatchObject({ action: '更换', subject: '罗山县 王五→赵六' });
  });

  it('asks the successor for the six items, and hands over once they are approved', async () => {
    await office.sayAll('wangwu', '本月没变化', '确认');
    await say('keyuan', '退回 罗山 6月 推送 与平台后台不符');
    await replace();
    expect(await say('newcomer', '你好')).toMatch(/单位、姓名、职务、办公电话、手机号、邮箱/);
    await say('newcomer', sixItems);
    expect((await told('keyuan')).at(-1)).toMatch(/新登记待审核.*罗山县 赵六.*市局已定由赵六接替王五/s);
    expect(await say('keyuan', '通过 罗山 赵六')).toMatch(/已通过：罗山县 赵六.*登记为联络员/);
    const [approved, handover] = await told('newcomer');
    expect(approved).toMatch(/您负责【罗山县】/);
    expect(handover).toMatch(
      /罗山县交接.*您接替王五负责罗山县.*近2期报告.*2025年6月统计表（LS-202506-01，按时）.*2025年5月/s,
    );
    expect(handover).toMatch(/待改退回【1】条.*2025年6月统计表：退回1项：推送中小微，原因：与平台后台不符/s);
    expect(await say('newcomer', '430')).toMatch(/420→430家/);
    expect(await say('newcomer', '确认')).toMatch(/LS-202506-02/);
    const people = await office.rows(Person);
    const versions = await office.rows(FilingVersion, {});
    const authors = versions.slice(-2).map(({ authorId }) => people.find(({ id }) => id === authorId)?.name);
    expect(authors).toEqual(['王五', '赵六']);
  });

  it('passes the draft on, and everything after to the new contact', async () => {
    await office.sayAll('wangwu', '上报', '2', '16', '64', '不变');
    await replace();
    await say('newcomer', sixItems);
    await say('keyuan', '通过 罗山 赵六');
    expect((await told('newcomer')).at(-1)).toMatch(/待改退回【0】条.*2025年6月统计表草稿已填4项/s);
    expect(await say('newcomer', '继续')).toMatch(/企业16家/);
    expect(await say('wangwu', '上报')).toMatch(/您已不再负责罗山县，现联络员为赵六。/);
    await office.moveClock('2025-07-02T10:05:00+08:00');
    expect((await told('newcomer')).at(-1)).toMatch(/罗山县6月统计表未交，草稿已填4\/6项/);
    expect(await say('keyuan', '未报')).toMatch(/罗山县（有草稿，联络员赵六/);
    expect(await contactsOf('LS')).toEqual([
      ['王五', false],
      ['赵六', true],
    ]);
    expect((await office.rows(Person)).at(-1)).toMatchObject({
      name: '赵六',
      title: '科员',
      officePhone: '0376-2222123',
      mobile: '13800138006',
      email: 'zhaoliu@example.cn',
    });
  });

  it('waits some weeks for the successor, and then for nobody in particular', async () => {
    await replace();
    await office.moveClock('2025-05-20T09:00:00+08:00');
    await office.moveClock('2025-08-20T09:30:00+08:00');
    expect(await say('wangwu', '上报')).toMatch(/您已不再负责罗山县，现在还没有新的联络员/);
    await say('newcomer', sixItems);
    expect((await told('keyuan')).at(-1)).not.toMatch(/接替王五/);
    await say('keyuan', '通过 罗山 赵六');
    expect((await told('newcomer')).join()).not.toMatch(/交接/);
    expect(await contactsOf('LS')).toEqual([
      ['王五', false],
      ['赵六', true],
    ]);
  });

  it('tells somebody whose registration has begun to go on with it', async () => {
    await say('newcomer', '罗山县 赵六');
    expect(await replace()).toMatch(/已请赵六登记六项信息/);
    expect((await told('newcomer'))[0]).toMatch(/请您接替王五担任罗山县联络员.*六项信息/);
  });

  it.each([
    ['更换联络员 罗山 王五换成赵六', '赵六'],
    ['罗山联络员王五更换为赵六', '赵六'],
    ['更换 罗山县局 钱多多', '钱多多'],
    ['请更换罗山 王五→赵六', '赵六'],
  ])('understands “%s”', async (words, name) => {
    expect(await say('keyuan', words)).toMatch(new RegExp(`王五即刻起.*接任：${name}`, 's'));
    expect(await office.rows(Succession)).toMatchObject([{ name, closedAt: null }]);
  });

  it('makes a deputy the contact at once, with the handover', async () => {
    expect(await say('keyuan', '更换 光山 张三 李四')).toMatch(/接任：李四，账号已知/);
    expect((await told('lisi')).at(-1)).toMatch(/光山县交接.*您接替张三.*2025年5月统计表/s);
    expect(await say('zhangsan', '上报')).toMatch(/您已不再负责光山县，现联络员为李四。/);
    const posts = await office.rows(Assignment, { unitId: await office.unitId('GS'), role: 'contact' });
    expect(posts.filter(({ until }) => until === null).map(({ deputy }) => Boolean(deputy))).toEqual([false]);
  });

  describe('to somebody whom the bot knows from another unit', () => {
    it('shows who that is, asks once and appoints', async () => {
      const asked = await office.say('keyuan', '更换 罗山 王五 陈静');
      expect(office.plain(asked)).toMatch(/接任的是浉河区联络员陈静吗.*即刻起一并负责.*还没有办理/s);
      expect(await contactsOf('LS')).toEqual([['王五', true]]);
      expect(asked.choices.map(({ text }) => text)).toEqual([
        '确认更换 罗山县 王五 陈静（浉河区）',
        '更换 罗山县 王五 陈静 另有其人',
      ]);
      expect(await say('keyuan', asked.choices[0]?.text ?? '')).toMatch(/已更换：王五.*接任：陈静，账号已知/s);
      expect((await told('chenjing')).at(-1)).toMatch(/罗山县交接.*您接替王五负责罗山县/s);
      expect(await contactsOf('SH')).toEqual([['陈静', true]]);
      expect(await say('chenjing', '上报罗山 本月没变化')).toMatch(/罗山县|汇总/);
    });

    it('waits for the registration of another of that name', async () => {
      expect(await say('keyuan', '更换 罗山县 王五 陈静 另有其人')).toMatch(/接任：陈静（待登记）.*还没有账号/s);
      expect(await contactsOf('LS')).toEqual([['王五', false]]);
    });

    it('asks which of several is meant', async () => {
      await appoint(office, { unit: 'XI', userId: 'chenjing2', name: '陈静', role: 'lead' });
      const asked = await office.say('keyuan', '确认更换 罗山 王五 陈静');
      expect(office.plain(asked)).toMatch(/有几位同名.*浉河区联络员陈静.*息县分管领导陈静/s);
      await office.say('keyuan', asked.choices[1]?.text ?? '');
      expect((await told('chenjing2')).at(-1)).toMatch(/罗山县交接/);
      expect(await told('chenjing')).toEqual([]);
    });
  });

  it('can be changed back, and another name given, before the successor has come', async () => {
    await replace();
    expect(await say('keyuan', '更换 罗山 赵六 钱七')).toMatch(/改由钱七接任，不再等赵六/);
    expect(await say('wangwu', '上报')).toMatch(/现联络员为钱七（登记中）/);
    expect(await say('keyuan', '更换 罗山 钱七 王五')).toMatch(/已换回：王五继续负责罗山县/);
    expect(await say('wangwu', '上报')).toMatch(/罗山县2025年6月/);
    expect((await told('wangwu')).at(-1)).toMatch(/恢复您为罗山县联络员/);
  });

  it.each([
    ['更换 罗山 孙八 赵六', /罗山县现有联络员王五，没有孙八/],
    ['更换 光山 赵六', /现有联络员张三、李四，请写明换下谁/],
    ['更换 罗山 王五 王五', /同名/],
    ['更换 光山 李四 张三', /张三已是光山县联络员/],
    ['更换 王五 赵六', /哪个单位/],
    ['更换 罗山', /请写清原来的人和新的人/],
  ])('changes nothing for “%s”', async (words, why) => {
    expect(await say('keyuan', words)).toMatch(why);
    expect(await office.rows(Succession)).toEqual([]);
    expect(await contactsOf('LS')).toEqual([['王五', true]]);
  });

  it.each(['wangwu', 'zhangsan', 'juzhang'])('is not for %s', async (who) => {
    expect(await say(who, '更换 罗山 王五 赵六')).toMatch(/由市局人员办理/);
    expect(await contactsOf('LS')).toEqual([['王五', true]]);
  });

  it('is done once, also when two of the staff say it at the same moment', async () => {
    const answers = await Promise.all([replace(), replace()]);
    expect(answers.filter((answer) => /已更换/.test(answer))).toHaveLength(1);
    expect(await office.rows(Succession)).toHaveLength(1);
  });
});
