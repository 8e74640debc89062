/** WeCom's self-built app (自建应用) as a channel: hears private chats through the callback, pushes through the API. */
import type { Clock } from '../../clock';
import type { WecomAppConfig } from '../../config';
import type { Log } from '../../log';
import type { Channel, Quota } from '../channel';
import { WecomApi } from './api';
import { Callback } from './callback';
import { MediaStore } from './media';
import { Push } from './push';

export interface WecomTiming {
  readonly callLimitMs: number;
}

const defaultTiming: WecomTiming = { callLimitMs: 10_000 };

/** What one member gets from an app; WeCom drops the rest without a word (path 90454). */
const quotas: readonly Quota[] = [
  { per: 'chat', count: 30, seconds: 60 },
  { per: 'chat', count: 1000, seconds: 3600 },
];

export function createWecomApp(config: WecomAppConfig, clock: Clock, log: Log, timing = defaultTiming): Channel {
  const api = new WecomApi({ config, clock, callLimitMs: timing.callLimitMs });
  const callback = new Callback({ config, clock, log });
  const push = new Push(api, new MediaStore(api, clock), config.agentId);
  return {
    name: 'wecom',
    routes: callback.routes,
    quotas,
    start: async (receive) => callback.start(receive),
    stop: () => callback.stop(),
    send: (message) => push.send(message),
  };
}
