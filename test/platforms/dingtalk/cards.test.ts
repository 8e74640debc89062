import { FixedClock } from '../../../src/clock';
import { change, tapBody } from './cards';
import { type DingtalkPlatform, startDingtalkPlatform } from './platform';
import { World } from './world';

const clock = new FixedClock(new Date('2025-07-02T01:30:00.000Z'));
const options = { clientId: 'c', clientSecret: 's', robotCode: 'r', cardTemplateId: 't.schema', clock };
let platform: DingtalkPlatform;
let token = '';

async function post(
  path: string,
  body: unknown,
  method = 'POST',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token };
  const response = await fetch(`${platform.url}${path}`, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

beforeEach(async () => {
  platform = await startDingtalkPlatform(options);
  token = String((await post('/v1.0/oauth2/accessToken', { appKey: 'c', appSecret: 's' })).body['accessToken']);
});
afterEach(() => platform.close());

const right = {
  cardTemplateId: 't.schema',
  outTrackId: 'o1',
  callbackType: 'STREAM',
  cardData: { cardParamMap: { content: 'x' } },
  openSpaceId: 'dtv1.card//IM_ROBOT.a;IM_ROBOT.b',
  imRobotOpenSpaceModel: { supportForward: false },
  imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: 'r' },
};
const create = (more: object = {}) => post('/v1.0/card/instances/createAndDeliver', { ...right, ...more });

describe('createAndDeliver of the double', () => {
  it('takes what is right, and says of each receiver whether the card is shown', async () => {
    platform.unknownStaff.add('b');
    expect(await create()).toMatchObject({
      status: 200,
      body: {
        result: {
          deliverResults: [
            { spaceId: 'a', success: true },
            { spaceId: 'b', success: false },
          ],
        },
      },
    });
    expect(platform.cards).toMatchObject([{ outTrackId: 'o1', spaces: ['a'] }]);
  });

  it.each([
    ['an unknown template', { cardTemplateId: 'other.schema' }, 'param.templateNotExist'],
    ['no name', { outTrackId: '' }, 'param.outTrackIdEmpty'],
    ['a callback type in small letters', { callbackType: 'stream' }, 'param.invalid'],
    ['a route that nobody registered', { callbackType: 'HTTP', callbackRouteKey: 'k' }, 'param.invalid'],
    ['a value that is no string', { cardData: { cardParamMap: { content: 1 } } }, 'param.invalid'],
    ['too long a value', { cardData: { cardParamMap: { content: '字'.repeat(342) } } }, 'param.invalid'],
    ['too long a key', { cardData: { cardParamMap: { ['k'.repeat(101)]: '' } } }, 'param.invalid'],
    ['no data', { cardData: {} }, 'param.cardPublicDataEmpty'],
    ['a space without its prefix', { openSpaceId: 'IM_ROBOT.a' }, 'param.openSpaceIdInvalid'],
    ['a space without its model', { imRobotOpenSpaceModel: undefined }, 'param.openSpaceModelInvalid'],
    ['no way of delivery', { imRobotOpenDeliverModel: undefined }, 'param.openDeliverModelEmpty'],
    ['another robot', { imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' } }, 'param.openDeliverModelError'],
    ['the models of a group', { openSpaceId: 'dtv1.card//IM_GROUP.g' }, 'param.openSpaceModelInvalid'],
  ])('refuses %s', async (_, wrong, code) => {
    expect(await create(wrong)).toMatchObject({ status: 400, body: { code } });
    expect(platform.cards).toEqual([]);
  });

  it('creates a card once', async () => {
    await create();
    expect(await create()).toMatchObject({ status: 400, body: { code: 'param.cardAlreadyExist' } });
  });
});

describe('callbacks/register of the double', () => {
  const register = (more: object) =>
    post('/v1.0/card/callbacks/register', { callbackRouteKey: 'k', callbackUrl: 'https://a.cn', ...more });

  it('keeps the first address unless it is forced', async () => {
    await register({ forceUpdate: false });
    await register({ forceUpdate: false, callbackUrl: 'https://b.cn' });
    expect(platform.cardRoutes.get('k')?.url).toBe('https://a.cn');
    await register({ forceUpdate: true, callbackUrl: 'https://b.cn' });
    expect(platform.cardRoutes.get('k')?.url).toBe('https://b.cn');
  });

  it.each([{ callbackUrl: 'a.cn' }, { callbackRouteKey: '' }, { apiSecret: '' }, { forceUpdate: 'true' }])(
    'refuses %j',
    async (wrong) => {
      expect((await register({ forceUpdate: true, ...wrong })).status).toBe(400);
    },
  );
});

describe('the update of a card of the double', () => {
  const update = (more: object) => post('/v1.0/card/instances', { outTrackId: 'o1', ...more }, 'PUT');
  const cardData = { cardParamMap: { label1: '' } };
  beforeEach(() => create());

  it.each([
    ['by key leaves the rest', { cardUpdateOptions: { updateCardDataByKey: true } }, { content: 'x', label1: '' }],
    ['otherwise replaces all', {}, { label1: '' }],
  ])('%s', async (_, more, variables) => {
    expect((await update({ cardData, ...more })).status).toBe(200);
    expect(platform.cards.map((card) => card.variables)).toEqual([variables]);
  });

  it.each([
    ['a card that there is not', { outTrackId: 'o2', cardData }],
    ['nothing to change', {}],
    ['a value that is no text', { cardData: { cardParamMap: { label1: 1 } } }],
  ])('is refused for %s', async (_, wrong) => {
    expect((await update(wrong)).status).toBe(400);
  });
});

describe('an answer to a tap', () => {
  const tap = { card: { outTrackId: 'o1' }, by: 'a', action: '1' };
  const take = (answer: unknown) => () => change(new World(options), tap, answer);

  it('is told who tapped what, as JSON in a text', () => {
    expect(JSON.parse(tapBody(tap).content)).toEqual({ cardPrivateData: { actionIds: ['1'], params: {} } });
  });

  it.each([
    ['wrapped as over Stream', { response: {} }],
    ['for everybody', { cardData: { cardParamMap: { chosen: 'x' } } }],
    ['that replaces all', { userPrivateData: { cardParamMap: { chosen: 'x' } } }],
    [
      'with a value that is no string',
      { userPrivateData: { cardParamMap: { chosen: 1 } }, cardUpdateOptions: { updatePrivateDataByKey: true } },
    ],
  ])('is refused %s', (_, answer) => {
    expect(take(answer)).toThrow();
  });

  it('may leave the card as it is', () => {
    expect(take({})).not.toThrow();
  });
});
