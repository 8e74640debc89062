/** DingTalk's robot, over HTTP and over Stream, for the contract of all channels. */

import type { Delivery } from '../../platforms/dingtalk/deliver';
import type { Handling } from '../../platforms/dingtalk/http';
import type { DingtalkPlatform } from '../../platforms/dingtalk/platform';
import type { Flaw, Kind, Said, Subject, Trouble } from '../contract';
import { secret, startRig } from '../dingtalk/setup';
import { startStreamRig } from '../dingtalk/stream-setup';

const from = 'manager7';
const secrets = [secret, 'token-', 'sendBySession', 'session=', from, '小王'];
const chat = { channel: 'dingtalk', kind: 'private', id: from } as const;

const flaws: Partial<Record<Flaw, Partial<Delivery>>> = {
  'a wrong signature': { sign: 'wrong' },
  'no signature': { sign: 'none' },
  'another receiver': { fields: { robotCode: 'dingother' } },
  'a time of yesterday': { timestampOffsetMs: -24 * 3600_000 },
  'no sense': { rawBody: '[]' },
};

const handlings: Partial<Record<Trouble, Handling>> = {
  'throttles it': { status: 400, body: { code: 'send.too.fast', message: 'no', requestid: 'r' } },
  'fails with a 5xx': { status: 503, body: '<html>' },
  'refuses it with a 200': { status: 200, body: { errcode: '60011', errmsg: 'no' } },
  'is slow': 'hang',
  'breaks the connection': 'drop',
};

function deliveryOf({ text, key, flaw, isUnreadable }: Said): Delivery {
  const fields = isUnreadable ? { msgtype: 'video', text: undefined, content: { downloadCode: text } } : {};
  return { from, text, msgId: key, fields, ...(flaw && flaws[flaw]) };
}

const outgoing = (platform: DingtalkPlatform) => ({
  shown: async () => platform.sent.map(({ params }) => params['content'] ?? params['text'] ?? ''),
  trouble(what: Trouble) {
    const handling = handlings[what];
    if (handling) platform.failNext('/v1.0/robot/oToMessages/batchSend', handling);
    else platform.expireTokens();
    return undefined;
  },
});

async function openHttp(limits?: { readonly callLimitMs: number }): Promise<Subject> {
  const rig = await startRig(limits && { apiMs: limits.callLimitMs, uploadMs: limits.callLimitMs });
  const { channel, received: heard, platform } = rig;
  return {
    ...{ channel, heard, chat, secrets, ...outgoing(platform) },
    speak: async (said) => (await platform.deliver(rig.botUrl, deliveryOf(said))).status === 200,
    breakStorage: () => rig.receiveWith(() => Promise.reject(new Error('away'))),
    async end() {
      await rig.close();
      return rig.logged();
    },
  };
}

async function openStream(limits?: { readonly callLimitMs: number }): Promise<Subject> {
  // The connection is asked for under the same limit, and that must not be missed on a busy machine.
  const waitMs = limits && limits.callLimitMs * 10;
  const rig = await startStreamRig({}, waitMs === undefined ? undefined : { apiMs: waitMs, uploadMs: waitMs });
  await rig.connect();
  const { channel, received: heard, platform } = rig;
  return {
    ...{ channel, heard, chat, secrets, ...outgoing(platform) },
    async speak(said) {
      const count = heard.length + 1;
      const { code } = await platform.gateway.ackOf(platform.push(deliveryOf(said)));
      await rig.untilReceived(count);
      return code === 200;
    },
    async end() {
      await rig.close();
      return rig.logged();
    },
  };
}

const troubles = [
  'throttles it',
  'fails with a 5xx',
  'refuses it with a 200',
  'is slow',
  'breaks the connection',
  'has dropped the token',
] as const;

export const dingtalkHttp: Kind = {
  name: 'the DingTalk robot over HTTP',
  open: openHttp,
  hears: true,
  flaws: ['a wrong signature', 'no signature', 'another receiver', 'a time of yesterday', 'no sense'],
  troubles,
};

/** Its connection is the app's own, so nothing on it is signed. */
export const dingtalkStream: Kind = {
  name: 'the DingTalk robot over Stream',
  open: openStream,
  hears: true,
  flaws: [],
  troubles,
};
