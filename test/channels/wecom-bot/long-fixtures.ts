/** A robot on its long connection, with what it logged. Time stands still until a test moves it on. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Channel, Inbound, Receive } from '../../../src/channels/channel';
import { type Content, say } from '../../../src/channels/content';
import { createWecomBot } from '../../../src/channels/wecom-bot/robot';
import { createLog } from '../../../src/log';
import { type BotGateway, type GatewayOptions, startBotGateway } from '../../platforms/wecom-bot/gateway';
import { type BotWeb, startBotWeb } from '../../platforms/wecom-bot/web';
import { HandTime } from '../../support/hand-time';
import { Watch } from '../../support/watch';

export const botId = 'aibXINYANG';
export const pingMs = 30_000;
export const botSecret = 'theSecretOfTheRobot';

export interface LongMeeting {
  readonly time: HandTime;
  readonly gateway: BotGateway;
  readonly web: BotWeb;
  readonly channel: Channel;
  readonly heard: Inbound[];
  /** What the sender was told about each answer. */
  readonly settled: boolean[];
  untilSettled(count: number): Promise<unknown>;
  untilHeard(count: number): Promise<unknown>;
  /** Another copy of the bot with the same settings. */
  twin(): Channel;
  start(receive: Receive): Promise<void>;
  answerWith(content: Content | null): void;
  /** Ends everything, and returns all log lines. */
  end(): Promise<string>;
}

export interface LongOptions extends Partial<GatewayOptions> {
  /** What the robot is told to subscribe with. */
  readonly withSecret?: string;
  readonly knownUserIds?: readonly string[];
  /** Not connected at once. */
  readonly isIdle?: boolean;
}

export async function meetLong(options: LongOptions = {}): Promise<LongMeeting> {
  const { withSecret = botSecret, knownUserIds = [], isIdle = false, ...rules } = options;
  const time = new HandTime(new Date('2025-07-02T02:00:00Z'));
  const gateway = await startBotGateway({ clock: time, botId, secret: botSecret, ...rules });
  const web = await startBotWeb({ clock: time });
  const lines = new PassThrough();
  const config = { mode: 'long', botId, secret: withSecret, wsUrl: gateway.url, apiUrl: web.url } as const;
  const random = () => 0.5;
  const lookUp = async () => ({ kind: 'unknown' }) as const;
  const parts = {
    clock: time,
    log: createLog('trace', lines),
    app: null,
    later: time.later,
    random,
    lookUp,
    takeSpareWay: async () => null,
  };
  const make = () => createWecomBot(config, { ...parts, knownUserIds: async () => knownUserIds });
  const channels = [make()];
  const [channel = make()] = channels;
  const heard: Inbound[] = [];
  const settled: boolean[] = [];
  const watch = new Watch();
  let content: Content | null = say(['收到']);
  const settle = (left: boolean) => {
    settled.push(left);
    watch.ring();
  };
  const receive: Receive = async (inbound) => {
    heard.push(inbound);
    watch.ring();
    return content && { content, settle };
  };
  if (!isIdle) {
    await channel.start(receive);
    // Its first ping is set once the robot knows that it is connected.
    await time.untilWaiting(pingMs);
  }
  return {
    ...{ time, gateway, web, channel, heard, settled },
    untilSettled: (count) => watch.until(() => settled.length >= count),
    untilHeard: (count) => watch.until(() => heard.length >= count),
    twin: () => {
      const twin = make();
      channels.push(twin);
      return twin;
    },
    start: (given) => channel.start(given),
    answerWith: (next) => {
      content = next;
    },
    end: async () => {
      for (const each of channels) await each.stop();
      for (const each of channels) await each.close?.();
      await Promise.all([gateway.stop(), web.stop()]);
      lines.end();
      return text(lines);
    },
  };
}
