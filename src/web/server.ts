/**
 * The HTTP server: the channels' routes, health and metrics on Koa. It knows neither what a route is for nor how the rest
 * starts; a stop lets the requests at work finish, so that a reply under way is not lost.
 */
import { createServer, type Server } from 'node:http';
import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import type { Registry } from 'prom-client';
import type { Route } from '../channels/channel';
import { describeFault, type Log } from '../log';
import { problems } from '../problems';
import { answerFailures } from './faults';
import { handlerOf } from './mount';
import { type Health, measure, mountProbes } from './probes';
import { RunningRequests } from './running-requests';

export interface WebParts {
  readonly routes: readonly Route[];
  readonly health: Health;
  readonly metrics: Registry;
  readonly log: Log;
  readonly limits?: WebLimits;
}

export interface WebLimits {
  /** A request that has not come in whole by then is answered 408. */
  readonly requestMs: number;
  /** How long a stop waits for the requests at work. */
  readonly stopMs: number;
}

export interface WebServer {
  /** Port 0 takes a free one. Rejects when the address is taken. */
  start(port: number, host: string): Promise<{ port: number }>;
  stop(): Promise<void>;
}

const defaultLimits: WebLimits = { requestMs: 10_000, stopMs: 5_000 };

/** Proxies keep idle connections for 60 s and more; who closes first must not be us, or a callback meets a reset. */
const keepAliveMs = 75_000;

export function createWebServer(parts: WebParts): WebServer {
  return new KoaServer(parts, parts.limits ?? defaultLimits);
}

class KoaServer implements WebServer {
  private readonly running = new RunningRequests();
  private readonly server: Server;
  private stopping = false;

  constructor(
    parts: WebParts,
    private readonly limits: WebLimits,
  ) {
    const { requestMs } = limits;
    const times = { requestTimeout: requestMs, headersTimeout: requestMs, keepAliveTimeout: keepAliveMs };
    const connectionsCheckingInterval = Math.min(requestMs / 2, 1_000);
    this.server = createServer({ ...times, connectionsCheckingInterval }, this.assemble(parts).callback());
  }

  start(port: number, host: string): Promise<{ port: number }> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        const address = this.server.address();
        resolve({ port: address !== null && typeof address === 'object' ? address.port : port });
      });
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.running.endEventStreams();
    await this.running.settle(this.limits.stopMs);
    this.server.closeAllConnections();
    await closed;
  }

  private assemble(parts: WebParts): Koa {
    const { metrics, log } = parts;
    const app = new Koa();
    // Koa reports here what happens after a response began; a client that went away is nothing to tell.
    app.on('error', (error: unknown) => {
      const fault = describeFault(error);
      if (!clientLeft.has(fault.code ?? '')) log.error({ fault }, 'a response broke off');
    });
    const router = routerOf(parts);
    app.use(this.admit());
    app.use(measure(metrics));
    app.use(harden);
    app.use(answerFailures(log));
    app.use(this.refuseWhenStopping());
    app.use(router.routes());
    app.use(router.allowedMethods());
    return app;
  }

  /** Counts every request, and lets its connection go once the server stops. */
  private admit(): Middleware {
    return async (context, next) => {
      this.running.track(context.res);
      await next();
      if (this.stopping || context.status === 413) context.set('connection', 'close');
    };
  }

  /** A connection that was kept alive can still bring a request after the stop began. */
  private refuseWhenStopping(): Middleware {
    return (_context, next) => {
      if (this.stopping) throw problems.stopping();
      return next();
    };
  }
}

const clientLeft: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

function routerOf({ routes, health, metrics }: WebParts): Router {
  const router = new Router();
  mountProbes(router, health, metrics);
  for (const route of routes) router.register(route.path, [route.method], handlerOf(route));
  return router;
}

const harden: Middleware = (context, next) => {
  context.set('x-content-type-options', 'nosniff');
  context.set('referrer-policy', 'no-referrer');
  // Nothing here may be kept by a proxy, unless a route says otherwise.
  context.set('cache-control', 'no-store');
  return next();
};
