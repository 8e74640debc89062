/**
 * Two copies of the bot on one database, and bursts as on the due day. Nothing that the platforms grant is exceeded by both
 * together, nothing is dropped, and everything arrives once.
 */
import { ChatBinding } from '../../entities/chat-binding';
import { OutboxMessage } from '../../entities/outbox-message';
import { Unit } from '../../entities/unit';
import type { App } from '../../src/app';
import type { Chat } from '../../src/channels/channel';
import { type Content, file, heading, list, say } from '../../src/channels/content';
import { FixedClock, MovableClock } from '../../src/clock';
import { storeFile } from '../../src/delivery/files';
import { type Draft, post } from '../../src/delivery/outbox';
import { bindWebhook } from '../../src/roster/webhooks';
import { startDingtalkPlatform } from '../platforms/dingtalk/platform';
import { startDingtalkGroups } from '../platforms/webhook/dingtalk';
import { startWecomGroups } from '../platforms/webhook/wecom';
import { startWecomPlatform } from '../platforms/wecom/platform';
import { startBotGateway } from '../platforms/wecom-bot/gateway';
import { mariaDb } from '../support/databases';
import {
  dingtalkHttpSettings,
  dingtalkKeys,
  wecomAppKeys,
  wecomAppSettings,
  wecomLongKeys,
  wecomLongSettings,
} from '../support/platforms';
import { firstMorning, type RosterLine, type Service, startService } from '../support/service';

const roster: readonly RosterLine[] = [['罗山县', '王五', '联络员', 'wangwu', 'wangwu']];
const key = '693a91f6-7d0c-4bc4-97a0-0ec2sifa5aaa';
const token = 'tokenOfTheRobot';
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const person = (channel: string, id: string): Chat => ({ channel, kind: 'private', id });

type Pair = readonly [App, App];

/** Both copies send only when told, and time stands: every call of a step is made at one instant. */
async function startPair(clock: MovableClock, settings: Readonly<Record<string, string>>) {
  const service = await startService(mariaDb, { clock, settings, roster });
  const pair: Pair = [service.app, await service.startTwin()];
  for (const { sender } of pair) await sender.stop();
  const end = () => pair[1].stop().then(() => service.close());
  return { service, pair, end };
}

const standingClock = () => new MovableClock(new FixedClock(firstMorning));

function postAll({ app, clock }: Service, drafts: readonly Draft[]): Promise<readonly number[]> {
  return app.database.transact((tx) => post(tx, drafts, clock.now()));
}

/** Sends with both copies at once, step after step, until nothing is left. */
async function sendAll(service: Service, pair: Pair, stepMs: number, afterStep = () => {}): Promise<void> {
  for (let step = 0; step < 2_000 && (await pair[0].sender.queue()).pending > 0; step++) {
    await Promise.all(pair.map(({ sender }) => sender.drain(1_000)));
    afterStep();
    service.clock.set(new Date(service.clock.now().getTime() + stepMs));
  }
}

/** Words and two files: three parts wherever files can be sent. */
async function bulletin({ app, clock }: Service, words: string): Promise<Content> {
  const blocks = await app.database.transact(async (tx) => {
    const files = [];
    for (const name of [`${words}一.xlsx`, `${words}二.xlsx`]) {
      const stored = { name, mediaType: 'application/zip', bytes: Buffer.from(`PK of ${name}`) };
      files.push(file(await storeFile(tx, stored, clock.now(), 'archived'), name));
    }
    return files;
  });
  return say([heading(words), ...blocks]);
}

/** A group that is written to through a robot's address. */
async function bindGroup({ app }: Service, channel: string, address: string): Promise<Chat> {
  return app.database.transact(async (tx) => {
    const unit = await tx.findOneByOrFail(Unit, { code: 'XY' });
    const secret = { token: address, signingSecret: null };
    await bindWebhook(tx, { channel, name: '通报群', purpose: 'bulletins', unitId: unit.id, secret, mentions: [] });
    const { chatId } = await tx.findOneByOrFail(ChatBinding, { channel });
    return { channel, kind: 'group', id: chatId };
  });
}

