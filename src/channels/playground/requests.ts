/** Reads and refuses what reaches the playground over HTTP: where a request comes from, and what its body or query says. */
import { z } from 'zod';
import { Problem, problems } from '../../problems';
import type { WebRequest } from '../channel';
import { type ChatRef, textLimit } from './wire';

const chat = z.object({ kind: z.enum(['private', 'group']), id: z.string().min(1).max(200) });

const postedMessage = z
  .object({
    chat,
    userId: z.string().min(1).max(200),
    text: z.string().trim().min(1).max(textLimit),
    key: z.string().min(8).max(100),
    mention: z.boolean().default(true),
  })
  .refine((posted) => posted.chat.kind === 'group' || posted.chat.id === posted.userId, {
    message: 'a private chat has the id of its person',
    path: ['chat', 'id'],
  });

const postedFile = z
  .object({
    kind: z.enum(['private', 'group']),
    id: z.string().min(1).max(200),
    userId: z.string().min(1).max(200),
    key: z.string().min(8).max(100),
    name: z.string().trim().min(1).max(200),
  })
  .refine((posted) => posted.kind === 'group' || posted.id === posted.userId, {
    message: 'a private chat has the id of its person',
    path: ['id'],
  });

const clockMove = z.object({ to: z.iso.datetime({ offset: true }).nullable() });

export const readPostedMessage = (request: WebRequest) => parse(postedMessage, readJson(request));

/** A file: what it is and whose stands in the query, its bytes are the body. */
export function readPostedFile(request: WebRequest): PostedFile {
  requireType(request, 'application/octet-stream');
  const { kind, id, userId, key, name } = parse(postedFile, Object.fromEntries(request.query));
  return { chat: { kind, id }, userId, key, name, bytes: request.body };
}

export interface PostedFile {
  readonly chat: ChatRef;
  readonly userId: string;
  readonly key: string;
  readonly name: string;
  readonly bytes: Buffer;
}

export const readClockMove = (request: WebRequest) => parse(clockMove, readJson(request));
export const readChat = (request: WebRequest) => parse(chat, Object.fromEntries(request.query));

/** The last segment of a path, as a row id. */
export function readFileId(request: WebRequest): number {
  const segment = request.path.split('/').pop() ?? '';
  if (!/^[1-9]\d{0,14}$/.test(segment)) throw problems.notFound();
  return Number(segment);
}

/**
 * Refuses what another site makes a browser send. Browsers tell by `Sec-Fetch-Site`, but only to addresses they trust
 * (https, localhost); over plain http in a local network `Origin` remains, which every cross-site POST carries.
 * https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function refuseOtherSites(request: WebRequest): void {
  const site = request.headers['sec-fetch-site'];
  const isOurs = site === undefined ? isOwnOrigin(request) : site === 'same-origin' || site === 'none';
  if (!isOurs) throw new Problem('request.cross_site', 403, 'the request comes from another site');
}

/** A link on another site may open the page itself; nothing may fetch or frame it. */
export function refuseOtherSitesUnlessOpening(request: WebRequest): void {
  const isOpening =
    request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document';
  if (!isOpening) refuseOtherSites(request);
}

function isOwnOrigin(request: WebRequest): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** A form of another site cannot carry such a media type, so asking for it also stops browsers that tell no origin. */
function requireType(request: WebRequest, wanted: string): void {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== wanted) throw problems.malformed(`the content type is not ${wanted}`);
}

function readJson(request: WebRequest): unknown {
  requireType(request, 'application/json');
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    throw problems.malformed('the body is not JSON');
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw problems.malformed(parsed.error.issues.map((issue) => issue.path.join('.') || 'body').join(', '));
}
