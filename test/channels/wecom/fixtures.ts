/** One bot and one WeCom that know each other, with what the bot logged. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Channel, Inbound, Outbound, Receive } from '../../../src/channels/channel';
import { type Content, say } from '../../../src/channels/content';
import { createWecomApp, type WecomTiming } from '../../../src/channels/wecom/app';
import { FixedClock } from '../../../src/clock';
import type { WecomAppConfig } from '../../../src/config';
import { createLog } from '../../../src/log';
import { startWecomPlatform, type WecomPlatform, type WecomPlatformOptions } from '../../platforms/wecom/platform';
import { mountRoutes } from '../../support/mount';

export const callbackKeys = {
  corpId: 'wwxinyang2025',
  agentId: 1000002,
  token: 'tok3nOfTheCallback',
  encodingAesKey: '4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws',
};
export const secret = 'theSecretOfTheApp';

export interface Meeting {
  readonly clock: FixedClock;
  readonly platform: WecomPlatform;
  readonly channel: Channel;
  readonly config: WecomAppConfig;
  /** The full callback address. */
  readonly address: string;
  /** Everything that reached `receive`. */
  readonly heard: Inbound[];
  /** What the sender was told about each answer. */
  readonly settled: boolean[];
  /** Serves another `receive` than the one that says `answer`. */
  start(receive: Receive): Promise<void>;
  answerWith(content: Content | null): void;
  /** What WeCom does after 5 s. */
  hangUp(): void;
  /** Ends both, and returns all log lines. */
  end(): Promise<string>;
}

export async function meet(
  options: Partial<WecomPlatformOptions> = {},
  { markdown = false, ...timing }: Partial<WecomTiming> & { readonly markdown?: boolean } = {},
): Promise<Meeting> {
  const clock = new FixedClock(new Date('2025-07-02T02:00:00Z'));
  const platform = await startWecomPlatform({ ...callbackKeys, secret, clock, ...options });
  const lines = new PassThrough();
  const config = { ...callbackKeys, secret, markdown, apiUrl: platform.url };
  const limits = { callLimitMs: 10_000, fetchPauseMs: 0, ...timing };
  const channel = createWecomApp(config, clock, createLog('trace', lines), limits);
  const bot = await mountRoutes(channel.routes);
  const heard: Inbound[] = [];
  const settled: boolean[] = [];
  let content: Content | null = say(['收到']);
  const settle = (left: boolean) => void settled.push(left);
  await channel.start(async (inbound) => {
    heard.push(inbound);
    return content && { content, settle };
  });
  return {
    ...{ clock, platform, channel, config, heard, settled },
    address: `${bot.url}/callback/wecom/app`,
    start: (receive) => channel.start(receive),
    hangUp: () => bot.hangUp(),
    answerWith: (next) => {
      content = next;
    },
    end: async () => {
      await channel.stop();
      await Promise.all([bot.close(), platform.stop()]);
      lines.end();
      return text(lines);
    },
  };
}

/** A message to push, to 张三 unless said otherwise. */
export function outbound(content: Content, more: Partial<Outbound> = {}): Outbound {
  return {
    id: 'out-1',
    chat: { channel: 'wecom', kind: 'private', id: 'zhangsan' },
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
