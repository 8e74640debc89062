import { readWebhook } from '../../../src/channels/webhook/places';

const official = { wecomApiUrl: 'https://qyapi.weixin.qq.com', dingtalkOapiUrl: 'https://oapi.dingtalk.com' };
const key = '693a91f6-7d0c-4bc4-97a0-0ec2sifa5aaa';
const wecom = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`;
const dingtalk = 'https://oapi.dingtalk.com/robot/send?access_token=abcdef0123456789';

describe('the address of a group robot', () => {
  it.each([
    ['of WeCom', 'wecom-webhook', wecom, null, { token: key, signingSecret: null }],
    ['of DingTalk', 'dingtalk-webhook', dingtalk, null, { token: 'abcdef0123456789', signingSecret: null }],
    [
      'of DingTalk with 加签',
      'dingtalk-webhook',
      dingtalk,
      'SEC0123',
      { token: 'abcdef0123456789', signingSecret: 'SEC0123' },
    ],
    ['with more parameters', 'wecom-webhook', `${wecom}&debug=1`, null, { token: key, signingSecret: null }],
  ])('%s is kept as its secret parts', (_label, channel, given, secret, address) => {
    expect(readWebhook(official, channel, given, secret)).toEqual({ ok: true, address });
  });

  it.each([
    ['of another host', 'wecom-webhook', wecom.replace('qyapi', 'evil'), null],
    ['of a host that only begins so', 'wecom-webhook', wecom.replace('.com', '.com.evil.cn'), null],
    ['with an account before the host', 'wecom-webhook', wecom.replace('//', '//user@'), null],
    ['without encryption', 'wecom-webhook', wecom.replace('https', 'http'), null],
    ['of another port', 'wecom-webhook', wecom.replace('.com', '.com:8443'), null],
    ['of another page', 'wecom-webhook', wecom.replace('webhook/send', 'message/send'), null],
    ['of the other platform', 'wecom-webhook', dingtalk, null],
    ['that was cut off', 'wecom-webhook', wecom.slice(0, -30), null],
    ['without its key', 'wecom-webhook', wecom.replace('key=', 'k='), null],
    ['with two keys', 'wecom-webhook', `${wecom}&key=${key}`, null],
    ['that is no address', 'dingtalk-webhook', 'https:', null],
    ['of WeCom with a secret', 'wecom-webhook', wecom, 'SEC0123'],
    ['with a secret of another form', 'dingtalk-webhook', dingtalk, 'hunter2hunter2'],
  ])('%s is refused in Chinese, and not repeated', (_label, channel, given, secret) => {
    const read = readWebhook(official, channel, given, secret);
    expect(read).toEqual({ ok: false, reason: expect.stringMatching(/\p{Script=Han}/u) });
    expect(JSON.stringify(read)).not.toMatch(/693a91f6|abcdef0123|hunter2/);
  });

  it('follows the configured platform, below its path too', () => {
    const config = { ...official, wecomApiUrl: 'http://proxy.example:8080/wecom/' };
    const given = `http://proxy.example:8080/wecom/cgi-bin/webhook/send?key=${key}`;
    expect(readWebhook(config, 'wecom-webhook', given, null)).toMatchObject({ ok: true });
    expect(readWebhook(config, 'wecom-webhook', wecom, null)).toMatchObject({ ok: false });
  });

  it('means nothing to a channel that takes none', () => {
    expect(readWebhook(official, 'wecom', wecom, null)).toBeNull();
  });
});
