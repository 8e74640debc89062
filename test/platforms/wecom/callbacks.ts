/** What WeCom posts to the bot's callback address, and how it reads what comes back. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from '../../../src/clock';
import { type Sealing, seal, sealFrame, sign, unseal } from './sealing';

export interface CallbackSettings extends Sealing {
  readonly corpId: string;
  readonly agentId: number;
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
  | 'doctype-outside'
  | 'doctype-inside'
  | 'oversized'
  | 'not-xml'
  | 'sealed-not-xml'
  | 'no-sender';

export interface Delivery {
  readonly from: string;
  /** A text message. */
  readonly text?: string;
  /** An event such as `{ Event: 'click', EventKey: '上报' }`. */
  readonly event?: Readonly<Record<string, string>>;
  /** Any other message: its elements beyond the common ones, `MsgType` among them. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The whole decrypted document, when even its form matters. */
  readonly xml?: string;
  readonly msgId?: string;
  readonly createTime?: number;
  readonly tamper?: Tampering;
}

export interface Delivered {
  /** 0 when no answer came to any of the tries. */
  readonly status: number;
  /** The text that WeCom shows to the person, or null when nothing came back. */
  readonly reply: string | null;
  /** The body as it came. */
  readonly body: string;
  /** How often it was posted. */
  readonly tries: number;
}

/** WeCom hangs up after 5 s, and posts three times in all what nobody answered (path 90238). */
const patienceMs = 5_000;
const mostTries = 3;

/**
 * Posts one message to the bot's callback address, the same again when nobody answers. Another status than 200 is an answer
 * too: path 90930 repeats after a broken connection and after a timeout only. Called again with the same `msgId` and
 * `createTime` it is a redelivery.
 */
export async function deliver(settings: CallbackSettings, callbackUrl: string, delivery: Delivery): Promise<Delivered> {
  const sealed = sealDelivery(settings, delivery);
  const envelope = envelopeOf(settings, sealed, delivery.tamper);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const answer = await post(settings, signedUrl(settings, callbackUrl, sealed, delivery.tamper), envelope);
    if (answer) return { ...answer, reply: replyIn(settings, delivery, answer), tries };
  }
  return { status: 0, reply: null, body: '', tries: mostTries };
}

type HttpAnswer = Pick<Delivered, 'status' | 'body'>;

/** Null when the connection broke, or was broken off because no answer came in time. */
async function post({ clock }: CallbackSettings, url: URL, body: string): Promise<HttpAnswer | null> {
  const giveUp = new AbortController();
  const postedAt = clock.now().getTime();
  const watch = setInterval(() => {
    if (clock.now().getTime() >= postedAt + patienceMs) giveUp.abort();
  }, 5);
  try {
    const response = await fetch(url, { method: 'POST', body, signal: giveUp.signal });
    return { status: response.status, body: await response.text() };
  } catch {
    return null;
  } finally {
    clearInterval(watch);
  }
}

function replyIn(settings: CallbackSettings, delivery: Delivery, { status, body }: HttpAnswer): string | null {
  if (status !== 200 || body === '') return null;
  const event = delivery.event?.['Event'];
  if (event && !answeredEvents.includes(event)) throw new Error(`${event} takes no text in the response`);
  return readReply(settings, delivery.from, body);
}

/** After a tap on a card only an update of the card is taken, and after any other event nothing (path 90241). */
const answeredEvents = [
  'subscribe',
  'enter_agent',
  'LOCATION',
  'click',
  'view',
  'view_miniprogram',
  'scancode_waitmsg',
  'template_card_menu_event',
];

/** Asks the bot to prove that it holds the keys, as the console does when the address is saved. */
export async function verifyAddress(
  settings: CallbackSettings,
  callbackUrl: string,
  tamper?: Tampering,
): Promise<{ status: number; body: string; expected: string }> {
  const expected = `${randomInt(1e9)}${randomInt(1e9)}1`;
  const receiver = tamper === 'receiver' ? 'ww-another-company' : settings.corpId;
  const echo = tamper === 'sealed-junk' ? junk(settings) : seal(settings.encodingAesKey, expected, receiver);
  const url = signedUrl(settings, callbackUrl, echo, tamper);
  url.searchParams.set('echostr', echo);
  const response = await fetch(url);
  return { status: response.status, body: await response.text(), expected };
}

function sealDelivery(settings: CallbackSettings, delivery: Delivery): string {
  const receiver = delivery.tamper === 'receiver' ? 'ww-another-company' : settings.corpId;
  if (delivery.tamper === 'sealed-junk') return junk(settings);
  if (delivery.tamper === 'unsealed') return 'bm90IHNlYWxlZA==';
  if (delivery.tamper === 'sealed-not-xml') return seal(settings.encodingAesKey, '{"text":"hello"}', receiver);
  return seal(settings.encodingAesKey, delivery.xml ?? messageXml(settings, delivery), receiver);
}

