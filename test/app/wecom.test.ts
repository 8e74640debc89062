/** A county reports through WeCom: sealed callbacks in, rows in MariaDB, answers in the response; and nothing is lost. */
import { Filing } from '../../entities/filing';
import { FilingEntry } from '../../entities/filing-entry';
import { FilingNote } from '../../entities/filing-note';
import { FilingVersion } from '../../entities/filing-version';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import { Statistics } from '../../entities/tables/statistics';
import { startApp } from '../../src/app';
import { createLog } from '../../src/log';
import vectors from '../channels/wecom/vectors.json';
import type { Delivered, Delivery } from '../platforms/wecom/callbacks';
import { startWecomPlatform, type WecomPlatform } from '../platforms/wecom/platform';
import { configOf } from '../support/bot';
import { embedded, mariaDb } from '../support/databases';
import { wecomAppKeys, wecomAppSettings } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

describe('the official samples of WeCom', () => {
  const echo = vectors.real.find(({ id }) => id === 'official-echostr')!;
  const post = vectors.real.find(({ id }) => id === 'official-post-text')!;
  const sample = { ...wecomAppKeys, corpId: echo.receiveid, token: echo.token, encodingAesKey: echo.encodingAESKey };

  it('are taken: the check of the address and a message', async () => {
    const opened = await embedded.open();
    const config = configOf({ ...wecomAppSettings('http://127.0.0.1:9', sample), DATABASE_URL: opened.url });
    const app = await startApp({ config, log: createLog('silent'), clock: morningClock() });
    const address = `http://127.0.0.1:${app.port}/callback/wecom/app`;
    const checked = await fetch(`${address}?${echo.raw_query}`);
    expect([checked.status, await checked.text()]).toEqual([200, echo.expected_msg]);
    const { msg_signature, timestamp, nonce, post_body } = post;
    const query = new URLSearchParams({ msg_signature, timestamp, nonce });
    const answered = await fetch(`${address}?${query}`, { method: 'POST', body: post_body });
    expect([answered.status, await answered.text()]).toEqual([200, expect.stringContaining('<Encrypt>')]);
    expect(await opened.dataSource.manager.count(InboundMessage)).toBe(1);
    await app.stop();
    await opened.close();
  });
});

