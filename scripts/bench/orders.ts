/** Processes that do one thing at a time for bench.ts: an order goes in, a result comes back. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Process<Order, Result> {
  run(order: Order): Promise<Result>;
  stop(): Promise<void>;
}

/**
 * As package.json sets it for `npm start`: with dozens of turns at work, a collector that has more room for what is young
 * comes round less often and finds more of it done with.
 */
const engineFlags = ['--max-semi-space-size=64'];

/** @param name file in this folder that calls `serveOrders`. */
export function startProcess<Order extends object, Result>(name: string): Process<Order, Result> {
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const child = fork(join(__dirname, `${name}.js`), { stdio: [...stdio], execArgv: engineFlags });
  return {
    async run(order) {
      const answered = resultOf<Result>(child, name);
      child.send(order);
      return answered;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

async function resultOf<Result>(child: ChildProcess, name: string): Promise<Result> {
  const over = new AbortController();
  const died = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error(`the process ${name} ended before it was done`);
  });
  try {
    const [result] = (await Promise.race([once(child, 'message', { signal: over.signal }), died])) as [Result];
    return result;
  } finally {
    over.abort();
    died.catch(() => undefined);
  }
}

/** The other end: carries out orders until bench.ts lets go of the process, or dies. */
export function serveOrders<Order, Result>(
  work: (order: Order) => Promise<Result>,
  stop: () => Promise<void> = async () => undefined,
): void {
  process.on('message', (order) => {
    work(order as Order).then(
      (result) => process.send?.(result),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
  process.on('disconnect', () => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
