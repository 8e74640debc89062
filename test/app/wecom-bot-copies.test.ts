/** Two copies of the bot behind one callback address of WeCom's smart robot: whichever is called, a message is answered once. */
import { FilingVersion } from '../../entities/filing-version';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import type { App } from '../../src/app';
import { say } from '../../src/channels/content';
import { streamIdOf } from '../../src/channels/wecom-bot/stream-id';
import { post } from '../../src/delivery/outbox';
import { type Delivery, deliver } from '../platforms/wecom-bot/callbacks';
import { type BotWeb, startBotWeb } from '../platforms/wecom-bot/web';
import { databases } from '../support/databases';
import { wecomBotKeys, wecomBotSettings } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

const from = 'WangWu';
const june = '罗山6月：高校院所3家，企业十六家，专利七十件，平台、网址没变，推送中小微500家';
const msgid = 'CAIQconfirm';

describe.each(databases)('two copies of the robot, on $name', (database) => {
  let web: BotWeb;
  let service: Service;
  let twin: App;
  beforeEach(async () => {
    const clock = morningClock();
    web = await startBotWeb({ clock });
    const roster = [['罗山县', '王五', '联络员', 'WangWu']] as const;
    service = await startService(database, { clock, settings: wecomBotSettings(web.url), roster });
    twin = await service.startTwin();
  });
  afterEach(async () => {
    await twin.stop();
    await service.close();
    await web.stop();
  });

  async function send(app: App, delivery: Partial<Delivery>) {
    const address = `http://127.0.0.1:${app.port}/callback/wecom/bot`;
    return (await deliver({ ...wecomBotKeys, clock: service.clock }, address, { from, ...delivery })).shown;
  }

  const askForMore = (app: App) => send(app, { said: { msgtype: 'stream', stream: { id: streamIdOf(msgid) } } });

  async function drain(): Promise<void> {
    for (const { sender } of [service.app, twin]) await sender.drain(5_000);
  }

  it('tell the same answer to a message and to its copy, and to whoever asks for more', async () => {
    await send(service.app, { text: june });
    const confirm = { text: '确认', msgid, responseUrl: web.responseUrl() };
    expect(await askForMore(twin)).toMatchObject({ finished: false });
    const copies = await Promise.all([service.app, twin, service.app, twin].map((app) => send(app, confirm)));
    const more = await Promise.all([service.app, twin].map(askForMore));
    const shown = [...copies, ...more];
    expect(new Set(shown.map((each) => each?.streamId))).toEqual(new Set([streamIdOf(msgid)]));
    expect(shown.every((each) => each?.finished && each.text.includes('LS-202506-01'))).toBe(true);
    await drain();
    expect(web.posted).toEqual([]);
    expect(await service.rows(InboundMessage)).toHaveLength(2);
    expect(await service.rows(FilingVersion, { receipt: 'LS-202506-01' })).toHaveLength(1);
  });

  it('do not tell once more what the sender has sent', async () => {
    await send(service.app, { text: june, msgid, responseUrl: web.responseUrl() });
    // As if WeCom had hung up: the sender takes the answer at the end of its grace.
    const [reply] = await service.rows(OutboxMessage, { purpose: 'reply' });
    await service.stop();
    await twin.database.transact((tx) =>
      tx.update(OutboxMessage, reply?.id ?? 0, { status: 'pending', sentAt: null, dueAt: service.clock.now() }),
    );
    await drainTwin();
    expect(web.posted).toHaveLength(1);
    expect(await send(twin, { text: june, msgid })).toBeNull();
    expect(await askForMore(twin)).toMatchObject({ finished: true, text: '答复已另外发来。' });
    await drainTwin();
    expect(web.posted).toHaveLength(1);
    await service.start();
  });

  it('say something first by the way that a message to any of them left open', async () => {
    await send(service.app, { text: '帮助', responseUrl: web.responseUrl() });
    await service.stop();
    const chat = { channel: 'wecom', kind: 'private', id: 'wangwu' } as const;
    const notice = { chat, content: say(['请报6月数据']), purpose: 'notice' } as const;
    await twin.database.transact((tx) => post(tx, [notice, notice], service.clock.now()));
    await drainTwin();
    expect(web.posted).toEqual(['请报6月数据']);
    const rows = await service.rows(OutboxMessage, { purpose: 'notice' });
    expect(rows.map(({ failureCode }) => failureCode)).toEqual([null, 'wecom_bot.no_way']);
    await service.start();
  });

  const drainTwin = () => twin.sender.drain(5_000);
});
