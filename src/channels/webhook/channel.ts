/**
 * What the group robots of all platforms have in common as channels: they hear nothing, write to groups by an address that
 * is looked up for each message, and send a message in parts, going on where it broke off when it is tried again.
 */
import type { Channel, Outbound, Quota, SendFailure, SendResult } from '../channel';
import type { Content } from '../content';
import { type PartSent, sendParts } from '../part-run';
import type { AddressOf, WebhookAddress } from './address';

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

/** Both platforms grant a robot 20 messages a minute; DingTalk silences one that is too fast for ten minutes. */
const quotas: readonly Quota[] = [{ per: 'chat', count: 20, seconds: 60 }];
/** Parts that follow each other faster are taken for a flood. */
const pauseMs = 3_000;

export function createWebhookChannel<Part>(robot: Robot<Part>, addressOf: AddressOf): Channel {
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
      const deliver = async (part: Part, index: number): Promise<PartSent> => {
        const failure = await robot.deliver({ part, index, message, address });
        return failure ? { ok: false, failure } : { ok: true, receipt: null };
      };
      return sendParts(message, parts, deliver, pauseMs);
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
