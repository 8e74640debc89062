/**
 * Cards on DingTalk's side: created and delivered by the rules of their page and its table of errors, tapped by people, and
 * changed by the answer to a tap. Refuses what the pages refuse, and what an answer may not hold.
 */
import { createHmac } from 'node:crypto';
import { type Call, jsonOf, ok, type Reply, refuse } from './http';
import type { World } from './world';

type Variables = Readonly<Record<string, string>>;

export interface ShownCard {
  readonly outTrackId: string;
  readonly spaceType: 'IM_ROBOT' | 'IM_GROUP';
  /** The people or the group whom it has reached. */
  readonly spaces: readonly string[];
  /** What everybody sees. */
  variables: Variables;
  readonly title: string;
  /** Null over Stream. */
  readonly routeKey: string | null;
  /** What only one person sees, by user id. */
  readonly privately: Map<string, Variables>;
}

const keyLimitBytes = 100;
const valueLimitBytes = 1024;
const prefix = 'dtv1.card//';

type Json = Record<string, unknown>;

export function createAndDeliver(world: World, call: Call): Reply {
  const body = jsonOf(call);
  if (!world.isToken(call.headers['x-acs-dingtalk-access-token'])) return refuse(400, 'InvalidAuthentication');
  const wrong = body ? findFault(world, body) : 'param.empty';
  if (wrong || !body) return refuse(400, wrong ?? 'param.empty');
  const { type, ids } = readSpaces(String(body['openSpaceId']));
  const reached = ids.filter((id) => (type === 'IM_GROUP' ? world.groups.has(id) : !world.unknownStaff.has(id)));
  const space = body[type === 'IM_GROUP' ? 'imGroupOpenSpaceModel' : 'imRobotOpenSpaceModel'] as Json;
  const card: ShownCard = {
    outTrackId: String(body['outTrackId']),
    spaceType: type === 'IM_GROUP' ? 'IM_GROUP' : 'IM_ROBOT',
    spaces: reached,
    variables: (body['cardData'] as { cardParamMap: Variables }).cardParamMap,
    title: (space['lastMessageI18n'] as Variables | undefined)?.['ZH_CN'] ?? '',
    routeKey: body['callbackType'] === 'HTTP' ? String(body['callbackRouteKey']) : null,
    privately: new Map(),
  };
  world.showCard(card);
  const deliverResults = ids.map((spaceId) => {
    const success = reached.includes(spaceId);
    return { spaceType: type, spaceId, success, ...(success ? { carrierId: world.nextKey() } : { errorMsg: 'no' }) };
  });
  return ok({ success: true, result: { outTrackId: card.outTrackId, deliverResults } });
}

