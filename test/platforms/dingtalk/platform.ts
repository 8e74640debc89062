/**
 * DingTalk for tests: a real HTTP server that refuses what DingTalk documents that it refuses, remembers what it took,
 * and posts signed messages to a robot. It shares no code with the channel; it proves agreement with the documentation only.
 */
import {
  change,
  createAndDeliver,
  registerCallback,
  type ShownCard,
  type Tap,
  tapBody,
  tapOverHttp,
  updateCard,
} from './cards';
import { type Delivered, type Delivery, deliver, robotMessage } from './deliver';
import { describeUser, listRobots } from './directory';
import { cardTopic, Gateway } from './gateway';
import { type Call, type Handling, jsonOf, ok, oldError, type Reply, refuse, serve } from './http';
import type { Meter } from './meter';
import { giveFile, locateFile, recallFromGroup, recallPrivate, sendOneToOne, sendToGroup } from './robot-api';
import { sendBySession } from './webhooks';
import { type PlatformOptions, type Sent, type Upload, World } from './world';

export interface DingtalkPlatform {
  /** Serves as apiUrl and as oapiUrl. */
  readonly url: string;
  readonly sent: readonly Sent[];
  readonly recalled: readonly Sent[];
  readonly uploads: readonly Upload[];
  /** Paths in the order of the calls, those that failed included. */
  readonly calls: readonly string[];
  readonly groups: Set<string>;
  readonly unknownStaff: Set<string>;
  readonly slowedStaff: Set<string>;
  readonly cards: readonly ShownCard[];
  /** Addresses that were registered for taps over HTTP. */
  readonly cardRoutes: ReadonlyMap<string, { readonly url: string; readonly apiSecret: string }>;
  /** The calls that count, and those that broke a limit. */
  readonly meter: Meter;
  /** Stream mode: its connections and what went over them. */
  readonly gateway: Gateway;
  /** The next call of this path is handled so and not looked at; several queue up. */
  failNext(path: string, handling: Handling): void;
  /** Keeps a file that somebody sends to the robot, and returns its download code. */
  keepSent(bytes: Buffer): string;
  expireTokens(): void;
  forgetSessions(): void;
  deliver(botUrl: string, message: Delivery): Promise<Delivered>;
  /** Pushes a message over Stream, and returns the id of its frame. */
  push(message: Delivery): string;
  /** Somebody taps a button, and the card changes by the answer: posted to an address, or pushed over Stream. */
  tapOverHttp(botUrl: string, tap: Tap): Promise<Delivered>;
  tapOverStream(tap: Tap): Promise<unknown>;
  /** Resolves with the first value that is there once something was sent or happened over Stream. */
  until<T>(look: () => T | undefined | false): Promise<T>;
  close(): Promise<void>;
}

type Endpoint = (world: World, call: Call) => Reply | Promise<Reply>;

const endpoints: Readonly<Record<string, Endpoint>> = {
  '/v1.0/oauth2/accessToken': giveToken,
  '/v1.0/robot/oToMessages/batchSend': sendOneToOne,
  '/v1.0/robot/groupMessages/send': sendToGroup,
  '/v1.0/robot/otoMessages/batchRecall': recallPrivate,
  '/v1.0/robot/groupMessages/recall': recallFromGroup,
  '/v1.0/robot/messageFiles/download': locateFile,
  '/v1.0/robot/groups/robots/query': listRobots,
  '/topapi/v2/user/get': describeUser,
  '/robot/sendBySession': sendBySession,
  '/media/upload': takeUpload,
  '/v1.0/card/instances/createAndDeliver': createAndDeliver,
  '/v1.0/card/callbacks/register': registerCallback,
};

const methods: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  POST: endpoints,
  PUT: { '/v1.0/card/instances': updateCard },
};

const metered = /^\/(v1\.0\/(robot|card)|media)\//;

