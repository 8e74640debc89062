/**
 * WeCom's group robot (消息推送, 原群机器人): text, markdown, pictures and files into one group. It has no idempotency key,
 * so a call without an answer may have been shown. developer.work.weixin.qq.com, paths 91770 and 99110.
 */
import { createHash } from 'node:crypto';
import type { WebhookConfig } from '../../config';
import type { Channel, OutboundFile, SendFailure } from '../channel';
import type { Fault } from '../wecom/failures';
import { type Called, callHttp } from '../wecom/http';
import { type AddressOf, urlOf, type WebhookPlace } from './address';
import { createWebhookChannel, type Delivery } from './channel';
import { wecomPlace, wecomWebhook } from './places';
import { wecomWebhookFailure } from './wecom-failures';
import { type WecomPart, wecomParts, wordsOf } from './wecom-parts';

export interface WebhookTiming {
  readonly callLimitMs: number;
  readonly uploadLimitMs: number;
}

export const webhookTiming: WebhookTiming = { callLimitMs: 10_000, uploadLimitMs: 60_000 };

const uploadPath = '/cgi-bin/webhook/upload_media';
const imageLimitBytes = 2 * 1024 * 1024;
const fileLimits = { leastBytes: 6, mostBytes: 20 * 1024 * 1024 };

type Body = Readonly<Record<string, unknown>>;
type Prepared = { readonly ok: true; readonly body: Body } | { readonly ok: false; readonly fault: Fault };

export function createWecomWebhook(
  config: WebhookConfig,
  addressOf: AddressOf,
  timing: WebhookTiming = webhookTiming,
): Channel {
  const place = wecomPlace(config);
  const robot = {
    channel: wecomWebhook,
    partsOf: wecomParts,
    deliver: (each: Deliver) => deliver(place, timing, each),
  };
  return createWebhookChannel(robot, addressOf);
}

type Deliver = Delivery<WecomPart>;

async function deliver(place: WebhookPlace, timing: WebhookTiming, delivery: Deliver): Promise<SendFailure | null> {
  const prepared = await prepare(place, timing, delivery);
  // Nobody has seen anything yet, so an upload may always be repeated.
  if (!prepared.ok) return wecomWebhookFailure(prepared.fault, true);
  const url = new URL(urlOf(place, place.path, { key: delivery.address.token }));
  const called = await callHttp(url, prepared.body, timing.callLimitMs);
  return called.ok ? null : wecomWebhookFailure(called.fault, false);
}

async function prepare(place: WebhookPlace, timing: WebhookTiming, { part, ...delivery }: Deliver): Promise<Prepared> {
  if (part.kind !== 'file') return ready({ msgtype: part.kind, [part.kind]: wordsOf(part) });
  const file = await delivery.message.load(part.fileId);
  if (isShownAsImage(file)) return ready({ msgtype: 'image', image: imageOf(file.bytes) });
  const size = file.bytes.length;
  // 文件大小不合法, as WeCom would answer after the upload.
  if (size < fileLimits.leastBytes || size > fileLimits.mostBytes) return unfit(40006);
  const url = new URL(urlOf(place, uploadPath, { key: delivery.address.token, type: 'file' }));
  return named(await callHttp(url, formOf(file), timing.uploadLimitMs));
}

function named(called: Called): Prepared {
  if (!called.ok) return called;
  const { media_id } = called.answer;
  return media_id ? ready({ msgtype: 'file', file: { media_id } }) : { ok: false, fault: { kind: 'unreadable' } };
}

function formOf(file: OutboundFile): FormData {
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
  return form;
}

const isShownAsImage = ({ mediaType, bytes }: OutboundFile): boolean =>
  /^image\/(?:png|jpeg)$/.test(mediaType) && bytes.length > 0 && bytes.length <= imageLimitBytes;

/** The digest is of the bytes, not of their base64. */
const imageOf = (bytes: Buffer) => ({
  base64: bytes.toString('base64'),
  md5: createHash('md5').update(bytes).digest('hex'),
});

const ready = (body: Body): Prepared => ({ ok: true, body });
const unfit = (errcode: number): Prepared => ({ ok: false, fault: { kind: 'errcode', errcode } });
