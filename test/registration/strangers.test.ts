import { Registration } from '../../entities/registration';
import { tables } from '../../entities/tables';
import type { InboundContent } from '../../src/channels/channel';
import { createCommands } from '../../src/commands';
import { Database } from '../../src/database/database';
import { seedUnits } from '../../src/database/seed-units';
import { idle } from '../../src/dialogue/state';
import { respond } from '../../src/inbound/respond';
import { plain } from '../support/bot';
import { databases, embedded, type OpenDatabase } from '../support/databases';

const commands = createCommands({ address: null });

const morning = new Date('2025-07-02T09:30:00+08:00');
const sentence = '我是光山县市场监管局张三，科员，办公电话0376-8888123，手机13800138000，邮箱zhangsan@example.cn';

let opened: OpenDatabase;
let database: Database;

const open = async (kind = embedded) => {
  opened = await kind.open();
  database = new Database(opened.dataSource);
  await seedUnits(database);
};
afterEach(() => opened.close());

interface Where {
  readonly channel?: string;
  readonly directory?: string;
  readonly group?: string;
  readonly minutes?: number;
}

/** What an unknown account is answered; null when nothing is said. */
async function hear(said: string | InboundContent, { channel = 'wecom', directory, group, minutes = 0 }: Where = {}) {
  const content: InboundContent = typeof said === 'string' ? { kind: 'text', text: said } : said;
  const chat = { channel, kind: group ? ('group' as const) : ('private' as const), id: group ?? 'someone' };
  const inbound = { chat, userId: 'someone', ...(directory && { directory }), key: 'key', content, replyVia: null };
  const now = new Date(morning.getTime() + minutes * 60_000);
  const outcome = await database.transact((tx) =>
    respond({ tables, commands }, tx, {
      inbound,
      speaker: null,
      sent: null,
      state: idle,
      now,
    }),
  );
  return outcome.content && plain(outcome.content);
}

describe.each(databases)('a stranger, on $name', (kind) => {
  beforeEach(() => open(kind));

  it.each(['wecom', 'dingtalk'])('is greeted with an example on %s', async (channel) => {
    expect(await hear('你好', { channel })).toMatch(
      /没有登记.*单位、姓名、职务、办公电话、手机号、邮箱.*例如.*浉河区/s,
    );
  });

  it('is somebody else on another channel', async () => {
    await hear(sentence);
    expect(await hear('上报')).toMatch(/待审核/);
    expect(await hear('上报', { channel: 'dingtalk' })).toMatch(/没有登记/);
  });

  it('is the same to an app and a robot that share their accounts', async () => {
    await hear(sentence, { channel: 'robot', directory: 'wecom' });
    expect(await hear('上报')).toMatch(/待审核/);
    expect(await database.read((tx) => tx.find(Registration))).toMatchObject([{ channel: 'wecom', userId: 'someone' }]);
  });

  it.each<[string, InboundContent]>([
    ['a picture', { kind: 'picture', ref: 'x' }],
    ['a file', { kind: 'file', name: '表.xlsx', ref: 'x' }],
    ['something of another kind', { kind: 'other', type: 'location' }],
    ['opening the chat', { kind: 'opened' }],
    ['an empty message', { kind: 'text', text: ' ' }],
    ['an emoji', { kind: 'text', text: '😂' }],
    ['a very long message', { kind: 'text', text: '光山县'.repeat(2000) }],
  ])('gets a useful answer to %s', async (_label, content) => {
    expect(await hear(content)).toMatch(/没有登记.*例如/s);
  });

  it('registers by voice as by typing', async () => {
    expect(await hear({ kind: 'voice', text: sentence })).toMatch(/六项已齐/);
  });

  it('keeps nothing that was said beside the columns', async () => {
    await hear('我是光山县的，家里有事');
    const [row] = await database.read((tx) => tx.find(Registration));
    expect(JSON.stringify(row)).not.toContain('家里');
  });
});

describe('two bots', () => {
  beforeEach(() => open());

  it('do not go on when one repeats itself', async () => {
    const heard = [];
    for (let turn = 0; turn < 4; turn++) heard.push(await hear('您好，请问有什么可以帮您？'));
    expect(heard.map((answer) => answer !== null)).toEqual([true, false, false, false]);
  });

  it('do not go on when one sends back what it hears', async () => {
    const first = await hear('你好');
    expect(await hear(first ?? '')).toBeNull();
    expect(await hear(`收到：${first}`)).toBeNull();
    const [row] = await database.read((tx) => tx.find(Registration));
    expect(row).toMatchObject({ unitId: null, name: '', mobile: '' });
  });

  it('do not go on when one always finds other words', async () => {
    const heard = [];
    for (let turn = 0; turn < 20; turn++) heard.push(await hear(`第${turn}句闲话`));
    expect(heard.filter((answer) => answer !== null)).toHaveLength(10);
  });
});

describe('a person who', () => {
  beforeEach(() => open());

  it('asks the same an hour later is answered', async () => {
    await hear(sentence);
    await hear('上报', { minutes: 1 });
    expect(await hear('上报', { minutes: 61 })).toMatch(/待审核/);
  });

  it('sends the example as it stands is asked for the own details', async () => {
    const example =
      '我是浉河区市场监督管理局王小明，科员，办公电话0376-1234567，手机13912345678，邮箱wangxm@example.cn';
    expect(await hear(example)).toMatch(/没有记下.*您自己的/);
  });

  it('gives a wrong number for a right one is asked for it again', async () => {
    await hear('光山县张三，手机13800138000');
    expect(await hear('手机1380013800，职务科员')).toMatch(/【手机】1380013800 只有10位/);
    expect(await hear('0376-8888123，zhangsan@example.cn')).toMatch(/还缺：【手机】/);
  });

  it('gives a wrong number while waiting keeps the right one', async () => {
    await hear(sentence);
    expect(await hear('手机改成1380013800')).toMatch(/只有10位.*没有动.*待审核/s);
  });

  it('belongs to the bureau is sent to whoever keeps the roster', async () => {
    expect(await hear('我是市局张三')).toMatch(/信阳市市场监督管理局的人员由管理员在名册里登记/);
  });

  it('speaks in a group is asked to write in private', async () => {
    expect(await hear(sentence, { group: 'g' })).toMatch(/私聊我/);
    const [row] = await database.read((tx) => tx.find(Registration));
    expect(row).toMatchObject({ mobile: '', name: '' });
  });
});
