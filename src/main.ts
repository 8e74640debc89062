/** Starts the service from its settings and stops it on SIGTERM or Ctrl-C. */
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { type App, startApp } from './app';
import { type Config, readConfig } from './config';
import { createLog, describeFault, type Log } from './log';

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const result = readConfig(process.env);
  if (!result.ok) {
    const lines = result.mistakes.map((mistake) => `  - ${mistake}`).join('\n');
    process.stderr.write(`These settings are wrong; see .env.example:\n${lines}\n`);
    process.exitCode = 1;
    return;
  }
  const { config } = result;
  const log = createLog(config.logLevel);
  const app = await startApp({ config, log });
  process.stdout.write(welcome(config, app.port));
  stopOnSignal(app, log);
}

function welcome(config: Config, port: number): string {
  const address = `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`;
  const store = config.databaseUrl.startsWith('file:') ? config.databaseUrl.slice('file:'.length) : 'MySQL';
  if (config.trial) {
    return `\n报送 试用：在浏览器打开 ${address}/ ，以任何人的身份跟机器人说话。\n数据在 ${store}；按 Ctrl-C 停止。\n\n`;
  }
  const channels = [config.wecomApp || config.wecomBot ? '企业微信' : null, config.dingtalk ? '钉钉' : null]
    .filter(Boolean)
    .join('、');
  return `\n报送 已启动：${channels}，监听 ${address}，数据在 ${store}。健康检查 ${address}/readyz\n\n`;
}

function stopOnSignal(app: App, log: Log): void {
  let stopping = false;
  const stop = (): void => {
    // Ctrl-C under npm arrives twice.
    if (stopping) return;
    stopping = true;
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ fault: describeFault(error) }, 'main.stop_failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const { code, message } = error as NodeJS.ErrnoException;
  process.stderr.write(`Baosong could not start: ${code ?? message}\n`);
  process.exitCode = 1;
});