/** Tokens, the directory and answers to a session are free. */
function overLimit(world: World, path: string): Reply | null {
  const limit = metered.test(path) ? world.meter.take(path) : null;
  if (!limit) return null;
  if (path === '/media/upload') return limit === 'month' ? oldError(90020, 'no') : oldError(90018, 'no');
  const code = limit === 'month' ? 'ApiCountLimitForOrg' : 'QpsLimitForAppkeyAndApi';
  return refuse(403, `Forbidden.AccessDenied.${code}`);
}

export async function startDingtalkPlatform(options: PlatformOptions): Promise<DingtalkPlatform> {
  const world = new World(options);
  const gateway = await Gateway.open(world);
  const calls: string[] = [];
  const failures: { path: string; handling: Handling }[] = [];
  const served = await serve(async (call) => {
    calls.push(call.path);
    const failing = failures.findIndex(({ path }) => path === call.path);
    const [failure] = failing < 0 ? [] : failures.splice(failing, 1);
    if (failure) return failure.handling;
    if (call.path === '/v1.0/gateway/connections/open') return gateway.give(call);
    if (call.method === 'GET' && call.path === '/storage/robot.file') return giveFile(world, call);
    const endpoint = methods[call.method]?.[call.path];
    if (!endpoint) return refuse(404, 'InvalidAction.NotFound');
    return overLimit(world, call.path) ?? endpoint(world, call);
  });
  const { url } = served;
  const { sent, recalled, uploads, groups, unknownStaff, slowedStaff, cards, cardRoutes, meter } = world;
  return {
    ...{ url, calls, sent, recalled, uploads, groups, unknownStaff, slowedStaff, gateway },
    ...{ cards, cardRoutes, meter },
    failNext: (path, handling) => void failures.push({ path, handling }),
    keepSent: (bytes) => world.keepSent(bytes),
    expireTokens: () => world.expireTokens(),
    forgetSessions: () => world.forgetSessions(),
    deliver: (botUrl, message) => deliver(world, url, botUrl, message),
    push: (message) => gateway.push(robotMessage(world, url, message)),
    tapOverHttp: (botUrl, tap) => tapOverHttp(world, botUrl, tap),
    async tapOverStream(tap) {
      const { data } = await gateway.ackOf(gateway.push(tapBody(tap), cardTopic));
      const { response, ...more } = data as Record<string, unknown>;
      if (Object.keys(more).length > 0) throw new Error('an answer over Stream holds nothing but `response`');
      change(world, tap, response);
      return response;
    },
    until: (look) => world.watch.until(look),
    async close() {
      await gateway.close();
      await served.close();
    },
  };
}

function giveToken(world: World, call: Call): Reply {
  const body = jsonOf(call);
  const { clientId, clientSecret } = world.options;
  if (body?.['appKey'] !== clientId || body['appSecret'] !== clientSecret)
    return refuse(400, 'invalidClientIdOrSecret');
  return ok(world.giveToken());
}

/** Pictures and files alike. */
const uploadLimitBytes = 20 * 1024 * 1024;

const uploadExtensions: Readonly<Record<string, RegExp>> = {
  image: /\.(jpe?g|gif|png|bmp)$/i,
  file: /\.(docx?|xlsx?|pptx?|zip|pdf|rar)$/i,
};

async function takeUpload(world: World, call: Call): Promise<Reply> {
  if (!world.isToken(call.query.get('access_token'))) return oldError(40014, '不合法的access_token');
  const type = { 'content-type': call.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(call.body), { headers: type }).formData();
  const kind = String(form.get('type'));
  const media = form.get('media');
  if (!(media instanceof Blob) || !('name' in media)) return oldError(40035, 'miss param : media');
  if (!uploadExtensions[kind]?.test(media.name)) return oldError(40005, '不合法的文件类型');
  const bytes = Buffer.from(await media.arrayBuffer());
  if (bytes.length > uploadLimitBytes) return oldError(40006, '不合法的文件大小');
  const mediaId = world.addUpload({ type: kind, name: media.name, bytes });
  return ok({ errcode: 0, errmsg: 'ok', media_id: mediaId, created_at: world.nowMs(), type: kind });
}
