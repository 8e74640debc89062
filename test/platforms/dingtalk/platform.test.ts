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

describe('the limits of the double', () => {
  const message = { robotCode: 'r', userIds: ['a'], msgKey: 'sampleText', msgParam: '{"content":"x"}' };
  const send = () => post('/v1.0/robot/oToMessages/batchSend', message, { 'x-acs-dingtalk-access-token': token });
  const later = (ms: number) => clock.set(new Date(clock.now().getTime() + ms));

  it('let 20 calls a second pass, and do not count what they refuse', async () => {
    for (let count = 0; count < 20; count += 1) expect((await send()).status).toBe(200);
    const code = 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi';
    expect(await send()).toMatchObject({ status: 403, body: { code } });
    expect(platform.meter).toMatchObject({ used: 20, refused: [{ limit: 'second' }] });
    later(1000);
    expect((await send()).status).toBe(200);
  });

  it('end a month’s calls until the next begins in China, tokens and sessions excepted', async () => {
    await platform.close();
    platform = await startDingtalkPlatform({
      clientId: 'c',
      clientSecret: 's',
      robotCode: 'r',
      clock,
      monthlyCalls: 1,
    });
    token = String((await post('/v1.0/oauth2/accessToken', { appKey: 'c', appSecret: 's' })).body['accessToken']);
    await send();
    const code = 'Forbidden.AccessDenied.ApiCountLimitForOrg';
    expect(await send()).toMatchObject({ status: 403, body: { code } });
    expect(await post('/robot/sendBySession?session=x', {})).toMatchObject({ status: 200, body: { errcode: 300001 } });
    clock.set(new Date('2025-07-31T16:00:00.000Z'));
    token = String((await post('/v1.0/oauth2/accessToken', { appKey: 'c', appSecret: 's' })).body['accessToken']);
    expect((await send()).status).toBe(200);
  });

  it.each([
    ['a picture', 'chart.png', 'image', 20 * 1024 * 1024, 0],
    ['a picture beyond 20 MB', 'chart.png', 'image', 20 * 1024 * 1024 + 1, 40006],
    ['a file beyond 20 MB', 'a.xlsx', 'file', 20 * 1024 * 1024 + 1, 40006],
  ])('answer an upload of %s', async (_, name, type, size, errcode) => {
    expect(await upload(name, type, Buffer.alloc(size))).toMatchObject({ errcode });
  });

  it('tell pictures and files apart', async () => {
    const { media_id: file } = await upload('a.xlsx', 'file', Buffer.from('x'));
    const picture = { ...message, msgKey: 'sampleImageMsg', msgParam: JSON.stringify({ photoURL: file }) };
    const headers = { 'x-acs-dingtalk-access-token': token };
    expect((await post('/v1.0/robot/oToMessages/batchSend', picture, headers)).status).toBe(400);
  });

  async function upload(name: string, type: string, bytes: Buffer): Promise<Record<string, unknown>> {
    const form = new FormData();
    form.set('type', type);
    form.set('media', new Blob([new Uint8Array(bytes)]), name);
    const response = await fetch(`${platform.url}/media/upload?${new URLSearchParams({ access_token: token })}`, {
      method: 'POST',
      body: form,
    });
    return (await response.json()) as Record<string, unknown>;
  }
});
