import Decimal from 'decimal.js';
import { Project } from '../../entities/tables/project';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 11, how a licence is paid, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const add = (name: string, payment: string) =>
    office.say('wangwu', `${name}公司许可给某某厂，专利ZL202110234567.5，${payment}`);

  it.each([
    ['入门费2万加销售额3%提成', 'entry_royalty', '2', /销售额3%提成/],
    ['纯提成，销售额5%', 'royalty', '0', /纯提成.*销售额5%/],
    ['免费', 'free', '0', /^$/],
    ['一次性45000元', 'fixed', '4.5', /^$/],
  ])('writes %s as the notice asks', async (payment, kind, fee, remark) => {
    expect(office.plain(await add('甲', payment))).toMatch(/已登记/);
    const [row] = await office.rows(Project, { licensor: '甲公司' });
    expect(row?.paymentKind).toBe(kind);
    expect(new Decimal(row?.fee ?? -1).toFixed()).toBe(fee);
    expect(row?.remark ?? '').toMatch(remark);
  });

  it('counts as free by the kind of payment, not by a fee of 0', async () => {
    await add('甲', '入门费2万加销售额3%提成');
    await add('乙', '纯提成，销售额5%');
    await add('丙', '免费');
    const last = office.plain(await add('丁', '一次性45000元'));
    // Luoshan's list begins with one free project and one at 3.5万元.
    expect(last).toMatch(/免费2项.*付费4项.*金额10万元/);
  });

  it('does not take a royalty without saying how it is paid', async () => {
    const answer = office.plain(await add('戊', '有提成'));
    expect(answer).toMatch(/入门费.*提成/s);
    expect(await office.rows(Project, { licensor: '戊公司' })).toEqual([]);
  });

  it('asks how it is paid when a licence is called free and has a fee', async () => {
    expect(office.plain(await add('己', '免费，金额5万'))).toMatch(/使用费5万元和支付方式“免费”对不上/);
    expect(await office.rows(Project, { licensor: '己公司' })).toEqual([]);
    expect(office.plain(await office.say('wangwu', '一次性'))).toMatch(/已登记.*使用费5万元/);
  });
});
