/** The group robots of both platforms, which only write, for the contract of all channels. */
import { createDingtalkWebhook } from '../../../src/channels/webhook/dingtalk';
import { createWecomWebhook } from '../../../src/channels/webhook/wecom';
import { FixedClock } from '../../../src/clock';
import type { Handling } from '../../platforms/dingtalk/http';
import { startDingtalkGroups } from '../../platforms/webhook/dingtalk';
import { startWecomGroups } from '../../platforms/webhook/wecom';
import type { Kind, Subject, Trouble } from '../contract';
import { config, now } from '../webhook/setup';

type Limits = { readonly callLimitMs: number };

const timingOf = (limits?: Limits) => limits && { callLimitMs: limits.callLimitMs, uploadLimitMs: limits.callLimitMs };

function handlingOf(what: Trouble, tooFast: number, refused: number): Handling | 'taken' {
  if (what === 'is slow') return 'taken';
  if (what === 'breaks the connection') return 'drop';
  if (what === 'fails with a 5xx') return { status: 503, body: '<html>' };
  return { status: 200, body: { errcode: what === 'throttles it' ? tooFast : refused, errmsg: 'no' } };
}

const key = '693a91f6-7d0c-4bc4-97a0-0ec2sifa5aaa';

async function openWecom(limits?: Limits): Promise<Subject> {
  const clock = new FixedClock(now);
  const groups = await startWecomGroups([key], clock);
  const addressOf = async () => ({ token: key, signingSecret: null });
  return {
    channel: createWecomWebhook(config(groups.url), addressOf, timingOf(limits)),
    heard: [],
    chat: { channel: 'wecom-webhook', kind: 'group', id: 'webhook-1' },
    secrets: [key],
    shown: async () => groups.shown.map(({ text }) => text),
    trouble(what) {
      groups.failNext('/cgi-bin/webhook/send', handlingOf(what, 45009, 93000));
      return undefined;
    },
    end: () => groups.close().then(() => ''),
  };
}

const robot = { token: 'tokenOfTheSignedRobot', secret: 'SEC00testonly00c4d1e7a9b3f25860d9e1c7b4a3f2e5d6' };

async function openDingtalk(limits?: Limits): Promise<Subject> {
  const clock = new FixedClock(now);
  const groups = await startDingtalkGroups([robot], clock);
  const addressOf = async () => ({ token: robot.token, signingSecret: robot.secret });
  return {
    channel: createDingtalkWebhook(config(groups.url), addressOf, clock, timingOf(limits)),
    heard: [],
    chat: { channel: 'dingtalk-webhook', kind: 'group', id: 'webhook-1' },
    secrets: [robot.token, robot.secret],
    shown: async () => groups.shown.map(({ text }) => text),
    trouble(what) {
      groups.failNext(handlingOf(what, 410100, 300001));
      return undefined;
    },
    end: () => groups.close().then(() => ''),
  };
}

const common = {
  hears: false,
  flaws: [],
  troubles: ['throttles it', 'fails with a 5xx', 'refuses it with a 200', 'is slow', 'breaks the connection'],
} as const;

export const wecomGroupRobot: Kind = { name: 'the WeCom group robot', open: openWecom, ...common };
export const dingtalkGroupRobot: Kind = { name: 'the DingTalk group robot', open: openDingtalk, ...common };
