import { say } from '../../../src/channels/content';
import { outbound } from './fixtures';
import { botSecret, type LongMeeting, type LongOptions, meetLong, pingMs } from './long-fixtures';

let meeting: LongMeeting;
const begin = async (options: LongOptions = {}) => {
  meeting = await meetLong(options);
  return meeting;
};
afterEach(async () => {
  await meeting.end();
});

const from = 'ZhangSan';
/** The waits after the first losses, in the middle of their jitter. */
const [firstMs, secondMs, thirdMs] = [750, 1_500, 3_000];

async function comeBack(waitMs: number): Promise<void> {
  const { gateway, time } = meeting;
  const before = gateway.subscriptions;
  await time.untilWaiting(waitMs);
  time.advance(waitMs);
  await gateway.until(() => gateway.subscriptions > before);
  await time.untilWaiting(pingMs);
}

describe('the connection', () => {
  it('is waited for with what is to be sent, until it is there and while it is lost', async () => {
    const { gateway, channel, time } = await begin({ isIdle: true });
    expect(channel.canSend?.()).toBe(false);
    await meeting.start(async () => null);
    await time.untilWaiting(pingMs);
    expect(channel.canSend?.()).toBe(true);
    gateway.drop();
    await time.untilWaiting(firstMs);
    expect(channel.canSend?.()).toBe(false);
  });

  it('comes back after it was lost, and messages are heard again', async () => {
    const { gateway, untilSettled } = await begin();
    gateway.drop();
    await comeBack(firstMs);
    expect(meeting.channel.canSend?.()).toBe(true);
    gateway.speak({ from, text: '上报' });
    await untilSettled(1);
    expect(gateway.answers).toHaveLength(1);
  });

  it('waits longer after each loss, until it is subscribed again', async () => {
    const { gateway, time } = await begin();
    for (const _ of [1, 2]) gateway.failNext({ cmd: 'aibot_subscribe', errcode: -1 });
    gateway.drop();
    for (const waitMs of [firstMs, secondMs]) {
      await time.untilWaiting(waitMs);
      time.advance(waitMs);
    }
    await comeBack(thirdMs);
    gateway.drop();
    await comeBack(firstMs);
    expect(gateway.subscriptions).toBe(3);
  });

  it('never waits longer than half a minute', async () => {
    const { gateway, time } = await begin();
    for (let loss = 0; loss < 9; loss += 1) gateway.failNext({ cmd: 'aibot_subscribe', drop: true });
    gateway.drop();
    for (const waitMs of [750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500]) {
      await time.untilWaiting(waitMs);
      time.advance(waitMs);
    }
    await time.untilWaiting(22_500);
    expect(gateway.subscriptions).toBe(1);
  });

  it('is kept open by pings', async () => {
    const { gateway, time } = await begin();
    for (const count of [1, 2, 3, 4]) {
      await time.untilWaiting(pingMs);
      time.advance(pingMs);
      await gateway.until(() => gateway.commands.filter((cmd) => cmd === 'ping').length === count);
      // Its acknowledgement is in when a later frame is answered.
      await meeting.channel.send(outbound(say(['1']), { id: `p${count}` }));
    }
    expect(gateway.subscriptions).toBe(1);
  });

  it('is given up and made anew when two pings were not acknowledged', async () => {
    const { gateway, time } = await begin();
    gateway.answersPings = false;
    for (const _ of [1, 2, 3]) {
      await time.untilWaiting(pingMs);
      time.advance(pingMs);
    }
    await comeBack(firstMs);
    expect(gateway.commands.filter((cmd) => cmd === 'ping')).toHaveLength(2);
  });

  it('is made anew when WeCom says that it is not subscribed', async () => {
    const { gateway, channel } = await begin();
    gateway.failNext({ cmd: 'aibot_send_msg', errcode: 846609 });
    const result = await channel.send(outbound(say(['1'])));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom_bot.846609', retryable: true, unknown: false } });
    await comeBack(firstMs);
  });

  it('gives way to another that takes the robot over, says so and does not fight', async () => {
    const { gateway, channel, twin } = await begin();
    await twin().start(async () => null);
    await gateway.until(() => gateway.subscriptions === 2 && gateway.connections === 1);
    const result = await channel.send(outbound(say(['1'])));
    expect(result).toMatchObject({ ok: false, failure: { code: 'wecom_bot.taken_over', retryable: true, ours: true } });
    // Its messages are the other's to send.
    expect(channel.canSend?.()).toBe(false);
    expect(meeting.time.delays.filter((delayMs) => delayMs < pingMs)).toEqual([]);
    expect(await meeting.end()).toContain('wecom_bot.taken_over');
    await begin();
  });

  it('is not tried again with a secret that WeCom refuses, which the log says', async () => {
    const { gateway, channel, time } = await begin({ isIdle: true, withSecret: 'anotherSecret' });
    await meeting.start(async () => null);
    await gateway.until(() => gateway.commands.length > 0 && gateway.connections === 0);
    expect(time.delays).toEqual([]);
    // What was not delivered tells staff why.
    expect(channel.canSend?.()).toBe(true);
    const result = await channel.send(outbound(say(['1'])));
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'wecom_bot.credentials', retryable: false, ours: true },
    });
    const log = await meeting.end();
    expect(log).toContain('WECOM_BOT_SECRET');
    expect(log).not.toContain('anotherSecret');
    await begin();
  });

  it('is not made again after the bot has closed it', async () => {
    const { gateway, channel, time } = await begin();
    await channel.stop();
    await channel.close?.();
    await gateway.until(() => gateway.connections === 0);
    expect(time.delays).toEqual([]);
  });

  it('that waits to come back ends with the bot', async () => {
    const { gateway, channel, time } = await begin();
    gateway.drop();
    await time.untilWaiting(firstMs);
    await channel.close?.();
    expect(time.delays).toEqual([]);
    expect(gateway.connections).toBe(0);
  });
});

it('logs no secret, whatever becomes of the connection', async () => {
  const { gateway } = await begin();
  gateway.drop();
  await comeBack(firstMs);
  expect(await meeting.end()).not.toContain(botSecret);
  await begin();
});
