/**
 * A robot message as the contract wants it, however it arrived. Pure: no signature, no HTTP and no clock in here, so
 * that every way in shares it.
 */
import type { Chat, Inbound, InboundContent, ReplyVia } from '../channel';
import type { FileOpener } from './received-file';
import { type RobotMessage, robotMessage } from './robot-message';
import { replyViaOf } from './session-webhook';

export const channelName = 'dingtalk';

/** What a message is compared with. `robotCode` null: any robot's messages are ours. */
export interface Receiver {
  readonly robotCode: string | null;
  readonly oapiUrl: string;
  /** How a file that came is fetched. */
  readonly open: FileOpener;
}

export type Decoded =
  | { readonly kind: 'message'; readonly inbound: Inbound }
  /** No user id: somebody outside the organisation, or the app is not published yet. */
  | { readonly kind: 'unidentified'; readonly replyVia: ReplyVia | null }
  /** The organisation's monthly traffic is used up; the platform holds the content back. */
  | { readonly kind: 'exhausted'; readonly code: string }
  /** The robot's own words. */
  | { readonly kind: 'echo' }
  | { readonly kind: 'misdirected' }
  | { readonly kind: 'malformed'; readonly what: string };

const malformed = (what: string): Decoded => ({ kind: 'malformed', what });

export function decodeRobotMessage(value: unknown, receiver: Receiver): Decoded {
  const parsed = robotMessage.safeParse(value);
  if (!parsed.success) return malformed('the body is no object');
  const message = parsed.data;
  if (isMisdirected(message, receiver)) return { kind: 'misdirected' };
  if (!message.text && !message.content && message.errorCode) return { kind: 'exhausted', code: message.errorCode };
  if (message.senderId && message.senderId === message.chatbotUserId) return { kind: 'echo' };
  if (!message.msgId) return malformed('msgId is missing');
  const replyVia = replyViaOf(message.sessionWebhook, message.sessionWebhookExpiredTime, receiver.oapiUrl);
  if (!message.senderStaffId) return { kind: 'unidentified', replyVia };
  const from = { key: message.msgId, userId: message.senderStaffId, replyVia };
  return decodeIdentified(message, from, receiver.open);
}

function isMisdirected(message: RobotMessage, receiver: Receiver): boolean {
  return Boolean(message.robotCode && receiver.robotCode && message.robotCode !== receiver.robotCode);
}

type From = Pick<Inbound, 'key' | 'userId' | 'replyVia'>;

function decodeIdentified(message: RobotMessage, from: From, open: FileOpener): Decoded {
  const chat = chatOf(message, from.userId);
  if (!chat) return malformed('the conversation is not named');
  return { kind: 'message', inbound: { chat, ...from, content: contentOf(message, chat, open) } };
}

/** conversationType is a string: '1' one-to-one, '2' group. The group's id also serves as openConversationId. */
function chatOf(message: RobotMessage, userId: string): Chat | null {
  if (message.conversationType === '1') return { channel: channelName, kind: 'private', id: userId };
  if (message.conversationType !== '2' || !message.conversationId) return null;
  return { channel: channelName, kind: 'group', id: message.conversationId };
}

function contentOf(message: RobotMessage, chat: Chat, open: FileOpener): InboundContent {
  const { content } = message;
  const ref = content?.downloadCode;
  switch (message.msgtype) {
    case 'text':
      return textContent(message.text?.content, 'text');
    case 'richText':
      return richTextContent(content?.richText ?? [], chat);
    case 'audio':
      return content?.recognition?.trim() ? { kind: 'voice', text: content.recognition.trim() } : other('audio');
    case 'picture':
      return ref ? { kind: 'picture', ref } : other('picture');
    case 'file':
      return ref ? { kind: 'file', name: content?.fileName ?? '', ref, load: open(ref) } : other('file');
    default:
      return other(message.msgtype ?? 'unknown');
  }
}

const other = (type: string): InboundContent => ({ kind: 'other', type });

/** In a group the robot's own mention is cut out and leaves its space behind, before or after the words. */
function textContent(typed: string | undefined, type: string): InboundContent {
  const trimmed = typed?.trim();
  return trimmed ? { kind: 'text', text: trimmed } : other(type);
}

type Piece = NonNullable<NonNullable<RobotMessage['content']>['richText']>[number];

function richTextContent(pieces: readonly Piece[], chat: Chat): InboundContent {
  const joined = pieces.map((piece) => piece.text ?? '').join('');
  // Unlike plain text, the mention stays in the first piece of a rich text (Stream FAQ §8).
  const words = chat.kind === 'group' ? joined.trim().replace(/^@\S+(\s+|$)/, '') : joined;
  const picture = pieces.find((piece) => piece.downloadCode)?.downloadCode;
  if (words.trim() || !picture) return textContent(words, 'richText');
  return { kind: 'picture', ref: picture };
}
