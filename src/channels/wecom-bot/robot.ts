/**
 * WeCom's smart robot (智能机器人) as a channel: heard in private and, where it is mentioned, in groups. Connected by a
 * callback address it can only answer; over a long connection it also sends of its own accord.
 */
import type { Clock } from '../../clock';
import type { WecomAppConfig, WecomBotConfig } from '../../config';
import type { Log } from '../../log';
import type { Channel, Outbound, SendResult } from '../channel';
import { type Later, laterOnTimer } from '../later';
import { WecomApi } from '../wecom/api';
import { Accounts } from './accounts';
import { BotCallback } from './callback';
import { channelName } from './decode';
import { failureOf } from './failures';
import { createLongRobot } from './long/robot';
import { createFileOpener } from './media';
import { cutToOne, markdownText, sayNoFiles } from './render';
import { isUsable, postAnswer } from './response-url';

export interface WecomBotParts {
  readonly clock: Clock;
  readonly log: Log;
  /** The self-built app of the same company, which can tell whose account an encrypted user id is. */
  readonly app: WecomAppConfig | null;
  /** The ids under which people talked to the robot in private before. */
  readonly knownUserIds: () => Promise<readonly string[]>;
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
  const callback = new BotCallback({ ...common, token: config.token, encodingAesKey: config.encodingAesKey });
  return {
    name: channelName,
    routes: callback.routes,
    // What goes back in responses and to their addresses is counted against nothing.
    quotas: [],
    start: async (receive) => callback.start(receive),
    stop: () => callback.stop(),
    send: (message) => answerLate(message, { apiUrl, now: clock.now(), limitMs }),
  };
}

/** The one message that may follow a callback; there is no other way to speak first. */
async function answerLate(
  { content, replyVia, went }: Outbound,
  { apiUrl, now, limitMs }: { readonly apiUrl: string; readonly now: Date; readonly limitMs: number },
): Promise<SendResult> {
  if (!isUsable(replyVia, apiUrl, now)) return { ok: false, failure: failureOf({ kind: 'no_way' }) };
  const markdown = { content: cutToOne(markdownText(sayNoFiles(content), true)) };
  const fault = await postAnswer(replyVia, { msgtype: 'markdown', markdown }, limitMs);
  if (fault) return { ok: false, failure: failureOf(fault) };
  went(null);
  return { ok: true };
}
