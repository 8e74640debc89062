/**
 * The enterprise robot over HTTP: takes what DingTalk posts, hands it on and answers with nothing, so that the answer
 * goes out through the sender. How long DingTalk waits for a response is not documented.
 */
import type { Clock } from '../../clock';
import type { DingtalkConfig } from '../../config';
import type { Log } from '../../log';
import { problems } from '../../problems';
import type { Answer, Channel, Inbound, Quota, Receive, WebRequest, WebResponse } from '../channel';
import { createRobotApi, type Timeouts, timeouts } from './api';
import { channelName, type Decoded, decodeRobotMessage, type Receiver } from './decode';
import { createFileOpener } from './received-file';
import { createWayOut } from './send';
import { judgeRobotSignature } from './sign';

const path = '/callback/dingtalk/robot';
const bodyLimitBytes = 1024 * 1024;

/** 20 a minute is what DingTalk grants a robot in a group, 20 a second an organisation on the standard edition. */
export const quotas: readonly Quota[] = [
  { per: 'chat', count: 20, seconds: 60 },
  { per: 'channel', count: 20, seconds: 1 },
];

/** Said in the response itself, since there is nobody to send to. */
export const unidentifiedText =
  '抱歉，暂时无法确认您的身份：您可能不在本组织的通讯录中，或机器人应用尚未发布。请联系市局管理员处理后再试。';

export function createDingtalkRobot(
  config: DingtalkConfig,
  clock: Clock,
  log: Log,
  wait: Timeouts = timeouts,
): Channel {
  const ownLog = log.child({ channel: channelName });
  const api = createRobotApi(config, clock, wait);
  const receiver = createReceiver({ ...config, open: createFileOpener(api, wait.uploadMs) }, clock, ownLog);
  return {
    name: channelName,
    routes: [{ method: 'POST', path, bodyLimitBytes, handle: receiver.handle }],
    quotas,
    start: receiver.start,
    stop: receiver.stop,
    ...createWayOut({ config, clock, api, wait, log: ownLog }),
  };
}

/** The way in and its life: nothing is taken before `start` and after `stop`. */
function createReceiver(config: DingtalkConfig & Receiver, clock: Clock, log: Log) {
  const atWork = new Set<Promise<unknown>>();
  let receive: Receive | null = null;

  async function handle(request: WebRequest): Promise<WebResponse> {
    if (!receive) throw problems.stopping();
    verify(request, config, clock);
    const work = respond(decodeRobotMessage(parse(request.body), config), receive, log);
    atWork.add(work);
    return work.finally(() => atWork.delete(work));
  }

  return {
    handle,
    async start(given: Receive) {
      receive = given;
    },
    async stop() {
      receive = null;
      await Promise.allSettled(atWork);
    },
  };
}

function verify(request: WebRequest, config: DingtalkConfig, clock: Clock): void {
  const verdict = judgeRobotSignature(request.headers, config.clientSecret, clock.now());
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
