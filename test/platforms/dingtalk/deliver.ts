/** DingTalk's side of a robot message: the body of the documentation's samples, signed by the documented formula. */
import { createHmac } from 'node:crypto';
import type { World } from './world';

export interface Delivery {
  /** userId of the sender; null leaves `senderStaffId` out, as for people outside the organisation. */
  readonly from: string | null;
  readonly text?: string;
  /** conversationId; without it the message is one-to-one. */
  readonly group?: string;
  readonly msgId?: string;
  /** Fields that replace those of the sample; `undefined` leaves one out. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly sign?: 'right' | 'wrong' | 'none';
  /** How far the timestamp header lies from now; negative is the past. */
  readonly timestampOffsetMs?: number;
  /** Sent in place of the message, with a right signature. */
  readonly rawBody?: string;
}

export interface Delivered {
  readonly status: number;
  readonly body: unknown;
}

export async function deliver(
  world: World,
  platformUrl: string,
  botUrl: string,
  message: Delivery,
): Promise<Delivered> {
  const body = message.rawBody ?? JSON.stringify(robotMessage(world, platformUrl, message));
  const headers = { 'content-type': 'application/json; charset=utf-8', ...signature(world, message) };
  const response = await fetch(botUrl, { method: 'POST', headers, body });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

function signature(world: World, message: Delivery): Record<string, string> {
  if (message.sign === 'none') return {};
  const timestamp = String(world.nowMs() + (message.timestampOffsetMs ?? 0));
  const secret = message.sign === 'wrong' ? 'another secret' : world.options.clientSecret;
  const mac = createHmac('sha256', Buffer.from(secret, 'utf8'));
  mac.update(Buffer.concat([Buffer.from(timestamp), Buffer.from([0x0a]), Buffer.from(secret, 'utf8')]));
  return { timestamp, sign: mac.digest().toString('base64') };
}

/** The body over HTTP and the `data` of a Stream frame. */
export function robotMessage(world: World, platformUrl: string, message: Delivery): Record<string, unknown> {
  return { ...sample(world, platformUrl, message), ...message.fields };
}

function sample(world: World, platformUrl: string, message: Delivery): Record<string, unknown> {
  const session = world.openSession(message.group ?? message.from ?? 'outsider');
  if (message.group) world.groups.add(message.group);
  return {
    conversationId: message.group ?? 'cidPrivate+/==',
    conversationType: message.group ? '2' : '1',
    ...(message.group && {
      conversationTitle: '试点工作群',
      isInAtList: true,
      atUsers: [{ dingtalkId: '$:LWCP_v1:$bot' }],
    }),
    chatbotCorpId: 'dingcorp',
    chatbotUserId: '$:LWCP_v1:$bot',
    msgId: message.msgId ?? `msg${world.nextKey()}=`,
    senderNick: '小王',
    senderCorpId: 'dingcorp',
    senderId: '$:LWCP_v1:$sender',
    ...(message.from !== null && { senderStaffId: message.from, isAdmin: false }),
    createAt: world.nowMs(),
    sessionWebhook: `${platformUrl}/robot/sendBySession?session=${session.id}`,
    sessionWebhookExpiredTime: session.expiresAtMs,
    robotCode: world.options.robotCode,
    msgtype: 'text',
    // The robot's mention is cut out of a group message and leaves a space.
    text: { content: message.group ? ` ${message.text ?? ''}` : (message.text ?? '') },
  };
}
