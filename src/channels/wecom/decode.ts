/** What a decrypted callback says, in the words of the channel contract (developer.work.weixin.qq.com, paths 90239 and 90240). */
import type { Inbound, InboundContent } from '../channel';
import { meaningOf } from './events';
import type { FileOpener } from './received-file';
import type { Fields } from './xml';

export interface Decoded {
  readonly inbound: Inbound;
  /** The account as WeCom wrote it, for the reply in the response. */
  readonly sender: string;
  /** WeCom shows a text that comes back in the response; after a tap on a card it takes only card updates there. */
  readonly answerable: boolean;
  /** What changes the card that was tapped. */
  readonly tap: Tap | null;
}

export interface Tap {
  readonly chosen: string;
  /** Good for one change within 72 h. */
  readonly responseCode: string;
}

/** About the app itself, for whoever runs it. */
export interface Warning {
  readonly warning: string;
}

/** `ignored` is an event that says nothing to us; `malformed` lacks what every message has. */
export type Decoding = Decoded | Warning | 'ignored' | 'malformed';

/** Reads one callback. Accounts become lower case, since WeCom compares them without regard to case (path 90195). */
export function decode(fields: Fields, open: FileOpener): Decoding {
  const userId = field(fields, 'FromUserName');
  const type = field(fields, 'MsgType');
  if (!userId || !type || !field(fields, 'CreateTime')) return 'malformed';
  return type === 'event' ? decodeEvent(fields, userId) : decodeMessage(fields, { userId, type, open });
}

function decodeMessage(
  fields: Fields,
  { userId, type, open }: { userId: string; type: string; open: FileOpener },
): Decoding {
  const content = contentOf(fields, type, open);
  if (!content || !field(fields, 'MsgId')) return 'malformed';
  // MsgId alone has been seen to collide between users: github.com/Wechat-Group/WxJava issue 333.
  return from(userId, join(fields, ['MsgId', 'CreateTime', 'FromUserName']), content);
}

function contentOf(fields: Fields, type: string, open: FileOpener): InboundContent | null {
  const ref = field(fields, 'MediaId');
  if (type === 'text') {
    const text = fields.get('Content');
    return text === undefined ? null : { kind: 'text', text };
  }
  const spoken = fields.get('Recognition')?.trim();
  if (type === 'voice' && spoken) return { kind: 'voice', text: spoken };
  if (type === 'image' && ref) return { kind: 'picture', ref };
  if (type === 'file' && ref) return { kind: 'file', name: field(fields, 'FileName'), ref, load: open(ref) };
  return { kind: 'other', type };
}

/** Events carry no MsgId, and user and second alone would lose distinct ones: WxJava issues 1745, 2314 and 3088. */
const eventKeyFields = [
  'CreateTime',
  'AgentID',
  'FromUserName',
  'Event',
  'EventKey',
  'ChangeType',
  'TaskId',
  'ResponseCode',
];

function decodeEvent(fields: Fields, userId: string): Decoding {
  const event = field(fields, 'Event');
  const key = join(fields, eventKeyFields);
  switch (meaningOf(event)) {
    case 'opened':
      return from(userId, key, { kind: 'opened' });
    case 'menu':
    case 'card':
      return decodeTap(fields, userId, key);
    case 'unreadable':
      return from(userId, key, { kind: 'other', type: event });
    case 'warning':
      return { warning: event };
    case 'silent':
      return 'ignored';
  }
}

function decodeTap(fields: Fields, userId: string, key: string): Decoding {
  const chosen = fields.get('EventKey') ?? '';
  if (chosen === '') return 'ignored';
  const heard = from(userId, key, { kind: 'text', text: chosen });
  if (field(fields, 'Event') === 'click') return heard;
  const responseCode = field(fields, 'ResponseCode');
  return { ...heard, answerable: false, tap: responseCode === '' ? null : { chosen, responseCode } };
}

/** A self-built app hears private chats only: nothing written in a group reaches it (path 90235). */
function from(userId: string, key: string, content: InboundContent): Decoded {
  const account = userId.toLowerCase();
  const chat = { channel: 'wecom', kind: 'private', id: account } as const;
  return {
    inbound: { chat, userId: account, key, content, replyVia: null },
    sender: userId,
    answerable: true,
    tap: null,
  };
}

const field = (fields: Fields, name: string): string => fields.get(name)?.trim() ?? '';

const join = (fields: Fields, names: readonly string[]): string => names.map((name) => field(fields, name)).join('-');