/** But for the sample people of the seed, whom no service reaches. */
const failuresOf = async (service: Service) =>
  (await service.rows(OutboxMessage))
    .filter(({ channel }) => channel !== 'playground')
    .filter(({ status, failureCode }) => status !== 'sent' || failureCode !== null);

it('no member of a WeCom app loses a message, and no robot of DingTalk is silenced', async () => {
  const clock = standingClock();
  const wecom = await startWecomPlatform({ ...wecomAppKeys, clock });
  const dingtalk = await startDingtalkGroups([{ token }], clock);
  const settings = { ...wecomAppSettings(wecom.url), DINGTALK_OAPI_URL: dingtalk.url };
  const { service, pair, end } = await startPair(clock, settings);
  const group = await bindGroup(service, 'dingtalk-webhook', token);
  const people = numbers(6).map((number) => person('wecom', `p${number}`));
  const counties = numbers(900).map((number) => `第${number}县市场监督管理局已报`);
  for (const number of numbers(9)) {
    const content = await bulletin(service, `通报${number}`);
    await postAll(
      service,
      people.map((chat) => ({ chat, content, purpose: 'bulletin' as const })),
    );
    const long = say([heading(`通报${number}`), list(counties)]);
    await postAll(service, [{ chat: group, content: long, purpose: 'bulletin' }]);
    await postAll(
      service,
      people.map((chat) => ({ chat, content: say([`催报${number}`]), purpose: 'reminder' as const })),
    );
  }
  await Promise.all(pair.map(({ sender }) => sender.drain(1_000)));
  await postAll(service, [{ chat: people[0]!, content: say(['收到']), purpose: 'reply' }]);
  const before = wecom.sent.length;
  await sendAll(service, pair, 3_000);
  expect(wecom.lost).toEqual([]);
  const sentTo = (id: string) => wecom.sent.filter(({ to }) => to === id).map((sent) => sent.file?.name ?? sent.text);
  for (const { id } of people.slice(1)) {
    expect(sentTo(id).filter((text) => /催报/.test(text))).toHaveLength(9);
    expect(sentTo(id).filter((text) => /通报/.test(text))).toHaveLength(27);
    expect(new Set(sentTo(id)).size).toBe(36);
  }
  const next = wecom.sent.slice(before).find(({ to }) => to === 'p1');
  expect(next?.text).toMatch(/^收到/);
  expect(dingtalk.shown).toHaveLength(dingtalk.calls.length);
  expect(dingtalk.shown.filter(({ text }) => /第1县/.test(text))).toHaveLength(9);
  expect(dingtalk.shown.length).toBeGreaterThan(20);
  expect(await failuresOf(service)).toEqual([]);
  await end();
  await wecom.stop();
  await dingtalk.close();
});

it("DingTalk's calls of a second are kept, uploads among them, and no robot of WeCom is too fast", async () => {
  const clock = standingClock();
  const dingtalk = await startDingtalkPlatform({ ...dingtalkKeys, clock });
  const wecom = await startWecomGroups([key], clock);
  const settings = { ...dingtalkHttpSettings(dingtalk.url), WECOM_API_URL: wecom.url };
  const { service, pair, end } = await startPair(clock, settings);
  const group = await bindGroup(service, 'wecom-webhook', key);
  const people = numbers(40).map((number) => person('dingtalk', `p${number}`));
  for (const chat of people) {
    const content = await bulletin(service, `导出给${chat.id}`);
    await postAll(service, [{ chat, content, purpose: 'notice' }]);
  }
  for (const number of numbers(9)) {
    const content = await bulletin(service, `通报${number}`);
    await postAll(service, [{ chat: group, content, purpose: 'bulletin' }]);
  }
  const counted: number[] = [];
  await sendAll(service, pair, 1_000, () => {
    const calls = dingtalk.calls.filter((path) => !path.includes('accessToken')).length;
    counted.push(calls - counted.reduce((sum, each) => sum + each, 0));
  });
  expect(Math.max(...counted)).toBeLessThanOrEqual(20);
  expect(dingtalk.sent).toHaveLength(120);
  for (const { id } of people) expect(dingtalk.sent.filter(({ to }) => to.includes(id))).toHaveLength(3);
  expect(wecom.shown).toHaveLength(27);
  expect(wecom.calls.filter((path) => path.endsWith('send'))).toHaveLength(27);
  expect(await failuresOf(service)).toEqual([]);
  await end();
  await dingtalk.close();
  await wecom.close();
});

