/** A county reports through DingTalk: signed callbacks in, answers through the session's address, bulletins to a group. */
import { ChatBinding } from '../../entities/chat-binding';
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { Identity } from '../../entities/identity';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import { Statistics } from '../../entities/tables/statistics';
import { Unit } from '../../entities/unit';
import { bindChat } from '../../src/roster/chats';
import type { Delivery } from '../platforms/dingtalk/deliver';
import { type DingtalkPlatform, startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { mariaDb } from '../support/databases';
import { dingtalkHttpSettings, dingtalkKeys } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

const group = 'cidTheWorkingGroup+/==';

describe('a county that reports through DingTalk', () => {
  let platform: DingtalkPlatform;
  let service: Service;
  beforeEach(async () => {
    const clock = morningClock();
    platform = await startDingtalkPlatform({ ...dingtalkKeys, clock });
    service = await startService(mariaDb, {
      clock,
      settings: dingtalkHttpSettings(platform.url),
      roster: [
        ['罗山县', '王五', '联络员', '', 'Manager7788'],
        ['信阳市市场监督管理局', '科员甲', '市局人员', '', 'staff01'],
        ['信阳市市场监督管理局', '局长甲', '市局领导', '', 'leader01'],
      ],
    });
  });
  afterEach(async () => {
    await service.close();
    await platform.close();
  });

  const deliver = (delivery: Partial<Delivery>) =>
    platform.deliver(`${service.url}/callback/dingtalk/robot`, { from: 'Manager7788', ...delivery });

  /** Says something, and returns what came back through the session's address. */
  async function say(text: string, delivery: Partial<Delivery> = {}): Promise<string> {
    const before = platform.sent.length;
    expect((await deliver({ text, ...delivery })).status).toBe(200);
    await answered(before + 1);
    const { via, params } = platform.sent.at(-1)!;
    expect(via).toBe('session');
    return params['text'] ?? params['content'] ?? '';
  }

  /** The answer is made due after the response has left; until then there is nothing to send. */
  async function answered(count: number): Promise<void> {
    while (platform.sent.length < count) await service.app.sender.drain(1_000);
  }

  async function sayAll(...texts: readonly string[]): Promise<string> {
    let last = '';
    for (const text of texts) last = await say(text);
    return last;
  }

  async function juneVersions() {
    const [filing] = await service.rows(Filing, { period: '2025-06' });
    return filing ? service.rows(FilingVersion, { filingId: filing.id }) : [];
  }

  it('files a whole report, and finds it in the database', async () => {
    const summary = await sayAll('罗山6月：高校院所3家，企业十六家，专利七十件，平台、网址没变，推送中小微500家');
    for (const figure of ['3', '16', '70', '500']) expect(summary).toContain(figure);
    expect(await juneVersions()).toEqual([]);
    expect(await say('确认')).toContain('LS-202506-01');
    const [version, ...more] = await juneVersions();
    expect(more).toEqual([]);
    const [figures] = await service.rows(Statistics, { versionId: version?.id ?? 0 });
    expect(figures).toMatchObject({
      institutes: 3,
      enterprises: 16,
      patents: 70,
      smallFirms: 500,
      licences: 2,
      paidAmount: '3.500000',
    });
  });

  it('is answered once for a message that is delivered twice', async () => {
    await sayAll('罗山6月：高校院所3家，企业16家，专利70件，平台、网址没变，推送中小微500家');
    await say('确认', { msgId: 'msgConfirm=' });
    await deliver({ text: '确认', msgId: 'msgConfirm=' });
    await service.app.sender.drain(1_000);
    expect(await juneVersions()).toHaveLength(1);
    expect(receipts()).toHaveLength(1);
  });

  it('is answered once for a message that reaches two bots at once, whichever of them sends the answer', async () => {
    await sayAll('罗山6月：高校院所3家，企业16家，专利70件，平台、网址没变，推送中小微500家');
    const twin = await service.startTwin();
    const copy = { from: 'Manager7788', text: '确认', msgId: 'msgConfirm=' };
    const delivered = [service.app, twin].map(({ port }) =>
      platform.deliver(`http://127.0.0.1:${port}/callback/dingtalk/robot`, copy),
    );
    expect((await Promise.all(delivered)).map(({ status }) => status)).toEqual([200, 200]);
    await platform.until(() => receipts().length > 0);
    await Promise.all([service.app, twin].map(({ sender }) => sender.drain(1_000)));
    await twin.stop();
    expect(receipts()).toHaveLength(1);
    expect(await juneVersions()).toHaveLength(1);
  });

  const receipts = () => platform.sent.filter(({ params }) => JSON.stringify(params).includes('LS-202506-01'));

  it.each([
    ['a wrong signature', { sign: 'wrong' }, 401],
    ['no signature', { sign: 'none' }, 401],
    ['a timestamp of two hours ago', { timestampOffsetMs: -7_200_000 }, 401],
    ['no JSON in it', { rawBody: 'text=1' }, 400],
  ] as const)('is not answered for a callback with %s', async (_, delivery, status) => {
    expect((await deliver({ text: '上报', ...delivery })).status).toBe(status);
    expect(await service.rows(InboundMessage)).toEqual([]);
  });

  it('is told nothing of a unit in a group, where its question came from', async () => {
    const said = await say('罗山多少', { group });
    expect(platform.sent.at(-1)?.to).toEqual([group]);
    expect(said).not.toMatch(/64|420|15家/);
  });

  it('hears its words back in private only, however it says them', async () => {
    const audio = {
      msgtype: 'audio',
      text: undefined,
      content: { recognition: '企业二十七家', downloadCode: 'c', duration: 3 },
    };
    const inGroup = await say('', { group, fields: audio });
    expect(inGroup).toMatch(/没有处理.*私聊我/);
    expect(inGroup).not.toMatch(/27|二十七/);
    expect(await say('', { fields: audio })).toMatch(/听到的是：“企业二十七家”.*企业27家/s);
  });

  it('is read in the bulletin: figures to leader and staff, progress to the bound group', async () => {
    platform.groups.add(group);
    await bind();
    await sayAll('罗山6月：高校院所3家，企业16家，专利70件，平台、网址没变，推送中小微500家', '确认');
    const before = platform.sent.length;
    await service.tick('2025-07-07T18:05:30+08:00');
    // The picture and the workbook go after the words.
    const told = platform.sent.slice(before).filter(({ params }) => JSON.stringify(params).includes('应报'));
    // People who are told the same are told in one call, where several are due at once.
    expect(told.flatMap(({ via, to }) => to.map((id) => `${via} ${id}`)).sort()).toEqual([
      `group ${group}`,
      'private leader01',
      'private staff01',
    ]);
    for (const { params } of told) expect(JSON.stringify(params)).toContain('已报1家');
    const inGroup = told.find(({ via }) => via === 'group');
    expect(JSON.stringify(inGroup?.params)).not.toMatch(/70件|500家|推送/);
  });

  it('is told on DingTalk alone when WeCom is not connected, and nothing is given up', async () => {
    const [account] = await service.rows(Identity, { channel: 'dingtalk', userId: 'Manager7788' });
    const personId = account?.personId ?? 0;
    await service.app.database.transact((tx) => tx.insert(Identity, { channel: 'wecom', userId: 'wangwu', personId }));
    await service.tick('2025-07-02T10:00:30+08:00');
    const reminders = await service.rows(OutboxMessage, { purpose: 'reminder' });
    const told = reminders.filter(({ channel, chatId }) =>
      `${channel} ${chatId}`.match(/wecom wangwu|dingtalk Manager7788/),
    );
    expect(told.map(({ channel, status }) => [channel, status]).sort()).toEqual([
      ['dingtalk', 'sent'],
      ['wecom', 'recalled'],
    ]);
  });

  async function bind(): Promise<void> {
    const [bureau] = await service.rows(Unit, { code: 'XY' });
    const binding = { channel: 'dingtalk', chatId: group, name: '试点工作群', purpose: 'bulletins' } as const;
    await service.app.database.transact((tx) => bindChat(tx, { ...binding, mentions: null, unitId: bureau?.id ?? 0 }));
    expect(await service.rows(ChatBinding, { channel: 'dingtalk' })).toHaveLength(1);
  }
});
