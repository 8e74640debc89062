import { createDingtalkWebhook } from '../../../src/channels/webhook/dingtalk';
import { createWecomWebhook } from '../../../src/channels/webhook/wecom';
import { FixedClock } from '../../../src/clock';
import { sendWhole } from '../../channels/tries';
import { config, now } from '../../channels/webhook/setup';
import { startDingtalkGroups } from '../../platforms/webhook/dingtalk';
import { startWecomGroups } from '../../platforms/webhook/wecom';
import { walks } from '../walks';
import { describeColumn, outboundOf, type Shown, type Stage } from './show';

const key = '693a91f6-7d0c-4bc4-97a0-0ec2sifa5aaa';
const robot = { token: 'tokenOfTheSignedRobot', secret: 'SEC00testonly00c4d1e7a9b3f25860d9e1c7b4a3f2e5d6' };
const chat = (channel: string) => ({ channel, kind: 'group', id: 'webhook-1' }) as const;

/** They hear nothing, so they only carry what the bot tells a group of its own accord. */
async function open(): Promise<Stage> {
  const clock = new FixedClock(now);
  const wecom = await startWecomGroups([key], clock);
  const dingtalk = await startDingtalkGroups([robot], clock);
  const toWecom = createWecomWebhook(config(wecom.url), async () => ({ token: key, signingSecret: null }));
  const address = async () => ({ token: robot.token, signingSecret: robot.secret });
  const toDingtalk = createDingtalkWebhook(config(dingtalk.url), address, clock);
  return {
    async show(reply, number): Promise<Shown> {
      if (reply.kind === 'private' || reply.isAnswer) return {};
      clock.set(new Date(now.getTime() + number * 60_000));
      const before = [wecom.shown.length, dingtalk.shown.length];
      for (const channel of [toWecom, toDingtalk])
        expect(await sendWhole(channel, outboundOf(reply, chat(channel.name), number))).toEqual({ ok: true });
      return {
        企业微信群机器人: wecom.shown
          .slice(before[0])
          .map(({ text, msgtype, file }) => text || `［${file?.name || msgtype}］`),
        钉钉群机器人: dingtalk.shown.slice(before[1]).map(({ text }) => text),
      };
    },
    end: () => Promise.all([wecom.close(), dingtalk.close()]),
  };
}

const byTheClock = walks.filter(({ said }) => said.some((step) => 'until' in step));

describeColumn('the group robots of both platforms', open, byTheClock);
