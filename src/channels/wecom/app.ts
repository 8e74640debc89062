/** WeCom's self-built app (自建应用) as a channel: hears private chats through the callback, pushes through the API. */
import type { Clock } from '../../clock';
import type { WecomAppConfig } from '../../config';
import type { Log } from '../../log';
import type { Channel, Quota } from '../channel';
import { UploadStore } from '../upload-store';
import { WecomApi } from './api';
import { Callback } from './callback';
import { ChoiceCards } from './choice-cards';
import { mediaOf } from './media';
import { Push } from './push';
import { recallThrough } from './recall';
import { createFileOpener } from './received-file';
import { peopleAtMost } from './send-to-people';

export interface WecomTiming {
  readonly callLimitMs: number;
  /** Before a file is fetched once more that somebody else was fetching. */
  readonly fetchPauseMs: number;
}

const defaultTiming: WecomTiming = { callLimitMs: 10_000, fetchPauseMs: 1_000 };

/**
 * A member gets 30 messages a minute and 1000 an hour from an app; WeCom drops the rest without a word. A company calls each
 * API 10,000 times a minute, here evenly over its seconds (path 90454).
 */
const quotas: readonly Quota[] = [
  { per: 'chat', count: 30, seconds: 60 },
  { per: 'chat', count: 1000, seconds: 3600 },
  { per: 'channel', count: 166, seconds: 1 },
];

export function createWecomApp(config: WecomAppConfig, clock: Clock, log: Log, timing = defaultTiming): Channel {
  const api = new WecomApi({ config, clock, callLimitMs: timing.callLimitMs });
  const sending = { api, agentId: config.agentId };
  const cards = new ChoiceCards({ ...sending, clock, log });
  const callback = new Callback({ config, clock, log, cards, open: createFileOpener(api, timing) });
  const uploads = new UploadStore(clock, mediaOf(api));
  const push = new Push({ sending, uploads, cards, allowsMarkdown: config.markdown, log });
  return {
    name: 'wecom',
    routes: callback.routes,
    quotas,
    start: async (receive) => callback.start(receive),
    stop: () => callback.stop(),
    send: (message) => push.send(message),
    recall: recallThrough(api),
    broadcast: { most: peopleAtMost, send: (messages) => push.sendToMany(messages) },
  };
}
