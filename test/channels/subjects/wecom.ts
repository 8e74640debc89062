/** WeCom's self-built app for the contract of all channels. */

import type { Tampering } from '../../platforms/wecom/callbacks';
import type { NextFailure } from '../../platforms/wecom/platform';
import type { Flaw, Kind, Said, Subject, Trouble } from '../contract';
import { callbackKeys, meet, secret } from '../wecom/fixtures';

const tampering: Partial<Record<Flaw, Tampering>> = {
  'a wrong signature': 'signature',
  'no signature': 'unsigned',
  'another receiver': 'receiver',
  'no sense': 'sealed-junk',
};

const failures: Partial<Record<Trouble, NextFailure>> = {
  'throttles it': { errcode: 45009 },
  'fails with a 5xx': { status: 503 },
  'refuses it with a 200': { errcode: 40035 },
  'is slow': { delayed: true },
  'breaks the connection': { drop: true },
};

async function open(limits?: { readonly callLimitMs: number }): Promise<Subject> {
  const meeting = await meet({}, limits);
  const { channel, heard, platform, address } = meeting;
  const from = 'ZhangSan';
  return {
    ...{ channel, heard },
    chat: { channel: 'wecom', kind: 'private', id: 'zhangsan' },
    secrets: [secret, callbackKeys.token, callbackKeys.encodingAesKey, 'access_token', 'zhangsan', from],
    async speak({ text, key, flaw, isUnreadable }: Said) {
      const tamper = flaw && tampering[flaw];
      const fields: Readonly<Record<string, string>> = isUnreadable
        ? { MsgType: 'location', Label: text }
        : { MsgType: 'text', Content: text };
      const message = { from, fields, msgId: key, createTime: 1751421600, ...(tamper && { tamper }) };
      return (await platform.deliver(address, message)).status === 200;
    },
    breakStorage: () => meeting.start(() => Promise.reject(new Error('away'))),
    shown: async () => platform.sent.map(({ text }) => text),
    trouble(what) {
      const failure = failures[what];
      if (failure) platform.failNext(failure);
      else platform.expireTokens();
      return undefined;
    },
    end: meeting.end,
  };
}

export const wecomApp: Kind = {
  name: 'the WeCom app',
  open,
  hears: true,
  flaws: ['a wrong signature', 'no signature', 'another receiver', 'no sense'],
  troubles: [
    'throttles it',
    'fails with a 5xx',
    'refuses it with a 200',
    'is slow',
    'breaks the connection',
    'has dropped the token',
  ],
};