it('a smart robot on its long connection pushes no more than its answers leave room for', async () => {
  const clock = standingClock();
  const gateway = await startBotGateway({ ...wecomLongKeys, clock });
  const service = await startService(mariaDb, { clock, settings: wecomLongSettings(gateway.url), roster });
  await gateway.until(() => gateway.isConnected);
  for (const _ of numbers(24)) {
    const before = gateway.answers.length;
    gateway.speak({ from: 'WangWu', text: '帮助' });
    await gateway.until(() => gateway.answers.length > before);
  }
  // A bot that stops writes down which answers have arrived; else they would be due again once the clock moves.
  await service.stop();
  await service.start();
  await gateway.until(() => gateway.subscriptions === 2 && gateway.isConnected);
  const content = await bulletin(service, '通报');
  const chats = [person('wecom', 'wangwu'), person('wecom-bot', 'WangWu')];
  await postAll(
    service,
    chats.flatMap((chat) => numbers(2).map(() => ({ chat, content, purpose: 'bulletin' as const }))),
  );
  await service.app.sender.drain(1_000);
  expect(gateway.pushed.length).toBeLessThanOrEqual(6);
  while ((await service.app.sender.queue()).pending > 0) {
    clock.set(new Date(clock.now().getTime() + 20_000));
    await service.app.sender.drain(1_000);
  }
  expect(gateway.pushed).toHaveLength(12);
  expect(await failuresOf(service)).toEqual([]);
  await service.close();
  await gateway.stop();
});

it('of two copies on the long connection, the one that was taken over leaves everything to the other', async () => {
  const clock = standingClock();
  const gateway = await startBotGateway({ ...wecomLongKeys, clock });
  const service = await startService(mariaDb, { clock, settings: wecomLongSettings(gateway.url), roster });
  await gateway.until(() => gateway.isConnected);
  const twin = await service.startTwin();
  await gateway.until(() => gateway.subscriptions === 2 && gateway.connections === 1);
  for (const { sender } of [service.app, twin]) await sender.stop();
  gateway.acquaint('WangWu');
  const tell = (words: string) =>
    postAll(service, [{ chat: person('wecom-bot', 'WangWu'), content: say([words]), purpose: 'reminder' }]);
  await tell('催报一');
  for (const _ of numbers(90)) {
    await service.app.sender.drain(1_000);
    clock.set(new Date(clock.now().getTime() + 60_000));
  }
  expect(await service.rows(OutboxMessage)).toMatchObject([{ status: 'pending', attempts: 0, failureCode: null }]);
  await twin.sender.drain(1_000);
  expect(gateway.pushed.map(({ text }) => text)).toEqual(['催报一']);
  await twin.stop();
  await tell('催报二');
  await service.app.sender.drain(1_000);
  await service.stop();
  expect(gateway.pushed).toHaveLength(1);
  await service.start();
  await gateway.until(() => gateway.isConnected);
  await service.app.sender.drain(1_000);
  expect(gateway.pushed.map(({ text }) => text)).toEqual(['催报一', '催报二']);
  const told = await service.rows(OutboxMessage, { channel: 'wecom-bot' });
  expect(told.map(({ status, failureCode }) => [status, failureCode])).toEqual(Array(2).fill(['sent', null]));
  await service.close();
  await gateway.stop();
});
