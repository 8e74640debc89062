/** WeCom's smart robot, called back and on its long connection, for the contract of all channels. */
import type { Tampering } from '../../platforms/wecom-bot/callbacks';
import type { NextFailure as LongFailure } from '../../platforms/wecom-bot/gateway';
import type { NextFailure } from '../../platforms/wecom-bot/web';
import type { Flaw, Kind, Said, Subject, Trouble } from '../contract';
import { botKeys, meet } from '../wecom-bot/fixtures';
import { botSecret, meetLong } from '../wecom-bot/long-fixtures';

const from = 'ZhangSan';
const chat = { channel: 'wecom-bot', kind: 'private', id: from } as const;

const tampering: Partial<Record<Flaw, Tampering>> = {
  'a wrong signature': 'signature',
  'no signature': 'unsigned',
  'another receiver': 'receiver',
  'no sense': 'sealed-junk',
};

const at = 'aibot/response';
const failures: Partial<Record<Trouble, NextFailure>> = {
  'throttles it': { at, errcode: 45009 },
  'fails with a 5xx': { at, status: 503 },
  'refuses it with a 200': { at, errcode: 40058 },
  'is slow': { at, delayed: true },
  'breaks the connection': { at, drop: true },
};

const spokenAs = ({ text, key, isUnreadable }: Said) => ({
  ...{ from, text, msgid: key },
  ...(isUnreadable && { said: { msgtype: 'video', video: { url: 'http://127.0.0.1:9/x' } } }),
});

async function openCallback(limits?: { readonly callLimitMs: number }): Promise<Subject> {
  const meeting = await meet(limits);
  const { channel, heard, web, time } = meeting;
  return {
    ...{ channel, heard, chat },
    secrets: [botKeys.token, botKeys.encodingAesKey, 'response_code', from, from.toLowerCase()],
    async speak({ flaw, ...said }: Said) {
      const tamper = flaw && tampering[flaw];
      return (await meeting.deliver({ ...spokenAs(said), ...(tamper && { tamper }) })).status === 200;
    },
    breakStorage: () => meeting.start(() => Promise.reject(new Error('away'))),
    replyVia: () => ({
      handle: web.responseUrl(),
      expiresAt: new Date(time.now().getTime() + 1800_000).toISOString(),
    }),
    shown: async () => web.posted,
    trouble(what) {
      const failure = failures[what];
      if (failure) web.failNext(failure);
      return undefined;
    },
    end: meeting.end,
  };
}

const cmd = 'aibot_send_msg';
const longFailures: Partial<Record<Trouble, LongFailure>> = {
  'throttles it': { cmd, errcode: 45009 },
  'refuses it with a 200': { cmd, errcode: 93006 },
  'is slow': { cmd, silent: true },
  'breaks the connection': { cmd, drop: true },
};

async function openLong(): Promise<Subject> {
  const meeting = await meetLong();
  const { channel, heard, gateway, time } = meeting;
  gateway.acquaint(from);
  return {
    ...{ channel, heard, chat },
    secrets: [botSecret, from, from.toLowerCase()],
    async speak(said) {
      const count = heard.length + 1;
      gateway.speak(spokenAs(said));
      await meeting.untilHeard(count);
      return true;
    },
    shown: async () => gateway.pushed.map(({ text }) => text),
    trouble(what) {
      const failure = longFailures[what];
      if (failure) gateway.failNext(failure);
      if (what !== 'is slow') return undefined;
      return async () => {
        await gateway.until(() => gateway.pushed.length === 1);
        time.advance(5_000);
      };
    },
    end: meeting.end,
  };
}

export const wecomBotCallback: Kind = {
  name: 'the WeCom robot that is called back',
  open: openCallback,
  hears: true,
  flaws: ['a wrong signature', 'no signature', 'another receiver', 'no sense'],
  troubles: ['throttles it', 'fails with a 5xx', 'refuses it with a 200', 'is slow', 'breaks the connection'],
  cutsLongTexts: true,
};

/** It subscribes with its secret and calls nobody over HTTP. */
export const wecomBotLong: Kind = {
  name: 'the WeCom robot on its long connection',
  open: openLong,
  hears: true,
  flaws: [],
  troubles: ['throttles it', 'refuses it with a 200', 'is slow', 'breaks the connection'],
};
