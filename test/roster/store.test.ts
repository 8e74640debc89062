import { Assignment } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import { identifying } from '../../src/access/speaker';
import { run } from '../../src/database/sql';
import { exits } from '../../src/roster/desk';
import { importRoster } from '../../src/roster/import';
import { databases } from '../support/databases';
import { firstDay, type Office, openOffice } from './office';
import { line, liSiLine, zhangSanLine } from './people';

const nextMonth = new Date('2026-05-20T01:00:00.000Z');

describe.each(databases)('a roster that is imported ($name)', (database) => {
  let office: Office;

  beforeEach(async () => {
    office = await openOffice(database);
  });
  afterEach(() => office.close());

  const speaker = async (userId: string, channel = 'wecom') =>
    office.database.read((tx) => run(tx, identifying([channel], userId, office.clock.now())));
  const posts = async (userId: string, channel = 'wecom') =>
    (await speaker(userId, channel))?.posts.map(({ role, deputy, unit }) => [unit.short, role, deputy]);
  const count = (entity: typeof Person | typeof Assignment | typeof Identity) =>
    office.database.read((tx) => tx.count(entity));

  /** Ends whatever posts the person holds. */
  const leave = (name: string) =>
    office.database.transact(async (tx) => {
      const { id } = await tx.findOneByOrFail(Person, { name });
      await tx.update(Assignment, { personId: id }, { until: office.clock.now() });
    });

  it('lets people speak from then on, in their roles over their units', async () => {
    expect(await office.importLines(zhangSanLine, liSiLine)).toBe(exits.done);
    expect(await posts('zhangsan')).toEqual([['光山县', 'contact', false]]);
    expect(await posts('lisi01', 'dingtalk')).toEqual([['光山县', 'contact', true]]);
    expect(await posts('zhangsan', 'dingtalk')).toBeUndefined();
  });

  it('keeps WeCom accounts in lower case, as WeCom reads them, and those of DingTalk as they are', async () => {
    await office.importLines(line({ 企业微信账号: 'ZhangSan', 钉钉账号: 'Manager01' }));
    const kept = await office.database.read((tx) => tx.find(Identity));
    expect(new Set(kept.map(({ userId }) => userId))).toEqual(new Set(['zhangsan', 'Manager01']));
    await office.importLines(line({ 企业微信账号: 'ZHANG3', 钉钉账号: 'Manager01' }));
    expect((await speaker('zhang3'))?.name).toBe('张三');
    expect(await speaker('zhangsan')).toBeNull();
  });

  it('keeps every column of the file', async () => {
    await office.importLines(zhangSanLine);
    const person = await office.database.read((tx) => tx.findOneByOrFail(Person, { name: '张三' }));
    expect(person).toEqual({
      id: expect.any(Number),
      name: '张三',
      title: '科员',
      officePhone: '0376-8888123',
      mobile: '13800138000',
      email: 'zhangsan@example.cn',
      createdAt: firstDay,
    });
  });

  it('changes nothing when it is imported again', async () => {
    await office.importLines(zhangSanLine, liSiLine);
    const before = await office.fingerprint();
    office.clock.set(nextMonth);
    expect(await office.importLines(zhangSanLine, liSiLine)).toBe(exits.done);
    expect(office.printed()).toContain('不变 2 人\n与已登记的一致，无需改动。');
    expect(await office.fingerprint()).toBe(before);
    expect([await count(Person), await count(Assignment), await count(Identity)]).toEqual([2, 2, 2]);
  });

  it('brings many newcomers at once', async () => {
    const many = Array.from({ length: 250 }, (_, index) =>
      line({ 姓名: `员${index}`, 手机号: '', 企业微信账号: `wx${index}`, 钉钉账号: `dd${index}` }),
    );
    expect(await office.importLines(...many)).toBe(exits.done);
    expect([await count(Person), await count(Assignment), await count(Identity)]).toEqual([250, 250, 500]);
    expect((await speaker('dd249', 'dingtalk'))?.name).toBe('员249');
  });

  it.each([
    ['职务', '副科长', 'title'],
    ['手机号', '13600136000', 'mobile'],
    ['邮箱', 'z3@example.cn', 'email'],
    ['办公电话', '0376-6666123', 'officePhone'],
    ['姓名', '张叁', 'name'],
  ] as const)('brings %s up to date and leaves the post as it was', async (column, typed, field) => {
    await office.importLines(zhangSanLine);
    office.clock.set(nextMonth);
    await office.importLines(line({ [column]: typed }));
    const { current } = await office.state();
    expect(current).toMatchObject([{ [field]: typed }]);
    const [post, ...others] = await office.database.read((tx) => tx.find(Assignment));
    expect([post, others]).toMatchObject([{ since: firstDay, until: null }, []]);
  });

  it.each([
    ['another unit', { 单位: '罗山县' }, ['罗山县', 'contact', false]],
    ['another role', { 角色: '分管领导' }, ['光山县', 'lead', false]],
    ['a deputy’s role', { 角色: '副联络员' }, ['光山县', 'contact', true]],
  ])('moves a person to %s, and keeps what the post was before', async (_label, cells, post) => {
    await office.importLines(zhangSanLine);
    office.clock.set(nextMonth);
    await office.importLines(line(cells));
    expect(await posts('zhangsan')).toEqual([post]);
    const kept = await office.database.read((tx) => tx.find(Assignment, { order: { id: 'ASC' } }));
    expect(kept).toMatchObject([
      { role: 'contact', deputy: false, since: firstDay, until: nextMonth },
      { since: nextMonth, until: null },
    ]);
    expect(await count(Person)).toBe(1);
  });

  it('gives a person a second channel, and another account in the first', async () => {
    await office.importLines(zhangSanLine);
    await office.importLines(line({ 企业微信账号: 'zhang3', 钉钉账号: 'zs01' }));
    expect(await posts('zhangsan')).toBeUndefined();
    expect((await speaker('zhang3'))?.personId).toBe((await speaker('zs01', 'dingtalk'))?.personId);
    expect(await count(Identity)).toBe(2);
  });

  it('leaves who is not in the file as they are', async () => {
    await office.importLines(zhangSanLine, liSiLine);
    await office.importLines(zhangSanLine);
    expect(office.printed()).toContain('已登记、文件中没有 1 人（不会停用）');
    expect(await posts('lisi01', 'dingtalk')).toEqual([['光山县', 'contact', true]]);
  });

  it('changes nothing while one line of the file is wrong', async () => {
    await office.importLines(zhangSanLine);
    const before = await office.fingerprint();
    expect(await office.importLines(line({ 职务: '副科长' }), line({ 姓名: '王五', 手机号: '138' }))).toBe(
      exits.refused,
    );
    expect(office.printed()).toContain('第3行 手机号：有3位，应为11位');
    expect(await office.fingerprint()).toBe(before);
  });

  it.each([
    ['account', line({ 手机号: '', 单位: '罗山县' }), '罗山县'],
    ['mobile number', line({ 企业微信账号: '', 单位: '罗山县' }), '罗山县'],
    ['unit', line({ 手机号: '', 企业微信账号: '' }), '光山县'],
  ])('knows who comes back by name and %s', async (_label, cells, unit) => {
    await office.importLines(zhangSanLine);
    await leave('张三');
    office.clock.set(nextMonth);
    expect(await office.importLines(cells)).toBe(exits.done);
    expect(office.printed()).toContain('第2行 张三以前登记过，恢复任职');
    expect(await posts('zhangsan')).toEqual([[unit, 'contact', false]]);
    expect(await count(Person)).toBe(1);
  });

  it('takes a namesake with another mobile number for somebody else', async () => {
    await office.importLines(zhangSanLine);
    await leave('张三');
    await office.importLines(line({ 手机号: '13600136000', 企业微信账号: 'zhangsan2' }));
    expect(await count(Person)).toBe(2);
  });

  it('passes on the account that somebody left behind, and says so', async () => {
    await office.importLines(zhangSanLine);
    await leave('张三');
    office.clock.set(nextMonth);
    expect(await office.importLines(line({ 姓名: '王五', 手机号: '13700137000' }))).toBe(exits.done);
    expect(office.printed()).toContain('企业微信账号 zhangsan原属张三（现无任职），改归王五');
    expect((await speaker('zhangsan'))?.name).toBe('王五');
    expect(await count(Person)).toBe(2);
  });

  it('refuses an account of somebody who still holds a post', async () => {
    await office.importLines(zhangSanLine);
    expect(await office.importLines(line({ 姓名: '王五', 手机号: '13700137000' }))).toBe(exits.refused);
    expect(office.printed()).toContain('企业微信账号：已登记给张三，请核对');
    expect((await speaker('zhangsan'))?.name).toBe('张三');
  });

  it('is imported once when two people agree to the same import at once', async () => {
    const path = office.writeCsv(
      'roster.csv',
      line({ 企业微信账号: '' }),
      line({ 姓名: '王五', 手机号: '', 企业微信账号: '' }),
    );
    const asked: (() => void)[] = [];
    const confirm = () =>
      new Promise<boolean>((resolve) => {
        asked.push(() => resolve(true));
        if (asked.length === 2) for (const agree of asked) agree();
      });
    const twice = [1, 2].map(() => importRoster(path, false, { ...office, confirm }));
    expect((await Promise.all(twice)).toSorted()).toEqual([exits.done, exits.refused]);
    expect(office.printed()).toContain('没有改动：名册刚被别人改过');
    expect([await count(Person), await count(Assignment)]).toEqual([2, 2]);
  });
});
