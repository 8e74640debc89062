import { Assignment } from '../../entities/assignment';
import { Identity } from '../../entities/identity';
import { Person } from '../../entities/person';
import { tables } from '../../entities/tables';
import { Unit } from '../../entities/unit';
import { identifying } from '../../src/access/speaker';
import { createCommands } from '../../src/commands';
import type { Outcome } from '../../src/commands/command';
import { Database } from '../../src/database/database';
import { seedUnits } from '../../src/database/seed-units';
import { run } from '../../src/database/sql';
import { idle } from '../../src/dialogue/state';
import { respond } from '../../src/inbound/respond';
import { plain } from '../support/bot';
import { databases, type OpenDatabase } from '../support/databases';

const commands = createCommands({ address: null });

const now = new Date('2025-07-02T09:30:00+08:00');
const sentence = (unit: string, name: string, mobile = '13800138000') =>
  `${unit}${name}，科员，办公电话0376-8888123，手机${mobile}，邮箱someone@example.cn`;

describe.each(databases)('a decision of staff, on $name', (kind) => {
  let opened: OpenDatabase;
  let database: Database;

  beforeEach(async () => {
    opened = await kind.open();
    database = new Database(opened.dataSource);
    await seedUnits(database);
    await add('科员甲', 'XY', { role: 'staff', userId: 'staff' });
  });
  afterEach(() => opened.close());

  interface Known {
    readonly role?: Assignment['role'];
    readonly mobile?: string;
    readonly userId?: string;
  }

  const add = (name: string, code: string, { role = 'contact', mobile = '', userId }: Known = {}) =>
    database.transact(async (tx) => {
      const unit = await tx.findOneByOrFail(Unit, { code });
      const { identifiers } = await tx.insert(Person, { name, mobile, createdAt: now });
      const personId = Number(identifiers[0]?.['id']);
      await tx.insert(Assignment, { personId, unitId: unit.id, role, deputy: false, since: now });
      if (userId) await tx.insert(Identity, { channel: 'wecom', userId, personId });
      return personId;
    });

  const hear = (userId: string, text: string): Promise<Outcome> => {
    const chat = { channel: 'wecom', kind: 'private' as const, id: userId };
    const inbound = { chat, userId, key: 'key', content: { kind: 'text' as const, text }, replyVia: null };
    return database.transact(async (tx) => {
      const speaker = await run(tx, identifying([chat.channel], userId, now));
      return respond({ tables, commands }, tx, {
        inbound,
        speaker,
        sent: null,
        state: idle,
        now,
      });
    });
  };
  const answerTo = async (userId: string, text: string) => {
    const { content } = await hear(userId, text);
    return content ? plain(content) : null;
  };
  const noticesOf = (outcome: Outcome) =>
    (outcome.notices ?? []).map(({ chat, content }) => `${chat.id}: ${plain(content)}`);

  it('binds the account to the person of the roster whose unit, name and number agree', async () => {
    const personId = await add('张三', 'GS', { mobile: '13800138000' });
    const [told] = noticesOf(await hear('new', sentence('光山县', '张三')));
    expect(told).toMatch(/^staff: .*与名册中的光山县联络员张三一致/s);
    expect(await answerTo('staff', '通过 光山 张三')).toMatch(/已通过.*账号已归名册中的联络员张三/);
    const [people, identities] = await database.read(async (tx) => [
      await tx.find(Person),
      await tx.findBy(Identity, { personId }),
    ]);
    expect(people).toHaveLength(2);
    expect(people[1]).toMatchObject({ id: personId, title: '科员', email: 'someone@example.cn' });
    expect(identities).toMatchObject([{ channel: 'wecom', userId: 'new' }]);
  });

  it('binds the account to somebody of that unit and name who has neither number nor account', async () => {
    const personId = await add('张三', 'GS');
    expect(noticesOf(await hear('new', sentence('光山县', '张三')))[0]).toMatch(
      /单位、姓名与名册中的光山县联络员张三一致/,
    );
    await hear('staff', '通过 光山 张三');
    expect(await database.read((tx) => tx.findBy(Person, { name: '张三' }))).toMatchObject([
      { id: personId, mobile: '13800138000' },
    ]);
  });

  it('leaves a leader of the unit a leader', async () => {
    await add('赵磊', 'GS', { role: 'lead', mobile: '13800138000' });
    expect(noticesOf(await hear('new', sentence('光山县', '赵磊')))[0]).toMatch(/权限为分管领导/);
    const [told] = noticesOf(await hear('staff', '通过 光山 赵磊'));
    expect(told).toMatch(/您是光山县分管领导/);
    expect(await database.read((tx) => tx.countBy(Assignment, { role: 'contact' }))).toBe(0);
  });

  it('takes the place of an older account, which is told', async () => {
    await add('张三', 'GS', { mobile: '13800138000', userId: 'old' });
    expect(noticesOf(await hear('new', sentence('光山县', '张三')))[0]).toMatch(/原来的账号随之停用/);
    const [first, second] = noticesOf(await hear('staff', '通过 光山 张三'));
    expect(first).toMatch(/^old: .*不再使用/);
    expect(second).toMatch(/^new: .*您负责【光山县】/s);
    expect(await answerTo('old', '上报')).toMatch(/没有登记/);
  });

  it('does not pass while the number is somebody else’s', async () => {
    await add('王五', 'LS', { mobile: '13800138000' });
    expect(noticesOf(await hear('new', sentence('光山县', '张三')))[0]).toMatch(/这个手机号已登记给罗山县联络员王五/);
    expect(await answerTo('staff', '通过 光山 张三')).toMatch(/没有通过光山县 张三.*罗山县联络员王五/);
    expect(await answerTo('new', '上报')).toMatch(/待审核/);
  });

  it('passes for a namesake after saying so', async () => {
    await add('张三', 'GS', { mobile: '13900139000' });
    expect(noticesOf(await hear('new', sentence('光山县', '张三')))[0]).toMatch(/已有同名的联络员张三/);
    expect(await answerTo('staff', '通过 光山 张三')).toMatch(/登记为副联络员/);
  });

  it('asks which of two of one name is meant', async () => {
    await hear('one', sentence('光山县', '张三', '13800138001'));
    await hear('two', sentence('光山县', '张三', '13800138002'));
    const { content } = await hear('staff', '通过 光山 张三');
    expect(content?.choices.map((choice) => choice.text)).toEqual(['通过 光山县 张三 8001', '通过 光山县 张三 8002']);
    expect(await answerTo('staff', '通过 光山县 张三 8002')).toMatch(/已通过：光山县 张三.*8002/);
    expect(await answerTo('one', '上报')).toMatch(/待审核/);
  });

  it('tells 张三 from 张三丰, and 光山 from 罗山', async () => {
    await hear('one', sentence('光山县', '张三', '13800138001'));
    await hear('two', sentence('光山县', '张三丰', '13800138002'));
    await hear('three', sentence('罗山县', '张三', '13800138003'));
    expect(await answerTo('staff', '通过 光山 张三丰')).toMatch(/已通过：光山县 张三丰/);
    expect(await answerTo('staff', '通过罗山县张三')).toMatch(/已通过：罗山县 张三/);
    expect(await answerTo('staff', '待审核')).toMatch(/待审核的登记1个.*光山县 张三，/s);
  });

  it('is not for staff of another unit', async () => {
    await add('罗山人', 'LS', { role: 'staff', userId: 'elsewhere' });
    await hear('one', sentence('光山县', '张三'));
    expect(await answerTo('elsewhere', '通过 光山 张三')).toMatch(/没有找到/);
    expect(await answerTo('elsewhere', '待审核')).toMatch(/没有待审核/);
  });

  it('finds an account that the roster has bound meanwhile', async () => {
    await hear('new', sentence('光山县', '张三'));
    await add('张三', 'GS', { userId: 'new' });
    expect(await answerTo('staff', '通过 光山 张三')).toMatch(/已在名册中登记给张三/);
  });

  it('passes a refused registration when staff think again', async () => {
    await hear('new', sentence('光山县', '张三'));
    await hear('staff', '不通过 光山 张三 原因：不是本单位人员');
    expect(await answerTo('new', '上报')).toMatch(/没有通过。原因：不是本单位人员/);
    expect(await answerTo('staff', '通过 光山 张三')).toMatch(/已通过/);
    expect(await answerTo('new', '谁能看到什么')).toMatch(
      /您是光山县联络员.*光山县：联络员张三.*信阳市：市局人员科员甲/s,
    );
  });

  it('takes 重新提交 for sending the same again', async () => {
    await hear('new', sentence('光山县', '张三'));
    await hear('staff', '不通过 光山 张三 请先电话联系');
    expect(noticesOf(await hear('new', '重新提交'))[0]).toMatch(/^staff: 新登记待审核/);
  });
});
