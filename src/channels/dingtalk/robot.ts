/**
 * The enterprise robot over HTTP: takes what DingTalk posts, hands it on and answers with nothing, so that the answer
 * goes out through the sender. How long DingTalk waits for a response is not documented.
 */
import type { Clock } from '../../clock';
import type { DingtalkConfig } from '../../config';
import type { Log } from '../../log';
import { problems } from '../../problems';
import { AtWork } from '../at-work';
import type { Answer, Channel, Inbound, Quota, Receive, Route, WebRequest, WebResponse } from '../channel';
import { type Later, laterOnTimer } from '../later';
import { createRobotApi } from './api';
import { createCaller, type Timeouts, timeouts } from './caller';
import { Board } from './cards/board';
import { apiSecretOf, cardPath, createRouteKey, judgeCardSignature } from './cards/route';
import { Taps } from './cards/taps';
import { channelName, type Decoded, decodeRobotMessage } from './decode';
import { createPersistence } from './persistence';
import { createFileOpener } from './received-file';
import { createWayOut } from './send';
import { judgeRobotSignature, type SignatureVerdict } from './sign';

const path = '/callback/dingtalk/robot';
const bodyLimitBytes = 1024 * 1024;

/**
 * 20 a minute is what DingTalk grants a robot in a group, 20 calls a second an organisation on the standard edition: a part
 * with a file takes two, its upload being one.
 */
export const quotas: readonly Quota[] = [
  { per: 'chat', count: 20, seconds: 60 },
  { per: 'channel', count: 10, seconds: 1 },
];

/** Said in the response itself, since there is nobody to send to. */
export const unidentifiedText =
  '抱歉，暂时无法确认您的身份：您可能不在本组织的通讯录中，或机器人应用尚未发布。请联系市局管理员处理后再试。';

export interface RobotOptions {
  readonly wait?: Timeouts;
  readonly later?: Later;
  /** Told of each call that counts against the month. */
  readonly count?: () => void;
  /** Whether so much of the month is used that cards do not go any more. */
  readonly isShort?: () => Promise<boolean>;
}

export function createDingtalkRobot(
  config: DingtalkConfig,
  clock: Clock,
  log: Log,
  { wait = timeouts, later = laterOnTimer, count = () => undefined, isShort = async () => false }: RobotOptions = {},
): Channel {
  const ownLog = log.child({ channel: channelName });
  const caller = createCaller({ config, clock, wait, count });
  const api = createRobotApi(caller, config.robotCode);
  const routeKey = createRouteKey({ config, caller, clock, log: ownLog });
  const board = new Board({ config, caller, clock, log: ownLog, routeKey, isShort });
  const taps = new Taps({ persistence: createPersistence(later, ownLog), api, later, log: ownLog });
  const door = new Door();
  const receiver = { ...config, open: createFileOpener(api, wait.uploadMs) };
  const hear: Work = async (request, receive) => {
    admit(judgeRobotSignature(request.headers, config.clientSecret, clock.now()));
    return respond(decodeRobotMessage(parse(request.body), receiver), receive, ownLog);
  };
  const feel: Work = async (request, receive) => {
    admit(judgeCardSignature(request.headers, apiSecretOf(config.clientSecret), clock.now()));
    return json(await taps.take(parse(request.body), receive));
  };
  const route = (path: string, work: Work): Route => ({ method: 'POST', path, bodyLimitBytes, handle: door.to(work) });
  return {
    name: channelName,
    routes: [route(path, hear), ...(config.cards ? [route(cardPath, feel)] : [])],
    quotas,
    async start(receive) {
      door.open(receive);
      // Nobody waits for it: until it is registered, messages go without cards.
      if (config.cards) void routeKey();
    },
    async stop() {
      await door.close();
      await taps.finish();
    },
    ...createWayOut({ config, clock, api, board, wait, log: ownLog }),
  };
}

type Work = (request: WebRequest, receive: Receive) => Promise<WebResponse>;

/** The way in and its life: nothing is taken before it opens and after it closes. */
class Door {
  private readonly atWork = new AtWork();
  private receive: Receive | null = null;

  to(work: Work): Route['handle'] {
    return async (request) => {
      if (!this.receive) throw problems.stopping();
      return this.atWork.follow(work(request, this.receive));
    };
  }

  open(receive: Receive): void {
    this.receive = receive;
  }

  async close(): Promise<void> {
    this.receive = null;
    await this.atWork.settle();
  }
}

function admit(verdict: SignatureVerdict): void {
  if (verdict === 'bad') throw problems.badSignature();
  if (verdict === 'stale') throw problems.stale();
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw problems.malformed('the body is no JSON');
  }
}

async function respond(decoded: Decoded, receive: Receive, log: Log): Promise<WebResponse> {
  switch (decoded.kind) {
    case 'message':
      return passOn(decoded.inbound, receive);
    case 'unidentified':
      log.warn({ code: 'dingtalk.unidentified' }, 'a message names no user id');
      return json({ msgtype: 'text', text: { content: unidentifiedText } });
    case 'exhausted':
      log.warn({ code: `dingtalk.${decoded.code}` }, 'the platform holds messages back');
      return json({ msgtype: 'empty' });
    case 'echo':
      return json({ msgtype: 'empty' });
    case 'misdirected':
      throw problems.wrongReceiver();
    case 'malformed':
      throw problems.malformed(decoded.what);
  }
}

/** A rejection goes through as a 500: nothing was stored, so the platform may deliver again. */
async function passOn(inbound: Inbound, receive: Receive): Promise<WebResponse> {
  const answer: Answer | null = await receive(inbound);
  return { ...json({ msgtype: 'empty' }), done: () => answer?.settle(false) };
}

function json(value: unknown): WebResponse {
  return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}
