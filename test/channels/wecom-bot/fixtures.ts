/** One robot and one WeCom that know each other over HTTP, with what the robot logged. Time stands still until a test moves it on. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Channel, Earlier, Inbound, Outbound, Receive, ReplyVia } from '../../../src/channels/channel';
import { type Content, say } from '../../../src/channels/content';
import { createWecomBot } from '../../../src/channels/wecom-bot/robot';
import type { WecomAppConfig } from '../../../src/config';
import { createLog } from '../../../src/log';
import {
  type Delivered,
  type Delivery,
  deliver,
  type Tampering,
  verifyAddress,
} from '../../platforms/wecom-bot/callbacks';
import { type BotWeb, startBotWeb } from '../../platforms/wecom-bot/web';
import { HandTime } from '../../support/hand-time';
import { mountRoutes } from '../../support/mount';

export const botKeys = { token: 'tok3n', encodingAesKey: '4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws' };
export const app = { corpId: 'wwxinyang2025', secret: 'theSecretOfTheApp' };
export const encryptedId = 'woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA';

export interface Meeting {
  readonly time: HandTime;
  readonly web: BotWeb;
  readonly channel: Channel;
  /** Everything that reached `receive`. */
  readonly heard: Inbound[];
  /** What the sender was told about each answer. */
  readonly settled: boolean[];
  /** What was stored of messages, by their keys. */
  readonly earlier: Map<string, Earlier>;
  /** Ways back that nobody needed, by account. */
  readonly spare: Map<string, ReplyVia>;
  deliver(delivery: Delivery): Promise<Delivered>;
  verifyAddress(tamper?: Tampering): ReturnType<typeof verifyAddress>;
  /** Serves another `receive` than the one that says `answer`. */
  start(receive: Receive): Promise<void>;
  answerWith(content: Content | null): void;
  /** What WeCom does after 5 s. */
  hangUp(): void;
  /** Ends both, and returns all log lines. */
  end(): Promise<string>;
}

export interface MeetingOptions {
  readonly openIds?: Readonly<Record<string, string>>;
  /** Whether a self-built app is configured beside the robot; it is by default. */
  readonly withApp?: boolean;
  readonly callLimitMs?: number;
}

export async function meet({
  openIds = {},
  withApp = true,
  callLimitMs = 10_000,
}: MeetingOptions = {}): Promise<Meeting> {
  const time = new HandTime(new Date('2025-07-02T02:00:00Z'));
  const web = await startBotWeb({ clock: time, openIds, app });
  const lines = new PassThrough();
  const earlier = new Map<string, Earlier>();
  const spare = new Map<string, ReplyVia>();
  const appConfig: WecomAppConfig = { ...botKeys, ...app, agentId: 1000002, markdown: false, apiUrl: web.url };
  const parts = {
    clock: time,
    log: createLog('trace', lines),
    app: withApp ? appConfig : null,
    knownUserIds: async () => [],
    lookUp: async (key: string) => earlier.get(key) ?? ({ kind: 'unknown' } as const),
    takeSpareWay: async (account: string) => {
      const via = spare.get(account);
      spare.delete(account);
      return via ? { via, giveBack: async () => void spare.set(account, via) } : null;
    },
  };
  const config = { mode: 'callback', ...botKeys, apiUrl: web.url } as const;
  const channel = createWecomBot(config, { ...parts, callLimitMs, later: time.later });
  const bot = await mountRoutes(channel.routes);
  const address = `${bot.url}/callback/wecom/bot`;
  const heard: Inbound[] = [];
  const settled: boolean[] = [];
  let content: Content | null = say(['收到']);
  const settle = (left: boolean) => void settled.push(left);
  await channel.start(async (inbound) => {
    heard.push(inbound);
    return content && { content, settle };
  });
  return {
    ...{ time, web, channel, heard, settled, earlier, spare },
    deliver: (delivery) => deliver({ ...botKeys, clock: time }, address, delivery),
    verifyAddress: (tamper) => verifyAddress({ ...botKeys, clock: time }, address, tamper),
    start: (receive) => channel.start(receive),
    hangUp: () => bot.hangUp(),
    answerWith: (next) => {
      content = next;
    },
    end: async () => {
      await channel.stop();
      await Promise.all([bot.close(), web.stop()]);
      lines.end();
      return text(lines);
    },
  };
}

/** A message to push, to 张三 unless said otherwise. */
export function outbound(content: Content, more: Partial<Outbound> = {}): Outbound {
  return {
    id: 'out-1',
    chat: { channel: 'wecom-bot', kind: 'private', id: 'ZhangSan' },
    content,
    replyVia: null,
    gone: 0,
    went: () => undefined,
    load: async (fileId) => ({
      name: `附件${fileId}.xlsx`,
      mediaType: 'application/octet-stream',
      bytes: Buffer.from(`bytes of ${fileId}`),
    }),
    ...more,
  };
}
