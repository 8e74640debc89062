/** What a callback of the smart robot says, in words that both ways of connecting it share. */
import type { ChatKind, InboundContent, LoadFile } from '../channel';
import type { CallbackJson, Link, Said, Tap } from './shapes';

export const channelName = 'wecom-bot';

/** Somebody did something that is answered. */
export interface Heard {
  readonly key: string;
  readonly chat: { readonly kind: ChatKind; readonly id: string };
  /** As WeCom writes it, perhaps an encrypted one. */
  readonly userId: string;
  readonly content: InboundContent;
  /** Where one more answer may be posted. */
  readonly responseUrl: string | null;
}

/** A tap on a card that this channel made. */
export interface Tapped extends Heard {
  readonly taskId: string;
  readonly chosen: string;
}

export type Decoded =
  | { readonly kind: 'message' | 'opened'; readonly heard: Heard }
  | { readonly kind: 'tap'; readonly heard: Tapped }
  /** WeCom asks for more of an answer that was not ready (path 100719). */
  | { readonly kind: 'refresh'; readonly streamId: string }
  /** Another connection took this robot over. */
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'malformed' };

export type FileOpener = (link: Link) => LoadFile;

export function decode(json: CallbackJson, open: FileOpener): Decoded {
  if (json.msgtype === 'event') return decodeEvent(json);
  if (json.msgtype === 'stream') {
    return json.stream ? { kind: 'refresh', streamId: json.stream.id } : { kind: 'malformed' };
  }
  const isGroup = json.chattype === 'group';
  const own = contentOf(json, isGroup, open);
  // A mention alone, under something quoted, means what is quoted.
  const isBare = own?.kind === 'text' && own.text === '' && json.quote !== undefined;
  const content = isBare && json.quote ? contentOf(json.quote, false, open) : own;
  const heard = content && json.msgid !== '' ? heardIn(json, json.msgid, content) : null;
  return heard ? { kind: 'message', heard } : { kind: 'malformed' };
}

function decodeEvent(json: CallbackJson): Decoded {
  switch (json.event?.eventtype) {
    case undefined:
      return { kind: 'malformed' };
    case 'disconnected_event':
      return { kind: 'disconnected' };
    case 'enter_chat': {
      const heard = heardIn(json, eventKey(json, 'enter_chat'), { kind: 'opened' });
      return heard ? { kind: 'opened', heard } : { kind: 'malformed' };
    }
    case 'template_card_event':
      return decodeTap(json, json.event.template_card_event ?? json.event);
    default:
      return { kind: 'ignored' };
  }
}

/** The official SDK declares the fields of a tap one level higher than the platform sends them. */
function decodeTap(json: CallbackJson, tap: Tap): Decoded {
  const chosen = tap.event_key ?? tap.eventkey ?? '';
  const taskId = tap.task_id ?? tap.taskid ?? '';
  if (chosen === '') return { kind: 'ignored' };
  const heard = heardIn(json, eventKey(json, `tap ${taskId} ${chosen}`), { kind: 'text', text: chosen });
  return heard ? { kind: 'tap', heard: { ...heard, taskId, chosen } } : { kind: 'malformed' };
}

const eventKey = (json: CallbackJson, what: string): string =>
  json.msgid || [json.create_time ?? '', json.from?.userid ?? '', what].join(' ');

function heardIn(json: CallbackJson, key: string, content: InboundContent): Heard | null {
  const userId = json.from?.userid ?? '';
  const isGroup = json.chattype === 'group';
  const id = isGroup ? (json.chatid ?? '') : userId;
  if (userId === '' || id === '') return null;
  const chat = { kind: isGroup ? 'group' : 'private', id } as const;
  return { key, chat, userId, content, responseUrl: json.response_url?.trim() || null };
}

function contentOf(said: Said, isGroup: boolean, open: FileOpener): InboundContent | null {
  const { msgtype, text, voice, image, file, mixed } = said;
  if (msgtype === 'text') return text ? { kind: 'text', text: spoken(text.content, isGroup) } : null;
  if (msgtype === 'voice' && voice) return { kind: 'voice', text: voice.content };
  if (msgtype === 'image' && image) return { kind: 'picture', ref: image.url.trim() };
  if (msgtype === 'file' && file) return { kind: 'file', name: '', ref: file.url.trim(), load: open(file) };
  if (msgtype === 'mixed' && mixed) return mixedContent(mixed.msg_item, isGroup);
  return { kind: 'other', type: msgtype };
}

type Item = NonNullable<Said['mixed']>['msg_item'][number];

/** The words count; a picture beside them says nothing that we could read. */
function mixedContent(items: readonly Item[], isGroup: boolean): InboundContent {
  const text = items.flatMap((item) => (item.text ? [item.text.content] : [])).join('\n');
  const words = spoken(text, isGroup);
  const picture = items.find((item) => item.image)?.image;
  return words === '' && picture ? { kind: 'picture', ref: picture.url.trim() } : { kind: 'text', text: words };
}

/**
 * In a group a message begins with the mention of the robot. The callback does not say its name, so the mention ends where
 * clients end one: at the four-per-em space, else at the first blank. Any other `@` belongs to the text.
 */
function spoken(text: string, isGroup: boolean): string {
  return isGroup ? text.replace(/^\s*@(?:[^\s@]+(?: [^\s@]+)*\u2005|\S+)\s*/u, '') : text;
}
