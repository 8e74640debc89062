/** What WeCom shows of a reply to a smart robot's callback; a reply that it would not show is an error here (paths 101031 and 101032). */
import { type Sealing, sign, unseal } from '../wecom/sealing';

export interface Card {
  readonly type: string;
  readonly taskId: string;
  readonly title: string;
  readonly subTitle: string;
  /** Label and key of each button. */
  readonly buttons: readonly (readonly [string, string])[];
}

/** What a person sees of a reply. */
export interface Shown {
  readonly msgtype: string;
  readonly text: string;
  readonly streamId: string | null;
  /** False while WeCom will ask for more. */
  readonly finished: boolean;
  readonly card: Card | null;
}

/** What was called, and what it allows in return. */
export type Occasion = 'message' | 'refresh' | 'enter_chat' | 'tap' | 'feedback';

export interface Opening {
  readonly nonce: string;
  readonly occasion: Occasion;
  readonly isPrivate: boolean;
  /** Of the card that was tapped. */
  readonly taskId?: string;
  /** Of the stream that is asked for. */
  readonly streamId?: string;
}

type Json = Readonly<Record<string, unknown>>;

const markdownLimitBytes = 20_480;

/** The reply in a response body; null when it is empty. */
export function readReply({ token, encodingAesKey }: Sealing, body: string, opening: Opening): Shown | null {
  if (body === '') return null;
  const { encrypt, msgsignature, timestamp, nonce, ...more } = JSON.parse(body) as Record<string, unknown>;
  if (Object.keys(more).length > 0) throw new Error('the envelope has fields that it must not have');
  if (typeof encrypt !== 'string' || !Number.isInteger(timestamp)) throw new Error('the envelope is not complete');
  if (nonce !== opening.nonce) throw new Error('the nonce of the reply is not the one of the callback');
  if (msgsignature !== sign(token, String(timestamp), opening.nonce, encrypt))
    throw new Error('the reply is not signed');
  const { message, receiveId } = unseal(encodingAesKey, encrypt);
  if (receiveId !== '') throw new Error('the reply is sealed for someone');
  return checkReply(JSON.parse(message) as Json, opening);
}

const allowed: Readonly<Record<Occasion, readonly string[]>> = {
  message: ['stream', 'template_card', 'stream_with_template_card'],
  refresh: ['stream'],
  enter_chat: ['text', 'template_card'],
  tap: ['update_template_card'],
  feedback: [],
};

/** A reply in the clear, as both ways of connecting carry it. */
export function checkReply(
  reply: Json,
  opening: Pick<Opening, 'occasion' | 'isPrivate' | 'taskId' | 'streamId'>,
): Shown {
  const { occasion, isPrivate } = opening;
  const msgtype = String(reply['msgtype'] ?? reply['response_type']);
  if (!allowed[occasion].includes(msgtype)) throw new Error(`${msgtype} is no reply to ${occasion}`);
  if (!isPrivate && msgtype === 'stream_with_template_card')
    throw new Error('a group takes no card with a stream here');
  const base = { msgtype, text: '', streamId: null, finished: true, card: null };
  if (msgtype === 'text') return { ...base, text: checkText(reply['text'], 2048) };
  if (msgtype === 'update_template_card') return { ...base, card: checkUpdate(reply, opening.taskId ?? '') };
  const card = msgtype === 'stream' ? null : checkCard(reply['template_card']);
  return msgtype === 'template_card' ? { ...base, card } : { ...base, ...checkStream(reply['stream'], opening), card };
}

function checkStream(stream: unknown, { occasion, streamId }: Pick<Opening, 'occasion' | 'streamId'>) {
  const { id, finish, content, ...more } = objectOf(stream, 'stream');
  if (typeof id !== 'string' || id === '' || typeof finish !== 'boolean') throw new Error('the stream is not complete');
  if (Object.keys(more).some((name) => !['msg_item', 'feedback'].includes(name))) throw new Error('an unknown field');
  if (occasion === 'refresh' && id !== streamId) throw new Error('the stream is another one than asked for');
  if (typeof content !== 'string' || Buffer.byteLength(content) > markdownLimitBytes)
    throw new Error('content too long');
  if (finish && content === '') throw new Error('the stream ends without a word');
  return { streamId: id, finished: finish, text: content };
}

export function checkText(text: unknown, limitBytes: number): string {
  const { content } = objectOf(text, 'text');
  const isGood = typeof content === 'string' && content !== '' && Buffer.byteLength(content) <= limitBytes;
  if (!isGood) throw new Error('the text is empty or too long');
  return content;
}

function checkUpdate(reply: Json, taskId: string): Card {
  if (reply['userids'] !== undefined && !Array.isArray(reply['userids'])) throw new Error('userids is no list');
  const card = checkCard(reply['template_card']);
  if (card.taskId !== taskId) throw new Error('the card is another one than was tapped');
  return card;
}

/** The two kinds of card that this product makes (path 101032). */
export function checkCard(card: unknown): Card {
  const json = objectOf(card, 'template_card');
  const type = String(json['card_type']);
  const { title = '' } = objectOf(json['main_title'] ?? {}, 'main_title');
  if (!/^[\w@-]{1,128}$/.test(String(json['task_id'] ?? ''))) throw new Error('42014: task_id');
  const known = { type, taskId: String(json['task_id']), title: String(title) };
  if (Array.from(known.title).length > 26) throw new Error('the title would be cut');
  const subTitle = String(json['sub_title_text'] ?? '');
  if (type === 'text_notice') return checkNotice(json, { ...known, subTitle });
  if (type !== 'button_interaction' || known.title === '') throw new Error('a card of this kind is not known here');
  return { ...known, subTitle, buttons: checkButtons(json['button_list']) };
}

function checkNotice(json: Json, known: Omit<Card, 'buttons'>): Card {
  const { type, url } = objectOf(json['card_action'] ?? {}, 'card_action');
  if (type !== 1 || !URL.canParse(String(url))) throw new Error('42045: card_action');
  if (known.title === '' && known.subTitle === '') throw new Error('41016: title');
  if (Array.from(known.subTitle).length > 112) throw new Error('the sub title would be cut');
  return { ...known, buttons: [] };
}

function checkButtons(list: unknown): Card['buttons'] {
  if (!Array.isArray(list) || list.length < 1 || list.length > 6) throw new Error('a card has one to six buttons');
  const buttons = list.map((button) => {
    const { text, key, style } = objectOf(button, 'button');
    if (typeof text !== 'string' || text === '' || Array.from(text).length > 10)
      throw new Error('the label would be cut');
    if (typeof key !== 'string' || key === '' || Buffer.byteLength(key) > 1024) throw new Error('a bad key');
    if (![undefined, 1, 2, 3, 4].includes(style as number | undefined)) throw new Error('a bad style');
    return [text, key] as const;
  });
  if (new Set(buttons.map(([, key]) => key)).size < buttons.length) throw new Error('two buttons with one key');
  return buttons;
}

function objectOf(value: unknown, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} is missing`);
  return value as Json;
}
