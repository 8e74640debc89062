import { customWebhookSign } from '../../../src/channels/dingtalk/sign';
import { FixedClock } from '../../../src/clock';
import { type DingtalkPlatform, startDingtalkPlatform } from './platform';

const now = new Date('2025-07-02T01:30:00.000Z');
const clock = new FixedClock(now);
let platform: DingtalkPlatform;
let token = '';

async function post(
  path: string,
  body: unknown,
  headers = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${platform.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

beforeEach(async () => {
  clock.set(now);
  platform = await startDingtalkPlatform({ clientId: 'c', clientSecret: 's', robotCode: 'r', clock });
  token = String((await post('/v1.0/oauth2/accessToken', { appKey: 'c', appSecret: 's' })).body['accessToken']);
});
afterEach(() => platform.close());

describe('batchSend of the double', () => {
  const right = { robotCode: 'r', userIds: ['a'], msgKey: 'sampleText', msgParam: '{"content":"x"}' };
  const send = (body: unknown, given = token) =>
    post('/v1.0/robot/oToMessages/batchSend', body, { 'x-acs-dingtalk-access-token': given });

  it('takes what is right', async () => {
    expect(await send(right)).toMatchObject({ status: 200, body: { invalidStaffIdList: [] } });
    expect(platform.sent).toHaveLength(1);
  });

  it.each([
    ['21 people', { userIds: Array(21).fill('a') }, 'invalidParameter.userIds.overMax'],
    ['nobody', { userIds: [] }, 'miss.param.userIds'],
    ['msgParam as an object', { msgParam: { content: 'x' } }, 'invalidParameter.msgParam.invalid'],
    ['msgParam that is no JSON', { msgParam: 'x' }, 'invalidParameter.msgParam.invalid'],
    ['a value that is no string', { msgParam: '{"content":1}' }, 'invalidParameter.msgParam.invalid'],
    [
      'too long a msgParam',
      { msgParam: JSON.stringify({ content: 'x'.repeat(15_000) }) },
      'invalidParameter.msgParam.tooLong',
    ],
    ['an unknown msgKey', { msgKey: 'sampleVideo' }, 'invalidParameter.msgKey.invalid'],
    [
      'an unknown file',
      { msgKey: 'sampleImageMsg', msgParam: '{"photoURL":"@x"}' },
      'invalidParameter.msgParam.invalid',
    ],
    ['another robot', { robotCode: 'x' }, 'invalidParameter.robotCode.auth'],
  ])('refuses %s', async (_, wrong, code) => {
    expect(await send({ ...right, ...wrong })).toMatchObject({ status: 400, body: { code } });
    expect(platform.sent).toEqual([]);
  });

  it('refuses a wrong token', async () => {
    expect(await send(right, 'other')).toMatchObject({ status: 400, body: { code: 'InvalidAuthentication' } });
  });
});

describe('the custom group robot of the double', () => {
  const body = { msgtype: 'text', text: { content: 'x' } };

  function address(timestamp: number, secret = platform.customRobot.secret): string {
    const sign = customWebhookSign(String(timestamp), secret);
    const query = { access_token: platform.customRobot.accessToken, timestamp: String(timestamp), sign };
    return `/robot/send?${new URLSearchParams(query)}`;
  }

  it.each([
    ['a right signature', () => address(now.getTime()), '0'],
    ['a wrong secret', () => address(now.getTime(), 'SECother'), 310000],
    ['an old timestamp', () => address(now.getTime() - 3_600_001), 310000],
    ['no signature', () => `/robot/send?access_token=${platform.customRobot.accessToken}`, 310000],
    ['another robot', () => '/robot/send?access_token=other', 300001],
  ])('answers %s', async (_, path, errcode) => {
    expect(await post(path(), body)).toMatchObject({ status: 200, body: { errcode } });
  });

  it('is silent for ten minutes after the 21st message in one', async () => {
    const answers: unknown[] = [];
    for (let count = 0; count < 21; count += 1)
      answers.push((await post(address(now.getTime()), body)).body['errcode']);
    expect(answers).toEqual([...Array(20).fill('0'), 410100]);
    clock.set(new Date(now.getTime() + 599_999));
    expect((await post(address(now.getTime()), body)).body['errcode']).toBe(410100);
    clock.set(new Date(now.getTime() + 600_000));
    expect((await post(address(now.getTime()), body)).body['errcode']).toBe('0');
  });
});
