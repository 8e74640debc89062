import { describeRefusal } from '../../../src/channels/dingtalk/failures';

const permission = 'Forbidden.AccessDenied.AccessTokenPermissionDenied';
const unfamiliar = describeRefusal('brand.new').userText;

/** The codes of the error tables of batchSend, groupMessages/send, robot/send and 服务端错误码. */
describe('what DingTalk’s own codes mean for the sender', () => {
  it.each([
    [
      'may be sent again soon',
      true,
      false,
      ['system.error', 'system.busy', '-1', '15', 'isp.top-remote-connection-timeout', '88'],
    ],
    [
      'may be sent again later',
      true,
      false,
      ['send.too.fast', 'send.byToken.tooFast', 'too.many.people', 'too.many.group'],
    ],
    ['may be sent again when the platform has calmed', true, false, ['90018', '90002', '410100', '130101']],
    ['needs other credentials', true, true, ['InvalidAuthentication', '40014', '42001', '40001', '41001']],
    [
      'needs other settings',
      false,
      true,
      ['invalidClientIdOrSecret', 'invalidParameter.robotCode.auth', 'robotCode.notExsit'],
    ],
    [
      'needs a permission',
      false,
      true,
      [permission, '60011', 'IpNotInWhiteList', 'template.stopped', 'chatbotId.notAllow.sendOTO'],
    ],
    [
      'needs the robot in place',
      false,
      true,
      ['robot.oto.notExist', 'bot.stopped', 'resource.not.found', '400102', '400106'],
    ],
    [
      'cannot reach its addressee',
      false,
      false,
      ['staffId.notExisted', 'invalid.openConversationId', 'group.disbanded'],
    ],
    [
      'cannot reach its chat',
      false,
      false,
      ['bot.forbidden.sendMessage', 'session.expired', 'session.notExisted', '400013'],
    ],
    ['must wait for the next month', false, false, ['90020', 'Forbidden.AccessDenied.ApiCountLimitForOrg']],
    [
      'must be written otherwise',
      false,
      true,
      ['invalidParameter.msgParam.tooLong', 'invalidParameter.msgKey.invalid', 'miss.param.title'],
    ],
    [
      'must leave something out',
      false,
      true,
      ['contain.unsafe.url', '430101', '430104', '460101', '40035', '43004', '400105'],
    ],
  ])('a message %s', (_, retryable, ours, codes) => {
    for (const code of codes) {
      const failure = describeRefusal(code);
      expect(failure).toMatchObject({ code: `dingtalk.${code}`, retryable, ours, unknown: false });
      expect(failure.userText).not.toBe(unfamiliar);
    }
  });

  it.each([
    ['90018', 1_000],
    ['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 1_000],
    ['Forbidden.AccessDenied.QpsLimitForApi', 10_000],
    ['send.too.fast', 60_000],
    ['410100', 600_000],
    ['system.busy', null],
  ])('%s asks to wait %s ms', (code, waitMs) => {
    expect(describeRefusal(code).waitMs).toBe(waitMs);
  });
});
