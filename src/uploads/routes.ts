/**
 * The upload page: a file that comes through a person's link is taken as if it had been sent in their chat, through the one
 * way in. Opening the page uses nothing up, since chat apps open links to show what is behind them.
 */
import { randomBytes } from 'node:crypto';
import type { Inbound, LoadFile, Receive, Route, WebRequest, WebResponse } from '../channels/channel';
import type { Clock } from '../clock';
import type { Database } from '../database/database';
import { answerPage, formPage, messagePage, type Page } from './html';
import { claimLink, hashOf, type LinkOwner, type LinkState, releaseLink, stateOf } from './links';

export interface UploadParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly receive: Receive;
}

const megabyte = 1024 * 1024;
const fileLimitBytes = 5 * megabyte;
/** A little more, for the form around the file and so that the bot itself can say what is too large. */
const bodyLimitBytes = 6 * megabyte;
const path = '/upload/:token';

export function uploadRoutes(parts: UploadParts): readonly Route[] {
  return [
    { method: 'GET', path, bodyLimitBytes: 0, handle: (request) => show(parts, request) },
    { method: 'POST', path, bodyLimitBytes, handle: (request) => take(parts, request) },
  ];
}

const tokenOf = ({ path: asked }: WebRequest): string => asked.split('/').pop() ?? '';
const newNonce = (): string => randomBytes(16).toString('base64url');

async function show({ database, clock }: UploadParts, request: WebRequest): Promise<WebResponse> {
  const state = await database.read((tx) => stateOf(tx, tokenOf(request), clock.now()));
  return state === 'open' ? respond(200, formPage(newNonce(), fileLimitBytes)) : gone(state);
}

async function take(parts: UploadParts, request: WebRequest): Promise<WebResponse> {
  const { database, clock } = parts;
  const token = tokenOf(request);
  const file = await fileIn(request);
  if (!file) return respond(400, messagePage(newNonce(), '没有收到文件', '请返回上一页，选好文件再上传。'));
  const owner = await database.transact((tx) => claimLink(tx, token, clock.now()));
  if (!owner) return gone(await database.read((tx) => stateOf(tx, token, clock.now())));
  try {
    return await handOver(parts, inboundOf(token, owner, file));
  } catch (error) {
    await database.transact((tx) => releaseLink(tx, token));
    throw error;
  }
}

async function handOver({ receive }: UploadParts, inbound: Inbound): Promise<WebResponse> {
  const answer = await receive(inbound);
  if (!answer) return respond(200, messagePage(newNonce(), '收到文件', '请回到聊天里继续。'));
  // The page shows it, and the person's chat as well: that is where the talk goes on.
  const page = answerPage(newNonce(), answer.content);
  return { ...respond(200, page), done: () => answer.settle(false) };
}

interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

function inboundOf(token: string, owner: LinkOwner, { name, bytes }: UploadedFile): Inbound {
  const { channel, chatId, directory, userId } = owner;
  const load: LoadFile = async (limit) =>
    bytes.length > limit ? { ok: false, reason: 'too_large' } : { ok: true, bytes };
  const key = `upload:${hashOf(token)}`;
  const content = { kind: 'file', name, ref: key, load } as const;
  const chat = { channel, kind: 'private', id: chatId } as const;
  return { chat, userId, directory, key, content, replyVia: null };
}

/** The file of the form; null when there is none, or the body is no form. */
async function fileIn({ headers, body }: WebRequest): Promise<UploadedFile | null> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return null;
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const file = form.get('file');
    if (file === null || typeof file === 'string' || file.name === '') return null;
    return { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) };
  } catch {
    return null;
  }
}

const reasons: Readonly<Record<LinkState, string>> = {
  open: '请返回上一页重试。',
  used: '这个链接已经用过了。要再传文件，请在聊天里回“上传”，我给您新的链接。',
  expired: '这个链接已过期（一小时内有效）。请在聊天里回“上传”，我给您新的链接。',
  unknown: '没有这个链接，或它已被新的链接代替。请在聊天里回“上传”，我给您新的链接。',
};

const gone = (state: LinkState): WebResponse =>
  respond(state === 'unknown' ? 404 : 410, messagePage(newNonce(), '链接不能用了', reasons[state]));

const respond = (status: number, { html, policy }: Page): WebResponse => ({
  status,
  type: 'text/html; charset=utf-8',
  headers: { 'content-security-policy': policy },
  body: html,
});
