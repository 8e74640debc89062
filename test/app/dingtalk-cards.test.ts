/** DingTalk's cards through the whole bot: a reminder with buttons, the taps on it, and the report that they end in. */
import { Filing } from '../../entities/filing';
import { InboundMessage } from '../../entities/inbound-message';
import { OutboxMessage } from '../../entities/outbox-message';
import { say as saying } from '../../src/channels/content';
import { post } from '../../src/delivery/outbox';
import type { ShownCard } from '../platforms/dingtalk/cards';
import { type DingtalkPlatform, startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { mariaDb } from '../support/databases';
import { dingtalkHttpSettings, dingtalkKeys, dingtalkStreamKeys, dingtalkStreamSettings } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

const cardTemplateId = '2c1f-card.schema';
const june = '罗山6月：高校院所3家，企业16家，专利70件，平台、网址没变，推送中小微500家';
const expired = '这张卡片已失效，请直接输入文字。';
const ways = [
  ['over Stream', dingtalkStreamKeys, dingtalkStreamSettings],
  ['over HTTP', dingtalkKeys, dingtalkHttpSettings],
] as const;

describe.each(ways)('a reminder with buttons, %s', (way, keys, settingsOf) => {
  const isStream = way === 'over Stream';
  let platform: DingtalkPlatform;
  let service: Service;
  beforeEach(async () => {
    const clock = morningClock();
    platform = await startDingtalkPlatform({ ...keys, cardTemplateId, clock });
    const cards = { DINGTALK_CARD_TEMPLATE_ID: cardTemplateId, PUBLIC_URL: 'https://baosong.example.gov.cn' };
    service = await startService(mariaDb, {
      clock,
      settings: { ...settingsOf(platform.url), ...cards },
      roster: [
        ['罗山县', '王五', '联络员', '', 'Manager7788'],
        ['罗山县', '赵六', '联络员', '', 'Manager7799'],
        ['信阳市市场监督管理局', '科员甲', '市局人员', '', 'staff01'],
      ],
    });
    await (isStream ? platform.gateway.untilConnected() : platform.until(() => platform.cardRoutes.size > 0));
  });
  afterEach(async () => {
    await service.close();
    await platform.close();
  });

  async function say(from: string, text: string): Promise<void> {
    const before = platform.sent.length;
    if (isStream) platform.push({ from, text });
    else await platform.deliver(`${service.url}/callback/dingtalk/robot`, { from, text });
    await answeredAfter(before);
  }

  /** What the tap changes on the card, once its answer has come too. */
  async function tap(card: ShownCard, label: string, by: string): Promise<string | undefined> {
    const before = platform.sent.length;
    const action =
      Object.entries(card.variables)
        .find(([, value]) => value === label)?.[0]
        .replace('label', '') ?? '';
    await deliverTap({ card, by, action });
    await answeredAfter(before);
    return card.privately.get(by)?.['chosen'];
  }

  async function deliverTap(given: { card: ShownCard; by: string; action: string }): Promise<void> {
    if (isStream) await platform.tapOverStream(given);
    else await platform.tapOverHttp(`${service.url}/callback/dingtalk/card`, given);
  }

  const answeredAfter = (count: number) => platform.until(() => platform.sent.length > count);
  const lastCard = () => platform.cards.at(-1)!;

  async function remind(): Promise<ShownCard> {
    await service.tick('2025-07-02T10:00:30+08:00');
    return lastCard();
  }

  it('goes to both contacts in one card, and taps lead to a report', async () => {
    await say('Manager7799', june);
    const reminder = await remind();
    expect(reminder).toMatchObject({ spaces: ['Manager7788', 'Manager7799'], variables: { label1: '继续' } });
    expect(await tap(reminder, '继续', 'Manager7799')).toBe('已选：继续');
    const summary = lastCard();
    expect(summary.spaces).toEqual(['Manager7799']);
    expect(await tap(summary, '确认', 'Manager7799')).toBe('已选：确认');
    const [filing] = await service.rows(Filing, { period: '2025-06' });
    expect(filing).toMatchObject({ status: 'filed' });
    expect(JSON.stringify(platform.sent.at(-1)?.params)).toContain('LS-202506-01');
    expect([...reminder.privately.keys()]).toEqual(['Manager7799']);
  });

  it('has one effect and one answer from a tap that is delivered twice', async () => {
    const reminder = await remind();
    await tap(reminder, '上报', 'Manager7788');
    const before = await service.rows(OutboxMessage);
    await deliverTap({ card: reminder, by: 'Manager7788', action: '1' });
    await service.tick();
    expect(await service.rows(OutboxMessage)).toHaveLength(before.length);
    expect(await service.rows(InboundMessage)).toHaveLength(1);
  });

  it('answers again whoever taps again later, and each of these taps once', async () => {
    const reminder = await remind();
    for (const [index, at] of ['T10:05:00', 'T10:09:00', 'T18:00:00'].entries()) {
      service.clock.set(new Date(`2025-07-02${at}+08:00`));
      expect(await tap(reminder, '上报', 'Manager7788')).toBe('已选：上报');
      await deliverTap({ card: reminder, by: 'Manager7788', action: '1' });
      await service.tick();
      expect(await service.rows(InboundMessage)).toHaveLength(index + 1);
    }
  });

  it('is known again to the second of its people, however much else they were told', async () => {
    const { database, sender } = service.app;
    const to = (id: string) => ({ channel: 'dingtalk', kind: 'private', id }) as const;
    const others = Array.from({ length: 120 }, (_, index) => saying([`第${index}件事`]));
    await database.transact(async (tx) => {
      const drafts = others.map((content) => ({ chat: to('Manager7799'), content, purpose: 'notice' as const }));
      await post(tx, drafts, service.clock.now());
      await tx.update(OutboxMessage, { status: 'pending' }, { status: 'sent' });
    });
    await sender.drain(1_000);
    expect(await tap(await remind(), '上报', 'Manager7799')).toBe('已选：上报');
  });

  it('offers nothing to people whom it was not sent to, nor by a button that it has not', async () => {
    const reminder = await remind();
    for (const [by, action] of [
      ['Stranger1', '1'],
      ['Manager7788', '2'],
    ] as const) {
      const before = platform.sent.length;
      await deliverTap({ card: reminder, by, action });
      await answeredAfter(before);
      expect(reminder.privately.size).toBe(0);
    }
    expect(JSON.stringify(platform.sent.at(-1)?.params)).toContain(expired);
    expect(await service.rows(Filing, { period: '2025-06', status: 'draft' })).toEqual([]);
  });

  it('that staff take back says so in every chat, and offers nothing any more', async () => {
    const reminder = await remind();
    const [sent] = await service.rows(OutboxMessage, { purpose: 'reminder' });
    await say('staff01', `确认收回${sent?.id}`);
    await platform.until(() => reminder.variables['content'] === '（这条消息已收回）');
    await service.tick();
    const sentHere = await service.rows(OutboxMessage, { purpose: 'reminder', channel: 'dingtalk' });
    expect(sentHere.map(({ status }) => status)).toEqual(['recalled', 'recalled']);
    await deliverTap({ card: reminder, by: 'Manager7799', action: '1' });
    await platform.until(() => JSON.stringify(platform.sent.at(-1)?.params).includes(expired));
  });

  it('says nothing by a number that another message bears in this database', async () => {
    const reminder = await remind();
    const before = platform.sent.length;
    const outTrackId = reminder.outTrackId.replace(/-[0-9a-f]{16}-/, '-0123456789abcdef-');
    await deliverTap({ card: { ...reminder, outTrackId }, by: 'Manager7788', action: '1' });
    await answeredAfter(before);
    expect(JSON.stringify(platform.sent.at(-1)?.params)).toContain(expired);
  });
});
