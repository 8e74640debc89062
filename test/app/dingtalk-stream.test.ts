/** A county reports through DingTalk's Stream mode: the bot connects out, rows in MariaDB, answers through the session's address. */
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import { InboundMessage } from '../../entities/inbound-message';
import { Statistics } from '../../entities/tables/statistics';
import type { Delivery } from '../platforms/dingtalk/deliver';
import { type DingtalkPlatform, startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { mariaDb } from '../support/databases';
import { dingtalkStreamKeys, dingtalkStreamSettings } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

const june = '罗山6月：高校院所3家，企业十六家，专利七十件，平台、网址没变，推送中小微500家';

describe('a county that reports through DingTalk’s Stream mode', () => {
  let platform: DingtalkPlatform;
  let service: Service;
  beforeEach(async () => {
    const clock = morningClock();
    platform = await startDingtalkPlatform({ ...dingtalkStreamKeys, clock });
    service = await startService(mariaDb, {
      clock,
      // As an operator sets it up who leaves everything else as it is.
      settings: dingtalkStreamSettings(platform.url),
      roster: [
        ['罗山县', '王五', '联络员', '', 'Manager7788'],
        ['信阳市市场监督管理局', '科员甲', '市局人员', '', 'staff01'],
      ],
    });
    await platform.gateway.untilConnected();
  });
  afterEach(async () => {
    await service.close();
    await platform.close();
  });

  const push = (delivery: Partial<Delivery>) => platform.push({ from: 'Manager7788', ...delivery });

  /** Says something, and returns what came back through the session's address. */
  async function say(text: string, delivery: Partial<Delivery> = {}): Promise<string> {
    const before = platform.sent.length;
    push({ text, ...delivery });
    return answerAfter(before);
  }

  async function answerAfter(count: number): Promise<string> {
    const sent = await platform.until(() => platform.sent[count]);
    expect(sent.via).toBe('session');
    return sent.params['text'] ?? sent.params['content'] ?? '';
  }

  async function juneVersions() {
    const [filing] = await service.rows(Filing, { period: '2025-06' });
    return filing ? service.rows(FilingVersion, { filingId: filing.id }) : [];
  }

  it('files a whole report, and finds it in the database', async () => {
    const summary = await say(june);
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
    expect(platform.gateway.dropped).toEqual({ frames: 0, acks: 0, handshakes: 0 });
  });

  it('can be watched: whether its connection stands', async () => {
    await say('帮助');
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('baosong_channel_connected{channel="dingtalk"} 1');
  });

  it('is offered answers to tap in private: a tap sends the words', async () => {
    await say('上报');
    expect(await say('3')).toContain('dtmd://dingtalkclient/sendMessage?content=');
  });

  it('has one effect and one answer from a message that is pushed twice', async () => {
    await say(june);
    await say('确认', { msgId: 'msgConfirm=' });
    await platform.gateway.ackOf(push({ text: '确认', msgId: 'msgConfirm=' }));
    expect(await say('帮助')).not.toContain('LS-202506-01');
    expect(await juneVersions()).toHaveLength(1);
    expect(platform.sent.filter(({ params }) => JSON.stringify(params).includes('LS-202506-01'))).toHaveLength(1);
  });

  it('has one effect from a message that is pushed to two bots', async () => {
    await say(june);
    const twin = await service.startTwin();
    await platform.gateway.untilConnected(2);
    const acks = [0, 0.99].map((random) => {
      platform.gateway.random = () => random;
      return platform.gateway.ackOf(push({ text: '确认', msgId: 'msgConfirm=' }));
    });
    expect(new Set((await Promise.all(acks)).map(({ from }) => from)).size).toBe(2);
    expect(await answerAfter(1)).toContain('LS-202506-01');
    await twin.stop();
    expect(await juneVersions()).toHaveLength(1);
    expect(await service.rows(InboundMessage)).toHaveLength(2);
  });

  it('loses nothing when the database is away for a moment', async () => {
    await say(june);
    // Else the answer to it is still in the sender's hands, and those after it wait until it gives that up.
    await service.app.sender.drain(1_000);
    const { dataSource } = service.app.database;
    await dataSource.destroy();
    const before = platform.sent.length;
    await platform.gateway.ackOf(push({ text: '确认' }));
    await dataSource.initialize();
    expect(await answerAfter(before)).toContain('LS-202506-01');
    expect(await juneVersions()).toHaveLength(1);
  });

  it('is answered when the bot is stopped right after the message came', async () => {
    await say(june);
    await platform.gateway.ackOf(push({ text: '确认' }));
    await service.stop();
    expect(await answerAfter(1)).toContain('LS-202506-01');
    expect(platform.gateway.open).toEqual([]);
  });

  it('finds no door for callbacks over HTTP, which this mode does not need', async () => {
    const answered = await platform.deliver(`${service.url}/callback/dingtalk/robot`, {
      from: 'staff01',
      text: '进度',
    });
    expect(answered.status).toBe(404);
    expect(await service.rows(InboundMessage)).toEqual([]);
  });
});
