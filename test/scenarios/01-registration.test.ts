import { IsNull } from 'typeorm';
import { Assignment } from '../../entities/assignment';
import { AuditEntry } from '../../entities/audit-entry';
import { Filing } from '../../entities/filing';
import { Identity } from '../../entities/identity';
import { OutboxMessage } from '../../entities/outbox-message';
import { Person } from '../../entities/person';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

const sentence = '我是光山县市场监管局钱多多，科员，办公电话0376-8888123，手机1380013800，邮箱qian@example.cn';

describe.each(databases)('scenario 1, registration and approval, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const tell = async (text: string, userId = 'newcomer') => office.plain(await office.say(userId, text));
  const toldTo = async (userId: string) => (await office.told(userId)).map(office.plain).join('\n');

  it('greets an unknown account with a sentence to follow', async () => {
    const answer = await tell('你好');
    for (const fact of [/没有登记/, /单位、姓名、职务、办公电话、手机号、邮箱/, /例如/]) expect(answer).toMatch(fact);
  });

  it('asks only the wrong item again, with the reason', async () => {
    const answer = await tell(sentence);
    for (const fact of ['光山县市场监督管理局', '钱多多', '科员', '0376-8888123', 'qian@example.cn']) {
      expect(answer).toContain(fact);
    }
    expect(answer).toContain('【手机】1380013800 只有10位，请重发手机号。');
    expect(answer).not.toMatch(/还缺/);
    expect(await tell('13800138000')).toMatch(/六项已齐.*已提交市局审核.*审核通过前暂不能报送/s);
  });

  it('answers everything while staff decide, and opens no draft', async () => {
    await office.sayAll('newcomer', sentence, '13800138000');
    expect(await tell('上报')).toMatch(/您的登记【待审核】.*通过后我会马上通知您/s);
    expect(await tell('企业27，专利135')).toMatch(/待审核/);
    expect(await tell('进度')).toMatch(/待审核/);
    const filings = await office.rows(Filing, { unitId: await office.unitId('GS'), period: '2025-06' });
    expect(filings).toEqual([]);
  });

  it('tells staff who waits, with buttons', async () => {
    await office.sayAll('newcomer', sentence, '13800138000');
    const [notice] = await office.told('keyuan');
    expect(notice && office.plain(notice)).toMatch(/光山县 钱多多.*13800138000/s);
    expect(notice?.choices.map((choice) => choice.text)).toEqual(['通过 光山县 钱多多', '不通过 光山县 钱多多']);
    expect(await toldTo('juzhang')).toBe('');
    const waiting = await tell('待审核', 'keyuan');
    expect(waiting).toMatch(/光山县 钱多多，科员.*138\*{4}8000/);
    expect(waiting).not.toContain('13800138000');
  });

  it('admits the contact with all six columns, tells who reads what, and keeps who decided', async () => {
    const before = (await office.rows(Person)).length;
    await office.sayAll('newcomer', sentence, '13800138000');
    expect(await tell('通过 光山 钱多多', 'keyuan')).toMatch(/已通过：光山县 钱多多.*副联络员/);
    const people = await office.rows(Person);
    expect(people).toHaveLength(before + 1);
    expect(people.at(-1)).toMatchObject({
      name: '钱多多',
      title: '科员',
      officePhone: '0376-8888123',
      mobile: '13800138000',
      email: 'qian@example.cn',
    });
    const told = await toldTo('newcomer');
    for (const fact of [
      /已通过/,
      /您负责【光山县】/,
      /6月报送截止【7月7日\(周一\)18:00/,
      /谁能看到您报的数：.*科员甲/s,
    ]) {
      expect(told).toMatch(fact);
    }
    expect(await tell('审计', 'keyuan')).toMatch(/科员甲 通过 光山县 钱多多/);
    expect(await tell('上报')).toMatch(/光山县2025年6月/);
  });

  it('makes the first contact of a unit its contact, the next one its deputy', async () => {
    const unitId = await office.unitId('YS');
    await office.say('newcomer', '羊山分局 钱多多 科员 0376-8888123 13800138000 qian@example.cn');
    await office.say('keyuan', '通过羊山钱多多');
    expect(await office.rows(Assignment, { unitId })).toMatchObject([{ role: 'contact', until: null }]);
    const [post] = await office.rows(Assignment, { unitId });
    expect(Boolean(post?.deputy)).toBe(false);
  });

  it('does nothing twice', async () => {
    await office.sayAll('newcomer', sentence, '13800138000');
    await office.say('keyuan', '通过 光山 钱多多');
    const people = (await office.rows(Person)).length;
    expect(await tell('通过 光山 钱多多', 'keyuan')).toMatch(/已通过（7月2日.*科员甲）.*没有重复/);
    expect(await tell('不通过 光山 钱多多 填错了', 'keyuan')).toMatch(/已通过.*不能/);
    expect(await office.rows(Person)).toHaveLength(people);
    expect(await office.rows(Identity, { userId: 'newcomer' })).toHaveLength(1);
    expect(await office.rows(AuditEntry)).toHaveLength(1);
    expect((await office.told('newcomer')).length).toBe(1);
  });

  it('sends a refusal with its reason, and takes the mended registration again', async () => {
    await office.sayAll('newcomer', sentence, '13800138000');
    expect(await tell('不通过 光山 钱多多', 'keyuan')).toMatch(/请写明原因/);
    await office.say('keyuan', '不通过 光山 钱多多 职务请写全称');
    expect(await toldTo('newcomer')).toMatch(/没有通过.*职务请写全称/s);
    expect(await tell('上报')).toMatch(/没有通过.*职务请写全称/s);
    expect(await tell('职务改成知识产权股科员')).toMatch(/已提交市局审核/);
    expect(await tell('通过 光山 钱多多', 'keyuan')).toMatch(/已通过/);
    const [audit] = [await tell('审计', 'keyuan')];
    expect(audit).toMatch(/科员甲 通过.*科员甲 不通过.*职务请写全称/s);
  });

  it('asks column by column when somebody prefers that', async () => {
    expect(await tell('登记')).toMatch(/单位名称/);
    expect(await tell('光山')).toMatch(/光山县市场监督管理局.*还缺：【姓名】/s);
    expect(await tell('钱多多')).toMatch(/钱多多.*还缺：【职务】/s);
    expect(await tell('股长')).toMatch(/股长.*还缺：【办公电话】/s);
    expect(await tell('8123')).toMatch(/【办公电话】8123 只有4位.*区号/);
    expect(await tell('0376-8888123转801')).toMatch(/0376-8888123转801.*还缺：【手机】/s);
    expect(await tell('１３８ ００１３ ８０００')).toMatch(/13800138000.*还缺：【邮箱】/s);
    expect(await tell('qian＠example')).toMatch(/【邮箱】qian@example 不是完整的邮箱地址/);
    expect(await tell('qian@example.cn')).toMatch(/六项已齐/);
  });

  it('offers the units that somebody may mean', async () => {
    const answer = await office.say('newcomer', '我是潢川区分局钱多多');
    expect(office.plain(answer)).toMatch(/【单位】“潢川区分局”不在单位名单里/);
    expect(office.plain(answer)).toMatch(/姓名：钱多多/);
    expect(answer.choices.map((choice) => choice.text)).toEqual(
      expect.arrayContaining(['信阳市市场监督管理局潢川开发区分局']),
    );
  });

  it('leaves decisions to staff', async () => {
    await office.sayAll('newcomer', sentence, '13800138000');
    expect(await tell('通过 光山 钱多多', 'zhangsan')).toMatch(/市局人员/);
    expect(await tell('通过 光山 钱多多', 'juzhang')).toMatch(/市局人员/);
    expect(await office.rows(Identity, { userId: 'newcomer' })).toEqual([]);
  });

  it('takes a correction while it waits, and tells staff', async () => {
    await office.sayAll('newcomer', sentence, '13800138000');
    expect(await tell('手机号改成13900139000')).toMatch(/已更正：手机 13900139000.*待审核/s);
    expect(await toldTo('keyuan')).toMatch(/登记有更正.*手机 13900139000/s);
    expect(await office.rows(OutboxMessage, { chatId: 'keyuan', inboundId: IsNull() })).toHaveLength(2);
  });

  it('keeps personal details out of a group', async () => {
    const answer = await office.say('newcomer', sentence, { group: 'pilot-group' });
    expect(office.plain(answer)).toMatch(/私聊我/);
    expect(office.plain(answer)).not.toMatch(/钱多多|138/);
  });
});
