import {
  cardCallbackSign,
  customWebhookSign,
  eventPushSign,
  isSameSignature,
  judgeRobotSignature,
  robotSign,
} from '../../../src/channels/dingtalk/sign';
import vectors from './vectors.json';

const {
  robotInboundHttp: robot,
  customWebhook: webhook,
  cardHttpCallback: card,
  eventHttpCallbackCrypto: event,
} = vectors;

describe('the signature of a robot message', () => {
  it.each([
    ['the recorded vector', robot.appSecret, robot.headers.timestamp, robot.headers.sign],
    ['the sample of the documentation', robot.docSample.appSecret, robot.docSample.timestamp, robot.docSample.sign],
  ])('is that of %s', (_, secret, timestamp, sign) => {
    expect(robotSign(timestamp, secret)).toBe(sign);
  });

  it.each(robot.windowCases)(
    'at $nowMs for a message of $timestamp is fresh: $accept',
    ({ nowMs, timestamp, accept }) => {
      const headers = { timestamp, sign: robotSign(timestamp, robot.appSecret) };
      expect(judgeRobotSignature(headers, robot.appSecret, new Date(nowMs))).toBe(accept ? 'good' : 'stale');
    },
  );

  it.each(Object.entries(robot.negative))('is not accepted when made the wrong way: %s', (_, sign) => {
    const headers = { ...robot.headers, sign };
    expect(judgeRobotSignature(headers, robot.appSecret, new Date(Number(headers.timestamp)))).toBe('bad');
  });

  it.each([
    ['no headers', {}],
    ['no signature', { timestamp: robot.headers.timestamp }],
    ['no timestamp', { sign: robot.headers.sign }],
    ['an empty signature', { ...robot.headers, sign: '' }],
    ['a timestamp that is no number', { timestamp: 'now', sign: robotSign('now', robot.appSecret) }],
    ['a signature cut short', { ...robot.headers, sign: robot.headers.sign.slice(0, -1) }],
    ['a URL-encoded signature', { ...robot.headers, sign: encodeURIComponent(robot.headers.sign) }],
    ['the timestamp of another message', { ...robot.headers, timestamp: '1760000000124' }],
  ])('is bad with %s', (_, headers) => {
    const now = new Date(Number(robot.headers.timestamp));
    expect(judgeRobotSignature(headers, robot.appSecret, now)).toBe('bad');
  });

  it('tells a difference in any place', () => {
    expect(isSameSignature('abcd', 'abcd')).toBe(true);
    expect(['bbcd', 'abcc', 'abc', 'abcde', ''].filter((other) => isSameSignature(other, 'abcd'))).toEqual([]);
  });
});

describe('the other formulas', () => {
  it('sign a custom group robot, and the address encodes the signature once', () => {
    const sign = customWebhookSign(webhook.timestamp, webhook.secret);
    const query = new URLSearchParams({ access_token: 'testtoken0000', timestamp: webhook.timestamp, sign });
    expect(sign).toBe(webhook.signBase64);
    expect(encodeURIComponent(sign)).toBe(webhook.signUrlEncoded);
    expect(`https://oapi.dingtalk.com/robot/send?${query}`).toBe(webhook.url);
  });

  it('sign a card callback', () => {
    const timestamp = card.headers['x-ddpaas-signature-timestamp'];
    expect(cardCallbackSign(timestamp, card.apiSecret)).toBe(card.headers['x-ddpaas-signature']);
  });

  it('sign an event push', () => {
    const { timestamp, nonce, msg_signature } = event.query;
    const { encrypt } = event.body;
    expect(eventPushSign({ token: event.token, timestamp, nonce, encrypt })).toBe(msg_signature);
  });
});
