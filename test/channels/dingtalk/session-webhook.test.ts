import { isSessionWebhook, isUsable } from '../../../src/channels/dingtalk/session-webhook';

const oapi = 'https://oapi.dingtalk.com';

describe('an address in an unsigned body', () => {
  it.each([
    ['https://oapi.dingtalk.com/robot/sendBySession?session=a', oapi],
    ['https://oapi.dingtalk.com:443/robot/sendBySession?session=a', oapi],
    ['http://127.0.0.1:4000/robot/sendBySession?session=a', 'http://127.0.0.1:4000'],
  ])('is called when it is the platform: %s', (address, oapiUrl) => {
    expect(isSessionWebhook(address, oapiUrl)).toBe(true);
  });

  it.each([
    ['plain http', 'http://oapi.dingtalk.com/robot/sendBySession'],
    ['another host', 'https://oapi.dingtalk.com.evil.example/robot/sendBySession'],
    ['another port', 'https://oapi.dingtalk.com:8443/robot/sendBySession'],
    ['the host as a user name', 'https://oapi.dingtalk.com@evil.example/robot/sendBySession'],
    ['a user name', 'https://me@oapi.dingtalk.com/robot/sendBySession'],
    ['another path', 'https://oapi.dingtalk.com/media/upload'],
    ['a path that climbs out', 'https://oapi.dingtalk.com/robot/../media/upload'],
    ['a path that climbs out encoded', 'https://oapi.dingtalk.com/robot/%2e%2e/media/upload'],
    ['a machine of ours', 'http://127.0.0.1/robot/sendBySession'],
    ['a file', 'file:///robot/sendBySession'],
    ['no address at all', 'robot/sendBySession'],
  ])('is never called with %s', (_, address) => {
    expect(isSessionWebhook(address, oapi)).toBe(false);
  });

  it('is left once it has expired', () => {
    const via = { handle: `${oapi}/robot/sendBySession`, expiresAt: '2025-07-01T01:00:00.000Z' };
    expect(isUsable(via, oapi, new Date('2025-07-01T00:59:59.999Z'))).toBe(true);
    expect(isUsable(via, oapi, new Date('2025-07-01T01:00:00.000Z'))).toBe(false);
  });
});
