import { ChatBinding } from '../../entities/chat-binding';
import { readWebhook } from '../../src/channels/webhook/places';
import { parseChatsCommand } from '../../src/roster/chats-arguments';
import { type KnownChannels, runChatsCommand } from '../../src/roster/chats-command';
import { exits } from '../../src/roster/desk';
import { webhookOf } from '../../src/roster/webhooks';
import { type Office, openOffice } from '../roster/office';
import { databases } from '../support/databases';

const add = ['add', 'wecom', 'wr01', '--name', '通报群', '--purpose', 'bulletins'];

const key = '693a91f6-7d0c-4bc4-97a0-0ec2sifa5aaa';
const wecomAddress = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`;
const dingtalkAddress = 'https://oapi.dingtalk.com/robot/send?access_token=abcdef0123456789';
const addWebhook = ['add', 'wecom-webhook', wecomAddress, '--name', '试点群', '--purpose', 'bulletins'];
const addSigned = ['add', 'dingtalk-webhook', dingtalkAddress, '--name', '钉钉群', '--purpose', 'bulletins'];

describe('the arguments of npm run chats', () => {
  it.each([
    [
      'a group of the whole city',
      add,
      { kind: 'add', channel: 'wecom', chatId: 'wr01', name: '通报群', purpose: 'bulletins', unit: null },
    ],
    ['a group of one unit', [...add, '--unit', '光山县'], { unit: '光山县' }],
    ['a group robot', addWebhook, { kind: 'add-webhook', address: wecomAddress, signingSecret: null }],
    ['a group robot that signs', [...addSigned, '--secret', 'SEC1'], { kind: 'add-webhook', signingSecret: 'SEC1' }],
    ['a group where everybody is called', [...add, '--mention', 'all'], { mentions: ['all'] }],
    [
      'people who are called',
      [...add, '--mention', 'zhangsan，13800138000'],
      { mentions: [{ userId: 'zhangsan' }, { mobile: '13800138000' }] },
    ],
    ['the list', ['list'], { kind: 'list' }],
    ['a removal', ['remove', '3'], { kind: 'remove', id: 3 }],
  ])('%s is understood', (_label, words, command) => {
    expect(parseChatsCommand(words)).toMatchObject(command);
  });

  it.each([
    ['nothing', []],
    ['a group without a name', ['add', 'wecom', 'wr01', '--purpose', 'bulletins']],
    ['a group without a purpose', ['add', 'wecom', 'wr01', '--name', '群']],
    ['another purpose', ['add', 'wecom', 'wr01', '--name', '群', '--purpose', 'reminders']],
    ['a word of the prototype as a purpose', ['add', 'wecom', 'wr01', '--name', '群', '--purpose', 'toString']],
    ['no id', ['add', 'wecom', '--name', '群', '--purpose', 'progress']],
    ['an address as id', ['add', 'wecom', 'https://example.cn/x', '--name', '群', '--purpose', 'progress']],
    ['an id longer than storage keeps', ['add', 'wecom', 'x'.repeat(191), '--name', '群', '--purpose', 'progress']],
    ['a group robot by an id', ['add', 'wecom-webhook', 'wr01', '--name', '群', '--purpose', 'progress']],
    ['a group with a signing secret', [...add, '--secret', 'SEC1']],
    ['a group where nobody is called', [...add, '--mention', ' ，']],
    ['a removal of no number', ['remove', 'wr01']],
    ['an unknown option', [...add, '--force']],
  ])('%s gets the help', (_label, words) => {
    expect(parseChatsCommand(words)).toBeNull();
  });
});

const addresses = { wecomApiUrl: 'https://qyapi.weixin.qq.com', dingtalkOapiUrl: 'https://oapi.dingtalk.com' };
const channels: KnownChannels = {
  names: ['wecom', 'wecom-webhook', 'dingtalk-webhook'],
  readWebhook: (...given) => readWebhook(addresses, ...given),
};

describe.each(databases)('groups ($name)', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice(database);
  });
  afterEach(() => office.close());

  const run = async (...words: string[]) => {
    const command = parseChatsCommand(words);
    if (!command) throw new Error(`no command: ${words.join(' ')}`);
    const exit = await runChatsCommand(command, office, channels);
    return { exit, text: office.printed() };
  };
  const bound = () => office.database.read((tx) => tx.find(ChatBinding));

  it('call people by name where that is wanted, and no number is shown whole', async () => {
    const called = [...add, '--mention', 'zhangsan,13800138000'];
    expect((await run(...called)).text).toBe('已登记：通报群接收信阳市的通报，提醒zhangsan、138****8000。');
    expect((await run(...called)).text).toContain('没有改动');
    expect((await bound())[0]?.mentions).toEqual([{ userId: 'zhangsan' }, { mobile: '13800138000' }]);
    expect((await run(...add)).text).toBe('已更新：通报群接收信阳市的通报。');
    expect((await run('list')).text).not.toContain('提醒');
  });

  it('are bound to the whole city unless a unit is named', async () => {
    expect(await run(...add)).toEqual({ exit: exits.done, text: '已登记：通报群接收信阳市的通报。' });
    await run('add', 'wecom', 'wr02', '--name', '光山群', '--purpose', 'progress', '--unit', '光山');
    expect((await run('list')).text.split('\n')).toEqual([
      '1  通报群  通报（bulletins）  信阳市  wecom wr01',
      '2  光山群  进度（progress）  光山县  wecom wr02',
    ]);
  });

  it('can have both purposes, each once', async () => {
    await run(...add);
    await run('add', 'wecom', 'wr01', '--name', '通报群', '--purpose', 'progress');
    expect((await run(...add)).text).toBe('已登记过，没有改动：通报群接收信阳市的通报。');
    expect((await bound()).map(({ purpose }) => purpose)).toEqual(['bulletins', 'progress']);
  });

  it('take a new name and unit when they are bound again', async () => {
    await run(...add);
    const again = await run('add', 'wecom', 'wr01', '--name', '罗山通报', '--purpose', 'bulletins', '--unit', '罗山县');
    expect(again.text).toBe('已更新：罗山通报接收罗山县的通报。');
    expect(await bound()).toMatchObject([{ name: '罗山通报', chatId: 'wr01' }]);
  });

  it('are not bound to a unit that there is not', async () => {
    expect(await run(...add, '--unit', '火星')).toMatchObject({ exit: exits.refused });
    expect(await bound()).toEqual([]);
  });

  it('of a channel that is not set up are bound with a warning', async () => {
    const { exit, text } = await run('add', 'dingtalk', 'cid1', '--name', '群', '--purpose', 'progress');
    expect(exit).toBe(exits.done);
    expect(text).toContain('没有dingtalk通道（有：wecom、wecom-webhook、dingtalk-webhook）');
  });

  it('are removed by their number, once', async () => {
    await run(...add);
    expect(await run('remove', '1')).toEqual({ exit: exits.done, text: '已取消登记：通报群不再接收通报。' });
    expect(await run('remove', '1')).toEqual({ exit: exits.refused, text: '没有编号为1的群。' });
    expect((await run('list')).text).toBe('还没有登记群。');
  });

  describe('with a robot that only writes', () => {
    const secretOf = (chatId: string, channel = 'wecom-webhook') =>
      office.database.read((tx) => webhookOf(tx, channel, chatId));

    it('are bound by its address, which is listed by its end only', async () => {
      expect(await run(...addWebhook)).toEqual({ exit: exits.done, text: '已登记：试点群接收信阳市的通报。' });
      await run(...addSigned, '--secret', 'SEC1');
      const { text } = await run('list');
      expect(text.split('\n')).toEqual([
        '1  试点群  通报（bulletins）  信阳市  wecom-webhook webhook-1（地址…5aaa）',
        '2  钉钉群  通报（bulletins）  信阳市  dingtalk-webhook webhook-2（地址…6789，加签）',
      ]);
      expect(await secretOf('webhook-1')).toEqual({ token: key, signingSecret: null });
      expect(await secretOf('webhook-2', 'dingtalk-webhook')).toMatchObject({ signingSecret: 'SEC1' });
    });

    it('are read by everybody else without the address', async () => {
      await run(...addWebhook);
      expect(JSON.stringify(await bound())).not.toContain(key);
    });

    it('stay one group for the limits of the platform when they get a second purpose', async () => {
      await run(...addSigned, '--secret', 'SEC1');
      await run(...addSigned.with(-1, 'progress'));
      expect((await bound()).map(({ chatId }) => chatId)).toEqual(['webhook-1', 'webhook-1']);
      await run('remove', '1');
      expect(await secretOf('webhook-1', 'dingtalk-webhook')).toMatchObject({ signingSecret: 'SEC1' });
    });

    it('take a new signing secret when they are bound again', async () => {
      await run(...addSigned, '--secret', 'SEC1');
      expect((await run(...addSigned, '--secret', 'SEC2')).text).toBe('已更新：钉钉群接收信阳市的通报。');
      expect((await run(...addSigned)).text).toBe('已登记过，没有改动：钉钉群接收信阳市的通报。');
      expect(await secretOf('webhook-1', 'dingtalk-webhook')).toMatchObject({ signingSecret: 'SEC2' });
    });

    it('are forgotten with their address', async () => {
      await run(...addWebhook);
      await run('remove', '1');
      expect(await secretOf('webhook-1')).toBeNull();
    });

    it.each([
      ['of another host', addWebhook.with(2, wecomAddress.replace('qyapi', 'evil')), '地址应以'],
      ['of a platform that there is not', addWebhook.with(1, 'feishu-webhook'), '没有feishu-webhook这个通道'],
    ])('%s are not bound', async (_label, words, reason) => {
      const { exit, text } = await run(...words);
      expect(exit).toBe(exits.refused);
      expect(text).toContain(reason);
      expect(text).not.toContain(key);
      expect(await bound()).toEqual([]);
    });
  });
});