/** The code of the page's table of errors, where it has one. */
function findFault(world: World, body: Json): string | null {
  const { outTrackId, cardTemplateId, callbackType, callbackRouteKey } = body;
  if (!isText(outTrackId)) return 'param.outTrackIdEmpty';
  if (!isText(cardTemplateId)) return 'param.cardTemplateIdEmpty';
  if (cardTemplateId !== world.options.cardTemplateId) return 'param.templateNotExist';
  if (world.cards.some((card) => card.outTrackId === outTrackId)) return 'param.cardAlreadyExist';
  if (callbackType !== 'STREAM' && callbackType !== 'HTTP') return 'param.invalid';
  if (callbackType === 'HTTP' && !world.cardRoutes.has(String(callbackRouteKey))) return 'param.invalid';
  if (body['userIdType'] !== undefined && body['userIdType'] !== 1) return 'param.invalid';
  return findFaultOfData(body) ?? findFaultOfSpaces(world, body);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function findFaultOfData(body: Json): string | null {
  const { cardParamMap } = (body['cardData'] ?? {}) as Json;
  if (!cardParamMap || Object.keys(cardParamMap).length === 0) return 'param.cardPublicDataEmpty';
  return isVariables(cardParamMap) ? null : 'param.invalid';
}

/** 属性字段只支持 String 类型; key 最长不超过100B, value 最长不超过1KB */
function isVariables(given: unknown): given is Variables {
  return Object.entries(given as Json).every(
    ([key, value]) =>
      typeof value === 'string' &&
      Buffer.byteLength(key) <= keyLimitBytes &&
      Buffer.byteLength(value) <= valueLimitBytes,
  );
}

function findFaultOfSpaces(world: World, body: Json): string | null {
  const { openSpaceId } = body;
  if (!isText(openSpaceId)) return 'param.openSpaceIdEmpty';
  const { type, ids } = readSpaces(openSpaceId);
  if (ids.length === 0 || !type) return 'param.openSpaceIdInvalid';
  const [space, deliver] = (
    type === 'IM_GROUP'
      ? [body['imGroupOpenSpaceModel'], body['imGroupOpenDeliverModel']]
      : [body['imRobotOpenSpaceModel'], body['imRobotOpenDeliverModel']]
  ) as [Json | undefined, Json | undefined];
  if (typeof space?.['supportForward'] !== 'boolean') return 'param.openSpaceModelInvalid';
  if (!deliver) return 'param.openDeliverModelEmpty';
  const isRight = deliver['robotCode'] === world.options.robotCode;
  return isRight && (type === 'IM_GROUP' || deliver['spaceType'] === 'IM_ROBOT') ? null : 'param.openDeliverModelError';
}

/** `dtv1.card//spaceType1.spaceId1;spaceType1.spaceId2`; here all of one type. */
function readSpaces(openSpaceId: string): { type: string | null; ids: readonly string[] } {
  const parts = openSpaceId.startsWith(prefix) ? openSpaceId.slice(prefix.length).split(';') : [];
  const spaces = parts.map((part) => /^(IM_GROUP|IM_ROBOT)\.(.+)$/.exec(part));
  const types = new Set(spaces.map((space) => space?.[1]));
  const [type] = types;
  return types.size === 1 && type ? { type, ids: spaces.map((space) => space?.[2] ?? '') } : { type: null, ids: [] };
}

/** 更新卡片: without `updateCardDataByKey` all variables are replaced. */
export function updateCard(world: World, call: Call): Reply {
  const body = jsonOf(call);
  if (!world.isToken(call.headers['x-acs-dingtalk-access-token'])) return refuse(400, 'InvalidAuthentication');
  const card = world.cards.find(({ outTrackId }) => outTrackId === body?.['outTrackId']);
  if (!body || !card) return refuse(400, 'param.cardNotExist');
  const fault = findFaultOfData(body);
  if (fault) return refuse(400, fault);
  const { cardParamMap } = body['cardData'] as { cardParamMap: Variables };
  const isByKey = ((body['cardUpdateOptions'] ?? {}) as Json)['updateCardDataByKey'] === true;
  card.variables = isByKey ? { ...card.variables, ...cardParamMap } : cardParamMap;
  world.watch.ring();
  return ok({ success: true, result: true });
}

/** 注册卡片回调地址: without `forceUpdate` an address that is registered stays. */
export function registerCallback(world: World, call: Call): Reply {
  const body = jsonOf(call);
  if (!world.isToken(call.headers['x-acs-dingtalk-access-token'])) return refuse(400, 'InvalidAuthentication');
  const { callbackRouteKey: key, callbackUrl: url, apiSecret, forceUpdate } = body ?? {};
  if (!isText(key) || !isText(url) || !URL.canParse(url)) return refuse(400, 'param.invalid');
  if (typeof forceUpdate !== 'boolean' || (apiSecret !== undefined && !isText(apiSecret)))
    return refuse(400, 'param.invalid');
  if (forceUpdate || !world.cardRoutes.has(key)) world.cardRoutes.set(key, { url, apiSecret: apiSecret ?? '' });
  world.watch.ring();
  return ok({ success: true, result: { callbackUrl: world.cardRoutes.get(key)?.url } });
}

export interface Tap {
  readonly card: Pick<ShownCard, 'outTrackId'>;
  readonly by: string;
  /** Action id of the button. */
  readonly action: string;
  /** Sent in place of the tap. */
  readonly rawBody?: string;
  readonly sign?: 'right' | 'wrong' | 'none';
  readonly timestampOffsetMs?: number;
}

/** What the bot is told: the body over HTTP and the `data` of a Stream frame. */
export const tapBody = ({ card, by, action }: Tap) => ({
  type: 'actionCallback',
  outTrackId: card.outTrackId,
  corpId: 'dingcorp',
  userId: by,
  content: JSON.stringify({ cardPrivateData: { actionIds: [action], params: {} } }),
});

/** Posts a tap to an address, signed by the secret that was registered, and changes the card by the answer. */
export async function tapOverHttp(world: World, botUrl: string, tap: Tap): Promise<{ status: number; body: unknown }> {
  const headers = { 'content-type': 'application/json', ...signature(world, tap) };
  const body = tap.rawBody ?? JSON.stringify(tapBody(tap));
  const response = await fetch(botUrl, { method: 'POST', headers, body });
  const answer: unknown = JSON.parse((await response.text()) || 'null');
  if (response.status === 200) change(world, tap, answer);
  return { status: response.status, body: answer };
}

function signature(world: World, { sign = 'right', timestampOffsetMs = 0 }: Tap): Record<string, string> {
  if (sign === 'none') return {};
  const [route] = world.cardRoutes.values();
  const timestamp = String(world.nowMs() + timestampOffsetMs);
  const mac = createHmac('sha256', sign === 'wrong' ? 'another secret' : (route?.apiSecret ?? ''));
  const value = mac.update(timestamp).digest('base64');
  return { 'x-ddpaas-signature-timestamp': timestamp, 'x-ddpaas-signature': value };
}

/** Changes what whoever tapped sees; throws at an answer that the page does not allow. */
export function change(world: World, { card: { outTrackId }, by }: Tap, answer: unknown): void {
  const { userPrivateData, cardData, cardUpdateOptions, ...more } = answer as Record<string, Json | undefined>;
  if (Object.keys(more).length > 0) throw new Error(`no field of an answer to a tap: ${Object.keys(more).join()}`);
  if (cardData) throw new Error('what everybody sees was changed by one of them');
  if (!userPrivateData) return;
  const { cardParamMap } = userPrivateData;
  if (!isVariables(cardParamMap)) throw new Error('the variables are no short texts');
  // 不按 key 更新时全部数据被替换
  if (cardUpdateOptions?.['updatePrivateDataByKey'] !== true) throw new Error('all private data would be replaced');
  world.cards.find((card) => card.outTrackId === outTrackId)?.privately.set(by, cardParamMap);
  world.watch.ring();
}