describe('a county that reports through WeCom', () => {
  let platform: WecomPlatform;
  let service: Service;
  beforeEach(async () => {
    const clock = morningClock();
    platform = await startWecomPlatform({ ...wecomAppKeys, clock });
    service = await startService(mariaDb, {
      clock,
      settings: wecomAppSettings(platform.url),
      roster: [
        ['光山县', '张三', '联络员', 'ZhangSan'],
        ['光山县', '李四', '副联络员', 'LiSi'],
      ],
    });
  });
  afterEach(async () => {
    await service.close();
    await platform.stop();
  });

  const deliver = (delivery: Omit<Delivery, 'from'>, from = 'ZhangSan'): Promise<Delivered> =>
    platform.deliver(`${service.url}/callback/wecom/app`, { from, ...delivery });

  async function say(text: string, from?: string): Promise<string> {
    const { status, reply } = await deliver({ text }, from);
    expect([status, reply]).toEqual([200, expect.any(String)]);
    return reply ?? '';
  }

  async function sayAll(...texts: readonly string[]): Promise<string> {
    let last = '';
    for (const text of texts) last = await say(text);
    return last;
  }

  const june = () => service.rows(Filing, { period: '2025-06' });
  async function juneVersions() {
    const [filing] = await june();
    return filing ? service.rows(FilingVersion, { filingId: filing.id }) : [];
  }
  const fillIn = ['上报', '4', '27', '135', '不变', '不变', '1020'];
  const newProject = '新增项目：豫南大学许可给恒通公司，专利ZL202010345678.9，一次性45000元';

  it('files a whole report, and finds it in the database figure by figure', async () => {
    await sayAll(newProject, ...fillIn);
    expect(await juneVersions()).toEqual([]);
    expect(await say('确认')).toContain('GS-202506-01');

    const [filing] = await june();
    expect(filing).toMatchObject({ tableName: 'statistics', status: 'filed', timeliness: 'on_time' });
    const [version, ...more] = await juneVersions();
    expect(more).toEqual([]);
    expect(version).toMatchObject({ id: filing?.versionId, number: 1, receipt: 'GS-202506-01', unchanged: false });
    const [figures] = await service.rows(Statistics, { versionId: version?.id ?? 0 });
    expect({ ...figures }).toMatchObject({
      institutes: 4,
      enterprises: 27,
      patents: 135,
      smallFirms: 1020,
      licences: 13,
      freeLicences: 5,
      paidLicences: 8,
      paidAmount: '41.000000',
    });
    const entries = await service.rows(FilingEntry, { versionId: version?.id ?? 0 });
    expect(entries.map(({ ordinal }) => ordinal).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 13 }, (_, index) => index + 1),
    );
  });

  it('gets the same answer to a repeated callback, which changes nothing', async () => {
    await sayAll(...fillIn);
    const confirmation = { text: '确认', msgId: '7384729384729384729', createTime: 1751421600 };
    const first = await deliver(confirmation);
    const again = await deliver(confirmation);
    expect(first.reply).toContain('GS-202506-01');
    expect(again).toMatchObject({ status: 200, reply: first.reply });
    expect(await juneVersions()).toHaveLength(1);
  });

  it('has one effect from copies of a callback that arrive at once', async () => {
    await sayAll(...fillIn);
    const confirmation = { text: '确认', msgId: '7384729384729384730', createTime: 1751421600 };
    const replies = await Promise.all([1, 2, 3].map(() => deliver(confirmation)));
    expect(new Set(replies.map(({ status, reply }) => `${status} ${reply}`)).size).toBe(1);
    expect(replies[0]?.reply).toContain('GS-202506-01');
    expect(await juneVersions()).toHaveLength(1);
  });

  it('has one effect from copies that arrive at two bots at once', async () => {
    await sayAll(...fillIn);
    const twin = await service.startTwin();
    const confirmation = { from: 'ZhangSan', text: '确认', msgId: '7384729384729384731', createTime: 1751421600 };
    const replies = await Promise.all(
      [service.app.port, twin.port].map((port) =>
        platform.deliver(`http://127.0.0.1:${port}/callback/wecom/app`, confirmation),
      ),
    );
    expect(replies.map(({ reply }) => reply)).toEqual(Array(2).fill(expect.stringContaining('GS-202506-01')));
    expect(await juneVersions()).toHaveLength(1);
    await twin.stop();
  });

  it('is understood when its first two messages come at once: both count, one after the other', async () => {
    const [one, two] = await Promise.all([deliver({ text: '高校院所4家' }), deliver({ text: '企业27家' })]);
    expect([one?.status, two?.status]).toEqual([200, 200]);
    expect(await june()).toHaveLength(1);
    expect(await sayAll('专利135件', '平台不变，网址不变', '推送中小微1020家', '确认')).toContain('GS-202506-01');
    const [version] = await juneVersions();
    expect((await service.rows(Statistics, { versionId: version?.id ?? 0 }))[0]).toMatchObject({
      institutes: 4,
      enterprises: 27,
    });
  });

  it('gives one report when both its contacts confirm at once', async () => {
    await sayAll(...fillIn);
    await say('上报', 'LiSi');
    await Promise.all([deliver({ text: '确认' }), deliver({ text: '确认' }, 'LiSi')]);
    expect(await juneVersions()).toHaveLength(1);
  });

  it.each([
    ['sealed for another company', 'receiver', 403],
    ['with a wrong signature', 'signature', 401],
    ['of more than a megabyte', 'oversized', 413],
    ['with a document type', 'doctype-outside', 400],
    ['with a document type under the seal', 'doctype-inside', 400],
    ['whose seal holds junk', 'sealed-junk', 400],
  ] as const)('is not answered for a callback %s, and the bot goes on', async (_, tamper, status) => {
    const refused = await deliver({ text: '上报', tamper });
    expect([refused.status, refused.reply]).toEqual([status, null]);
    expect(await service.rows(InboundMessage)).toEqual([]);
    expect(await say('上报')).toContain('2025年6月');
  });

  it('loses nothing when the database is away: 500, and the message counts when WeCom delivers it again', async () => {
    await sayAll(...fillIn);
    const confirmation = { text: '确认', msgId: '7384729384729384732', createTime: 1751421600 };
    const { dataSource } = service.app.database;
    await dataSource.destroy();
    expect(await deliver(confirmation)).toMatchObject({ status: 500, reply: null });
    expect((await fetch(`${service.url}/readyz`)).status).toBe(503);
    await dataSource.initialize();
    expect((await deliver(confirmation)).reply).toContain('GS-202506-01');
    expect(await juneVersions()).toHaveLength(1);
  });

  it('reads its own explanation back as it wrote it', async () => {
    const reason = '有4家退出]]>其中&amp;一家<更名>';
    await sayAll('企业20');
    expect(await say(reason)).toContain(reason);
    await sayAll('高校院所4', '专利135', '平台不变，网址不变', '推送中小微1020', '确认');
    const [version] = await juneVersions();
    const notes = await service.rows(FilingNote, { versionId: version?.id ?? 0 });
    expect(notes).toEqual([expect.objectContaining({ field: 'enterprises', kind: 'explanation', text: reason })]);
  });

  it('is reminded through the API, and not once it has filed', async () => {
    await service.tick('2025-07-02T10:00:30+08:00');
    const reminded = platform.sent.filter(({ msgtype }) => msgtype === 'text');
    expect(reminded.map(({ to }) => to).sort()).toEqual(['lisi', 'zhangsan']);
    await sayAll(...fillIn, '确认');
    await service.tick('2025-07-04T10:00:30+08:00');
    await service.tick('2025-07-07T10:00:30+08:00');
    expect(await service.rows(OutboxMessage, { channel: 'wecom', purpose: 'reminder' })).toHaveLength(2);
  });

  it('goes on from the button of a reminder, which then says what was chosen', async () => {
    await service.tick('2025-07-02T10:00:30+08:00');
    const offered = platform.sent.find(({ to, card }) => to === 'zhangsan' && card);
    const [label, key] = offered?.card?.buttons[0] ?? ['', ''];
    expect(label).not.toBe('');
    const tapped = await platform.tap(`${service.url}/callback/wecom/app`, 'ZhangSan', key, offered?.card?.taskId);
    expect(tapped).toMatchObject({ status: 200, body: '' });
    await service.tick();
    expect(platform.sent.filter(({ to, text }) => to === 'zhangsan' && text.includes('① 参与高校院所'))).toHaveLength(
      1,
    );
    expect(await say('4')).toContain('② 参与企业');
    await service.stop();
    expect(platform.changedCards).toEqual([{ to: ['ZhangSan'], says: `已选：${key}` }]);
  });

  it('is greeted once a day on entering the app, and not while a question is open', async () => {
    const enter = async () => (await deliver({ event: { Event: 'enter_agent', EventKey: '' } })).reply;
    const at = (moment: string) => service.clock.set(new Date(`2025-07-${moment}:00+08:00`));
    expect(await enter()).toContain('上报');
    at('02T16:00');
    expect(await enter()).toBeNull();
    at('03T09:00');
    expect(await enter()).toContain('上报');
    await say('上报');
    at('04T09:00');
    expect(await enter()).toBeNull();
  });

  it('leaves no answer waiting that WeCom has shown', async () => {
    await sayAll(...fillIn, '确认');
    await service.stop();
    const replies = await service.rows(OutboxMessage, { channel: 'wecom' });
    expect(replies.map(({ status }) => status)).toEqual(Array(8).fill('sent'));
    expect(platform.sent).toEqual([]);
  });
});
