/**
 * WeCom's smart robot (智能机器人) as a channel: heard in private and, where it is mentioned, in groups. Connected by a
 * callback address it can only answer, and speak once more within the hour; over a long connection it also sends of its own
 * accord.
 */
import type { Clock } from '../../clock';
import type { WecomAppConfig, WecomBotConfig } from '../../config';
import type { Log } from '../../log';
import type { Channel, LookUp, TakeSpareWay } from '../channel';
import { type Later, laterOnTimer } from '../later';
import { WecomApi } from '../wecom/api';
import { Accounts } from './accounts';
import { BotCallback } from './callback';
import { channelName } from './decode';
import { LateAnswers } from './late-answers';
import { createLongRobot } from './long/robot';
import { createFileOpener } from './media';

export interface WecomBotParts {
  readonly clock: Clock;
  readonly log: Log;
  /** The self-built app of the same company, which can tell whose account an encrypted user id is. */
  readonly app: WecomAppConfig | null;
  /** The ids under which people talked to the robot in private before. */
  readonly knownUserIds: () => Promise<readonly string[]>;
  /** What became of a message to the robot. */
  readonly lookUp: LookUp;
  /** What a message to the robot left for saying something first. */
  readonly takeSpareWay: TakeSpareWay;
  readonly callLimitMs?: number;
  readonly later?: Later;
  readonly random?: () => number;
}

const defaultCallLimitMs = 10_000;

export function createWecomBot(config: WecomBotConfig, parts: WecomBotParts): Channel {
  const { app, clock, log, later = laterOnTimer, callLimitMs: limitMs = defaultCallLimitMs } = parts;
  const { apiUrl } = config;
  const accounts = new Accounts(app && new WecomApi({ config: app, clock, callLimitMs: limitMs }), log);
  const encodingAesKey = config.mode === 'callback' ? config.encodingAesKey : null;
  const open = createFileOpener({ apiUrl, encodingAesKey, limitMs });
  const common = { accounts, clock, log, apiUrl, later, open };
  if (config.mode === 'long') {
    const { knownUserIds, random = Math.random } = parts;
    return createLongRobot({ ...common, config, knownUserIds, random });
  }
  const { lookUp, takeSpareWay } = parts;
  const late = new LateAnswers({ accounts, apiUrl, clock, limitMs, takeSpareWay });
  const { token, encodingAesKey: aesKey } = config;
  const sayLate = late.say.bind(late);
  const callback = new BotCallback({ ...common, token, encodingAesKey: aesKey, lookUp, sayLate });
  return {
    name: channelName,
    routes: callback.routes,
    // What goes back in responses and to their addresses is counted against nothing.
    quotas: [],
    start: async (receive) => callback.start(receive),
    stop: () => callback.stop(),
    send: (message) => late.send(message),
  };
}
