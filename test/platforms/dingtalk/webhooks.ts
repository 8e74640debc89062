/** The address of a session, which takes a message without a token. HTTP status is always 200. */
import { calledIn } from './called';
import { type Call, jsonOf, ok, oldError, type Reply } from './http';
import type { World } from './world';

const bodyLimitBytes = 20_000;

export function sendBySession(world: World, call: Call): Reply {
  const session = world.sessionOf(call.query.get('session'));
  if (!session) return oldError(300001, 'session 不存在');
  const message = checkBody(call);
  if ('status' in message) return message;
  world.record({ via: 'session', to: [session.to], ...message });
  return ok({ errcode: 0, errmsg: 'ok' });
}

/** Required fields by msgtype. */
const types: Readonly<Record<string, readonly string[]>> = {
  text: ['content'],
  markdown: ['title', 'text'],
};

function checkBody(
  call: Call,
): { kind: string; params: Readonly<Record<string, string>>; called: readonly string[] } | Reply {
  if (!call.headers['content-type']?.startsWith('application/json')) return oldError(43004, 'invalid content-type');
  const body = jsonOf(call);
  if (!body) return oldError(40035, 'not a JSON object');
  if (call.body.length > bodyLimitBytes) return oldError(460101, 'message too long, exceed 20000 bytes');
  const kind = String(body['msgtype']);
  const params = body[kind] as Readonly<Record<string, string>> | undefined;
  if (!types[kind]) return oldError(400105, 'unsupported msgtype');
  const complete = types[kind].every((name) => typeof params?.[name] === 'string' && params[name] !== '');
  const called = calledIn(body, params?.['content'] ?? params?.['text'] ?? '');
  return params && complete && called ? { kind, params, called } : oldError(40035, `miss param : ${kind}`);
}
