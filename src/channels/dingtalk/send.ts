/**
 * One outbound message on its way to a chat: through the address that came with the person's message while that is
 * good, since it costs no call of the monthly quota, and otherwise through the robot API.
 */
import { extname } from 'node:path';
import type { Clock } from '../../clock';
import type { DingtalkConfig } from '../../config';
import type { Log } from '../../log';
import type { Chat, Outbound, OutboundFile, ReplyVia, SendResult } from '../channel';
import type { RobotApi, Timeouts } from './api';
import { type Fault, failed, type Outcome, postJson, succeeded } from './exchange';
import { describeFault } from './failures';
import {
  type FilePart,
  fileMessage,
  imageMessage,
  type RobotApiMessage,
  toParts,
  toRobotApiMessage,
  toWebhookBody,
  type WrittenPart,
} from './parts';
import { isUsable } from './session-webhook';

export type Send = (message: Outbound) => Promise<SendResult>;

interface Tools {
  readonly config: DingtalkConfig;
  readonly clock: Clock;
  readonly api: RobotApi;
  readonly wait: Timeouts;
}

export interface SendParts extends Tools {
  readonly log: Log;
}

/** The platform's id of what was sent; null where it gives none. */
type Sent = Outcome<string | null>;

/** The way out, for every way in: it needs no connection of the robot's. */
export function createSend({ log, ...tools }: SendParts): Send {
  return async (message) => {
    const sent = await sendAll(tools, message);
    if (sent.ok) return { ok: true, platformId: sent.value };
    const failure = describeFault(sent.fault);
    log.warn({ code: failure.code, outbound: message.id, retryable: failure.retryable }, 'a message was not sent');
    return { ok: false, failure };
  };
}

async function sendAll(tools: Tools, message: Outbound): Promise<Sent> {
  const { written, files } = toParts(message.content, message.chat.kind);
  const sent = await sendWritten(tools, message, written);
  if (!sent.ok) return sent;
  let last = sent;
  for (const part of files) {
    const next = await sendFile(tools, message, part);
    if (!next.ok) return next;
    last = next;
  }
  return last;
}

async function sendWritten(tools: Tools, message: Outbound, parts: readonly WrittenPart[]): Promise<Sent> {
  let last: Sent = succeeded(null);
  let via = message.replyVia;
  for (const part of parts) {
    last = via ? await replyThrough(tools, via, part) : last;
    if (isSessionLost(last)) via = null;
    if (!via) last = await push(tools.api, message.chat, toRobotApiMessage(part));
    if (!last.ok) return last;
  }
  return last;
}

async function replyThrough(tools: Tools, via: ReplyVia, part: WrittenPart): Promise<Sent> {
  const { config, clock, wait } = tools;
  if (!isUsable(via, config.oapiUrl, clock.now())) return lost;
  const outcome = await postJson(via.handle, toWebhookBody(part), wait.apiMs);
  if (!outcome.ok) return outcome;
  return 'errcode' in outcome.value ? succeeded(null) : failed({ kind: 'silent', reason: 'no errcode' });
}

const lost = failed({ kind: 'refused', status: 200, code: '300001' });

/** 300001 「session 不存在」 comes with HTTP 200. */
function isSessionLost(sent: Sent): boolean {
  return !sent.ok && sent.fault.kind === 'refused' && /^(300001|session\..+)$/.test(sent.fault.code);
}

function push(api: RobotApi, chat: Chat, message: RobotApiMessage): Promise<Sent> {
  return chat.kind === 'private' ? api.sendPrivate(chat.id, message) : api.sendGroup(chat.id, message);
}

async function sendFile({ api }: Tools, message: Outbound, part: FilePart): Promise<Sent> {
  const file = await message.load(part.fileId);
  const refusal = refuseFile(part, file);
  if (refusal) return failed(refusal);
  const uploaded = await api.upload(file, part.kind);
  if (!uploaded.ok) return uploaded;
  const carried =
    part.kind === 'image' ? imageMessage(uploaded.value) : fileMessage(uploaded.value, file.name, extensionOf(file));
  return push(api, message.chat, carried);
}

const fileLimitBytes = 20 * 1024 * 1024;
/** Of sampleFile, and of the upload of images. */
const extensions = {
  file: ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'],
  image: ['jpg', 'jpeg', 'gif', 'png', 'bmp'],
} as const;

/** What the platform would refuse in any case. */
function refuseFile(part: FilePart, file: OutboundFile): Fault | null {
  const allowed: readonly string[] = extensions[part.kind];
  if (!allowed.includes(extensionOf(file))) return { kind: 'refused', status: 0, code: 'file.type' };
  if (file.bytes.length > fileLimitBytes) return { kind: 'refused', status: 0, code: 'file.size' };
  return null;
}

const extensionOf = (file: OutboundFile) => extname(file.name).slice(1).toLowerCase();
