/** Carries HTTP to a channel's route and back: the body within its limit, the response as the route wants it. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { RouterContext } from '@koa/router';
import readRawBody from 'raw-body';
import type { Route, WebRequest, WebResponse } from '../channels/channel';
import { problems } from '../problems';
import { whenOver } from './response-end';

/** The Koa handler for one route. */
export function handlerOf(route: Route): (context: RouterContext) => Promise<void> {
  return async (context) => {
    const body = await readBody(context.req, route.bodyLimitBytes);
    send(context, await route.handle(requestOf(context, body)));
  };
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  try {
    return await readRawBody(request, { limit, length: request.headers['content-length'] });
  } catch (error) {
    throw kindOf(error) === 'entity.too.large'
      ? problems.tooLarge(limit)
      : problems.malformed('the body is incomplete');
  }
}

const kindOf = (error: unknown): unknown => (error instanceof Error && 'type' in error ? error.type : undefined);

function requestOf(context: RouterContext, body: Buffer): WebRequest {
  const headers = Object.entries(context.req.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value] as const,
  );
  return {
    method: context.method,
    path: context.path,
    query: new URLSearchParams(context.querystring),
    headers: Object.fromEntries(headers),
    body,
  };
}

function send(context: RouterContext, response: WebResponse): void {
  if (response.done) whenOver(context.res, response.done);
  context.status = response.status;
  // Set before the body, or Koa guesses: a string that begins with "<" would become text/html.
  context.set('content-type', response.type ?? defaultType(response.body));
  context.set({ ...response.headers });
  context.body = response.body;
  // An event stream may be silent at first; the page waits for the headers to know that it is connected.
  if (response.body instanceof Readable && context.method !== 'HEAD') context.flushHeaders();
}

function defaultType(body: WebResponse['body']): string {
  return typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}
