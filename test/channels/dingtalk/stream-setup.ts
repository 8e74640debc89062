/** A robot in Stream mode beside a DingTalk of its own, on time that stands still until it is moved. */
import type pino from 'pino';
import type { Channel, Inbound, Receive } from '../../../src/channels/channel';
import { type Timeouts, timeouts } from '../../../src/channels/dingtalk/caller';
import { createDingtalkStream } from '../../../src/channels/dingtalk/stream/stream';
import type { DingtalkConfig } from '../../../src/config';
import { createLog } from '../../../src/log';
import type { StreamConnection } from '../../platforms/dingtalk/gateway';
import { type DingtalkPlatform, startDingtalkPlatform } from '../../platforms/dingtalk/platform';
import { HandTime } from '../../support/hand-time';
import { Watch } from '../../support/watch';
import { answer, cards, now, secret } from './setup';

export interface StreamRig {
  readonly platform: DingtalkPlatform;
  readonly channel: Channel;
  readonly time: HandTime;
  readonly received: Inbound[];
  readonly settled: boolean[];
  /** How messages are taken; a test may put another way in its place. */
  receive: Receive;
  logged(): string;
  /** Starts the channel and resolves with its connection. */
  connect(): Promise<StreamConnection>;
  /** Resolves when this many messages were handed on. */
  untilReceived(count: number): Promise<unknown>;
  /** Resolves when the log holds this. */
  untilLogged(words: string): Promise<unknown>;
  /** Another bot with the same settings. */
  twin(): Channel;
  close(): Promise<void>;
}

export async function startStreamRig(
  override: Partial<DingtalkConfig> = {},
  wait: Timeouts = timeouts,
): Promise<StreamRig> {
  const time = new HandTime(now);
  const options = {
    clientId: 'dingclient',
    clientSecret: secret,
    robotCode: 'dingrobot',
    cardTemplateId: cards.templateId,
    clock: time,
  };
  const platform = await startDingtalkPlatform(options);
  const urls = { apiUrl: platform.url, oapiUrl: platform.url };
  const config = { ...options, mode: 'stream' as const, cards: null, monthlyCalls: 5000, ...urls, ...override };
  const watch = new Watch();
  const lines: string[] = [];
  const write = (line: string) => {
    lines.push(line);
    watch.ring();
  };
  const log = createLog('trace', { write } satisfies pino.DestinationStream);
  const create = () => createDingtalkStream(config, time, log, { wait, later: time.later, random: () => 0 });
  const channel = create();
  const received: Inbound[] = [];
  const settled: boolean[] = [];
  const rig: StreamRig = {
    ...{ platform, channel, time, received, settled },
    receive: async () => answer(settled),
    logged: () => lines.join(''),
    async connect() {
      const count = platform.gateway.connections.length + 1;
      await channel.start((inbound) => {
        received.push(inbound);
        watch.ring();
        return rig.receive(inbound);
      });
      time.advance(0);
      await watch.until(() => lines.some((line) => line.includes('dingtalk.stream.connected')));
      return platform.gateway.untilConnected(count);
    },
    untilReceived: (count) => watch.until(() => received.length >= count),
    untilLogged: (words) => watch.until(() => lines.some((line) => line.includes(words))),
    twin: create,
    async close() {
      await channel.stop();
      await platform.close();
    },
  };
  return rig;
}

/** Something to wait at until it is opened. */
export function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

/** Two rounds of the event loop: enough for everything to be read that lies in a socket of this process. */
export const readAll = (): Promise<void> => new Promise((done) => setImmediate(() => setImmediate(done)));