const junk = ({ encodingAesKey }: CallbackSettings): string => sealFrame(encodingAesKey, randomBytes(96));

function messageXml(settings: CallbackSettings, delivery: Delivery): string {
  const { from, text, event, fields } = delivery;
  const seconds = delivery.createTime ?? Math.floor(settings.clock.now().getTime() / 1000);
  const content = event ? { MsgType: 'event', ...event } : (fields ?? { MsgType: 'text', Content: text ?? '' });
  const elements = [
    element('ToUserName', settings.corpId),
    ...(delivery.tamper === 'no-sender' ? [] : [element('FromUserName', from)]),
    `<CreateTime>${seconds}</CreateTime>`,
    ...Object.entries(content).map(([name, value]) => element(name, value)),
    // Real ids exceed 2^53, where a JavaScript number would merge neighbours.
    ...(event ? [] : [`<MsgId>${delivery.msgId ?? `73847${randomInt(1e7, 1e8)}${randomInt(1e5, 1e6)}`}</MsgId>`]),
    `<AgentID>${settings.agentId}</AgentID>`,
  ];
  const entity = delivery.tamper === 'doctype-inside' ? '<!DOCTYPE xml [<!ENTITY who "me">]>' : '';
  return `${entity}<xml>${elements.join('\n')}</xml>`;
}

function element(name: string, value: string): string {
  return `<${name}><![CDATA[${value.split(']]>').join(']]]]><![CDATA[>')}]]></${name}>`;
}

function envelopeOf(settings: CallbackSettings, sealed: string, tamper?: Tampering): string {
  if (tamper === 'not-xml') return JSON.stringify({ encrypt: sealed });
  const fill = tamper === 'oversized' ? `<Fill>${'x'.repeat(1024 * 1024)}</Fill>` : '';
  const entity = tamper === 'doctype-outside' ? '<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/x.dtd">' : '';
  const agent = `<AgentID><![CDATA[${settings.agentId}]]></AgentID>`;
  return `${entity}<xml>${element('ToUserName', settings.corpId)}${element('Encrypt', sealed)}${agent}${fill}</xml>`;
}

function signedUrl(settings: CallbackSettings, callbackUrl: string, sealed: string, tamper?: Tampering): URL {
  const url = new URL(callbackUrl);
  const timestamp = String(Math.floor(settings.clock.now().getTime() / 1000));
  const nonce = String(randomInt(1e9, 2e9));
  const signature = sign(settings.token, timestamp, nonce, sealed);
  const flipped = signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  if (tamper !== 'unsigned') url.searchParams.set('msg_signature', tamper === 'signature' ? flipped : signature);
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('nonce', nonce);
  if (tamper === 'repeated-parameter') url.searchParams.append('nonce', nonce);
  return url;
}

/** Strict, as the platform is: a reply that it would not show is an error here. */
function readReply(settings: CallbackSettings, person: string, body: string): string {
  const envelope = readElements(body);
  const { Encrypt = '', MsgSignature, TimeStamp = '', Nonce = '' } = envelope;
  if (MsgSignature !== sign(settings.token, TimeStamp, Nonce, Encrypt)) throw new Error('the reply is not signed');
  if (!/^\d{10}$/.test(TimeStamp)) throw new Error('the timestamp of the reply is not in seconds');
  const { message, receiveId } = unseal(settings.encodingAesKey, Encrypt);
  if (receiveId !== settings.corpId) throw new Error('the reply is sealed for someone else');
  const { ToUserName, FromUserName, CreateTime = '', MsgType, Content = '' } = readElements(message);
  if (ToUserName !== person || FromUserName !== settings.corpId) throw new Error('the reply is addressed wrongly');
  if (MsgType !== 'text' || !/^\d{10}$/.test(CreateTime)) throw new Error('the reply is not a text message');
  if (Content === '' || Buffer.byteLength(Content) > 2048)
    throw new Error('the text of the reply is empty or too long');
  return Content;
}

function readElements(xml: string): Partial<Record<string, string>> {
  const inner = /^<xml>([\s\S]*)<\/xml>$/.exec(xml)?.[1] ?? '';
  const found = inner.matchAll(/<(\w+)>((?:<!\[CDATA\[[\s\S]*?\]\]>|[^<])*)<\/\1>/g);
  return Object.fromEntries(
    Array.from(found, ([, name = '', value = '']) => [name, value.replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')]),
  );
}
