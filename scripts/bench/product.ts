/** The server under test: the whole product with WeCom, in a process of its own. */
import { type App, startApp } from '../../src/app';
import { MovableClock } from '../../src/clock';
import { readConfig } from '../../src/config';
import { createLog } from '../../src/log';
import { serveOrders } from './orders';
import { benchKeys } from './sealing';
import { cpuMs, type ServerOrder, type ServerResult } from './servers';

async function start({ databaseUrl, apiUrl, now }: ServerOrder): Promise<App> {
  const read = readConfig({
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'silent',
    WECOM_CORP_ID: benchKeys.corpId,
    WECOM_AGENT_ID: String(benchKeys.agentId),
    WECOM_SECRET: 'unused',
    WECOM_TOKEN: benchKeys.token,
    WECOM_ENCODING_AES_KEY: benchKeys.encodingAesKey,
    WECOM_API_URL: apiUrl,
  });
  if (!read.ok) throw new Error(read.mistakes.join('; '));
  const clock = new MovableClock();
  clock.set(new Date(now));
  return startApp({ config: { ...read.config, port: 0 }, log: createLog('silent'), clock });
}

function serve(): void {
  let app: App | null = null;
  serveOrders<ServerOrder, ServerResult>(
    async (order) => {
      app ??= await start(order);
      return { port: app.port, cpuMs: cpuMs() };
    },
    async () => app?.stop(),
  );
}

serve();
