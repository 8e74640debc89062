/**
 * What the group robots of all platforms have in common as channels: they hear nothing, write to groups by an address that
 * is looked up for each message, and send a message in parts, going on where it broke off when it is tried again.
 */
import type { Clock } from '../../clock';
import type { Channel, Outbound, Quota, SendFailure, SendResult } from '../channel';
import type { Content } from '../content';
import { sendParts } from '../part-run';
import type { AddressOf, WebhookAddress } from './address';
import { Pace } from './pace';

/** One robot's platform: how a content is cut into parts, and how a part goes. */
export interface Robot<Part> {
  readonly channel: string;
  partsOf(content: Content): readonly Part[];
  /** Null when the platform has taken it. */
  deliver(delivery: Delivery<Part>): Promise<SendFailure | null>;
}

export interface Delivery<Part> {
  readonly part: Part;
  /** Which part of the message, from 0. */
  readonly index: number;
  readonly message: Outbound;
  readonly address: WebhookAddress;
}

/** Both platforms grant a robot 20 messages a minute. */
const callsPerMinute = 20;
const quotas: readonly Quota[] = [{ per: 'chat', count: callsPerMinute, seconds: 60 }];

export function createWebhookChannel<Part>(robot: Robot<Part>, addressOf: AddressOf, clock: Clock): Channel {
  const pace = new Pace(clock, callsPerMinute);
  return {
    name: robot.channel,
    routes: [],
    quotas,
    start: async () => undefined,
    stop: async () => undefined,
    async send(message): Promise<SendResult> {
      const address = await addressOf(message.chat.id);
      if (!address) return { ok: false, failure: unbound };
      // Nobody can answer a robot that does not hear.
      const parts = robot.partsOf({ ...message.content, choices: [] });
      return sendParts(message, parts, async (part, index) => {
        const waitMs = pace.take(message.chat.id);
        const failure = waitMs > 0 ? tooMany(waitMs) : await robot.deliver({ part, index, message, address });
        return failure ? { ok: false, failure } : { ok: true, receipt: null };
      });
    },
  };
}

const unbound: SendFailure = {
  code: 'webhook.unbound',
  message: 'the group robot is not bound',
  userText: '这个群机器人已取消登记，未能发出。如仍需发送，请用 npm run chats -- add 重新登记它的地址。',
  retryable: false,
  ours: true,
  unknown: false,
  waitMs: null,
};

const tooMany = (waitMs: number): SendFailure => ({
  code: 'webhook.paced',
  message: `${callsPerMinute} calls in the last minute`,
  userText: '群机器人每分钟只能发 20 条，系统会稍后自动接着发，无需处理。',
  retryable: true,
  ours: false,
  unknown: false,
  waitMs,
});
