/** What WeCom posts to the callback address of a smart robot, and how it reads what comes back (paths 100719 and 101027). */
import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from '../../../src/clock';
import { type Sealing, seal, sealFrame, sign } from '../wecom/sealing';
import { type Occasion, readReply, type Shown } from './replies';

export interface BotSettings extends Sealing {
  readonly clock: Clock;
}

/** Ways in which a callback is not one that WeCom sends. */
export type Tampering =
  | 'signature'
  | 'unsigned'
  | 'repeated-parameter'
  | 'receiver'
  | 'sealed-junk'
  | 'unsealed'
  | 'oversized'
  | 'not-json'
  | 'sealed-not-json'
  | 'no-sender';

/** Fields of the message in the clear, as documented. */
export type Said = Readonly<Record<string, unknown>>;

export interface Delivery {
  readonly from: string;
  /** A text message; more of it, or another kind, stands in `said`. */
  readonly text?: string;
  readonly said?: Said;
  /** The group it is said in; in private without. */
  readonly group?: string;
  readonly msgid?: string;
  readonly responseUrl?: string;
  readonly tamper?: Tampering;
}

export interface Delivered {
  readonly status: number;
  /** What the person sees, or null when nothing came back. */
  readonly shown: Shown | null;
  readonly body: string;
}

export const eventOf = (event: Said): Said => ({ msgtype: 'event', event });

/** A tap as the examples of path 101027 write it. */
export const tapOf = (taskId: string, key: string): Said =>
  eventOf({
    eventtype: 'template_card_event',
    template_card_event: { card_type: 'button_interaction', event_key: key, task_id: taskId },
  });

export async function deliver(settings: BotSettings, callbackUrl: string, delivery: Delivery): Promise<Delivered> {
  const json = messageOf(settings, delivery);
  const sealed = sealDelivery(settings, JSON.stringify(json), delivery.tamper);
  const { url, nonce } = signedUrl(settings, callbackUrl, sealed, delivery.tamper);
  const response = await fetch(url, { method: 'POST', body: envelopeOf(sealed, delivery.tamper) });
  const body = await response.text();
  const shown = response.status === 200 ? readReply(settings, body, { nonce, ...openingOf(json) }) : null;
  return { status: response.status, shown, body };
}

/** Asks the bot to prove that it holds the keys, as the console does when the address is saved. */
export async function verifyAddress(settings: BotSettings, callbackUrl: string, tamper?: Tampering) {
  const expected = `${randomInt(1e9)}${randomInt(1e9)}1`;
  const echo = sealDelivery(settings, expected, tamper);
  const { url } = signedUrl(settings, callbackUrl, echo, tamper);
  url.searchParams.set('echostr', echo);
  const response = await fetch(url);
  return { status: response.status, body: await response.text(), expected };
}

function messageOf(settings: BotSettings, delivery: Delivery): Said {
  const { from, text = '', group, said, responseUrl, tamper } = delivery;
  const isEntry = occasionOf(said ?? {}) === 'enter_chat';
  return {
    msgid: delivery.msgid ?? `CAIQ${randomBytes(12).toString('base64url')}`,
    create_time: Math.floor(settings.clock.now().getTime() / 1000),
    aibotid: 'AIBOTID',
    // The documented example of a person who opens the chat names neither chat nor kind.
    ...(isEntry ? {} : { chattype: group ? 'group' : 'single' }),
    ...(group && { chatid: group }),
    ...(tamper !== 'no-sender' && { from: { userid: from } }),
    ...(responseUrl && { response_url: responseUrl }),
    ...(said ?? { msgtype: 'text', text: { content: text } }),
  };
}

function openingOf(json: Said) {
  const occasion = occasionOf(json);
  const event = (json['event'] ?? {}) as Record<string, Record<string, string> | undefined>;
  const tap = event['template_card_event'] ?? {};
  const streamId = (json['stream'] as { id: string } | undefined)?.id;
  const taskId = tap['task_id'] ?? tap['taskid'];
  const isPrivate = json['chattype'] !== 'group';
  return { occasion, isPrivate, ...(taskId && { taskId }), ...(streamId && { streamId }) };
}

function occasionOf(json: Said): Occasion {
  const { eventtype } = (json['event'] ?? {}) as { eventtype?: string };
  if (json['msgtype'] === 'stream') return 'refresh';
  if (eventtype === 'template_card_event') return 'tap';
  if (eventtype === 'enter_chat') return 'enter_chat';
  return eventtype === undefined ? 'message' : 'feedback';
}

function sealDelivery({ encodingAesKey }: BotSettings, message: string, tamper?: Tampering): string {
  if (tamper === 'sealed-junk') return sealFrame(encodingAesKey, randomBytes(96));
  if (tamper === 'unsealed') return 'bm90IHNlYWxlZA==';
  if (tamper === 'sealed-not-json') return seal(encodingAesKey, '<xml/>', '');
  return seal(encodingAesKey, message, tamper === 'receiver' ? 'ww-another-company' : '');
}

function envelopeOf(sealed: string, tamper?: Tampering): string {
  if (tamper === 'not-json') return `<xml><Encrypt>${sealed}</Encrypt></xml>`;
  return JSON.stringify({ encrypt: sealed, ...(tamper === 'oversized' && { fill: 'x'.repeat(1024 * 1024) }) });
}

function signedUrl(settings: BotSettings, callbackUrl: string, sealed: string, tamper?: Tampering) {
  const url = new URL(callbackUrl);
  const timestamp = String(Math.floor(settings.clock.now().getTime() / 1000));
  const nonce = String(randomInt(1e9, 2e9));
  const signature = sign(settings.token, timestamp, nonce, sealed);
  const flipped = signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  if (tamper !== 'unsigned') url.searchParams.set('msg_signature', tamper === 'signature' ? flipped : signature);
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('nonce', nonce);
  if (tamper === 'repeated-parameter') url.searchParams.append('nonce', nonce);
  return { url, nonce };
}
