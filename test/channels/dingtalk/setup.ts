/** A robot mounted on a real address beside a DingTalk of its own, with what it logs and what it hands on. */
import type pino from 'pino';
import type { Answer, Channel, Inbound, Outbound, Receive, ReplyVia, SendResult } from '../../../src/channels/channel';
import { type Content, say } from '../../../src/channels/content';
import { type Timeouts, timeouts } from '../../../src/channels/dingtalk/caller';
import { createDingtalkRobot, type RobotOptions } from '../../../src/channels/dingtalk/robot';
import { FixedClock } from '../../../src/clock';
import type { DingtalkConfig } from '../../../src/config';
import { createLog } from '../../../src/log';
import { type DingtalkPlatform, startDingtalkPlatform } from '../../platforms/dingtalk/platform';
import { mountRoutes } from '../../support/mount';

export const now = new Date('2025-07-02T01:30:00.000Z');
export const secret = 'app-secret-for-tests';

export interface Rig {
  readonly platform: DingtalkPlatform;
  readonly channel: Channel;
  readonly config: DingtalkConfig;
  readonly clock: FixedClock;
  readonly botUrl: string;
  readonly received: Inbound[];
  /** What each answer was settled with. */
  readonly settled: boolean[];
  /** Everything logged so far. */
  logged(): string;
  send(message: Partial<Outbound>): Promise<SendResult>;
  /** The way back that comes with a message from this person, as the robot decoded it. */
  replyVia(from: string): Promise<ReplyVia | null>;
  /** Takes messages in another way from now on. */
  receiveWith(receive: Receive): Promise<void>;
  close(): Promise<void>;
}

/** The template that is published on every rig's platform. */
export const cards = { templateId: '2c1f-card.schema', publicUrl: 'https://baosong.example.gov.cn/' };

export async function startRig(
  wait: Timeouts = timeouts,
  override: Partial<DingtalkConfig> = {},
  more: Pick<RobotOptions, 'later' | 'count' | 'isShort'> = {},
): Promise<Rig> {
  const clock = new FixedClock(now);
  const options = {
    clientId: 'dingclient',
    clientSecret: secret,
    robotCode: 'dingrobot',
    cardTemplateId: cards.templateId,
    clock,
  };
  const platform = await startDingtalkPlatform(options);
  const urls = { apiUrl: platform.url, oapiUrl: platform.url };
  const config = { ...options, mode: 'http' as const, cards: null, monthlyCalls: 5000, ...urls, ...override };
  const lines: string[] = [];
  const log = createLog('trace', { write: (line: string) => void lines.push(line) } satisfies pino.DestinationStream);
  const channel = createDingtalkRobot(config, clock, log, { wait, ...more });
  const received: Inbound[] = [];
  const settled: boolean[] = [];
  const mounted = await mountRoutes(channel.routes);
  const botUrl = `${mounted.url}/callback/dingtalk/robot`;
  await channel.start(async (inbound) => {
    received.push(inbound);
    return answer(settled);
  });
  return {
    ...{ platform, channel, config, clock, botUrl, received, settled },
    logged: () => lines.join(''),
    send: (message) => channel.send({ ...outbound, ...message }),
    async replyVia(from) {
      await platform.deliver(botUrl, { from, text: '帮助' });
      return received.at(-1)?.replyVia ?? null;
    },
    receiveWith: (receive) => channel.start(receive),
    async close() {
      await mounted.close();
      await platform.close();
    },
  };
}

export function answer(settled: boolean[], content: Content = say(['已收到'])): Answer {
  return { content, settle: (delivered) => void settled.push(delivered) };
}

/** A message to push, to one person unless said otherwise. */
export const outbound: Outbound = {
  id: 'outbox-1',
  chat: { channel: 'dingtalk', kind: 'private', id: 'manager7' },
  content: say(['已收到']),
  replyVia: null,
  gone: 0,
  went: () => undefined,
  load: async (fileId) => ({ name: `附件${fileId}.xlsx`, mediaType: 'application/zip', bytes: Buffer.from('sheet') }),
};
