/**
 * What the log and the client learn of a failed request. Messages of foreign errors stay out: a driver quotes the values of
 * a row and a parser the text it read, and what people wrote does not go into the log.
 */
import type { Context, Middleware } from 'koa';
import { describeFault, type Log } from '../log';
import { Problem } from '../problems';

/** Turns what handlers throw into responses `{code}`: a `Problem` into its status, everything else into a logged 500. */
export function answerFailures(log: Log): Middleware {
  return async (context, next) => {
    try {
      await next();
      if (context.status === 404 && context.body === undefined) refuse(context, 404, 'request.not_found');
    } catch (error) {
      if (error instanceof Problem) return refuse(context, error.status, error.code);
      log.error({ fault: describeFault(error), ...routeOf(context) }, 'a request failed');
      refuse(context, 500, 'server.fault');
    }
  };
}

function refuse(context: Context, status: number, code: string): void {
  context.status = status;
  const sentence = sentences[status];
  if (sentence !== undefined && context.accepts('json', 'html') === 'html') {
    context.type = 'text/plain; charset=utf-8';
    context.body = sentence;
  } else context.body = { code };
}

/** For somebody who sent a form from a browser, which would show `{code}` as it stands. */
const sentences: Readonly<Record<number, string>> = {
  408: '文件没有传完，网络可能太慢。请返回上一页再试一次。',
  413: '文件太大，没有接收。请返回上一页，另选一个不超过5 MB的文件。',
};

/** The address as the route declares it: what stands in the path or the query may name a person. */
export function routeOf(context: Context): { readonly method: string; readonly route: string } {
  const route: unknown = context['_matchedRoute'];
  return { method: context.method, route: typeof route === 'string' ? route : 'none' };
}
