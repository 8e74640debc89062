/** What those who run the service ask it: is it alive, can it serve, how fast is it. */
import type Router from '@koa/router';
import type { Middleware } from 'koa';
import { Histogram, type Registry } from 'prom-client';
import { routeOf } from './faults';

export interface Health {
  /** Whether requests can be served: the database answers. A rejection counts as no. */
  ready(): Promise<boolean>;
}

/** `/healthz`: the process answers; `/readyz`: it can serve; `/metrics`: Prometheus' text format. */
export function mountProbes(router: Router, health: Health, metrics: Registry): void {
  router.get('/healthz', (context) => {
    context.body = 'ok';
  });
  router.get('/readyz', async (context) => {
    const ready = await health.ready().catch(() => false);
    context.status = ready ? 200 : 503;
    context.body = ready ? 'ready' : 'not ready';
  });
  router.get('/metrics', async (context) => {
    context.set('content-type', metrics.contentType);
    context.body = await metrics.metrics();
  });
}

/** How long each route took until its response began; how long a stream stays open is not the server's doing. */
export function measure(metrics: Registry): Middleware {
  const seconds = new Histogram({
    name: 'baosong_http_request_seconds',
    help: 'Time from a request to the start of its response.',
    labelNames: ['method', 'route', 'status'],
    registers: [metrics],
  });
  return async (context, next) => {
    const end = seconds.startTimer();
    await next();
    end({ ...routeOf(context), status: context.status });
  };
}
