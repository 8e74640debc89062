/** The built bot as a process of its own, to be killed and stopped as an operator's machine does. */
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { systemClock } from '../../src/clock';

const root = join(__dirname, '..', '..');

/** Does nothing when the build is as new as its sources. */
export function buildBot(): void {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')]);
}

export class BotProcess {
  private said = '';

  private constructor(
    readonly url: string,
    private readonly child: ChildProcessByStdio<null, Readable, Readable>,
    folder: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
      });
    }
    child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }

  /** Resolves once it listens. @param now what its clock shows at the start. */
  static async start(settings: Readonly<Record<string, string>>, now: Date): Promise<BotProcess> {
    const port = await findFreePort();
    const offsetMs = now.getTime() - systemClock.now().getTime();
    // In an empty folder, or it would read the developer's own .env.
    const folder = mkdtempSync(join(tmpdir(), 'baosong-bot-'));
    const preload = join(__dirname, 'bot-preload.cjs');
    const child = spawn(process.execPath, ['--require', preload, join(root, 'dist', 'src', 'main.js')], {
      cwd: folder,
      env: { ...settings, PORT: String(port), BAOSONG_TEST_CLOCK_OFFSET_MS: String(offsetMs) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const bot = new BotProcess(`http://127.0.0.1:${port}`, child, folder);
    await bot.heard('报送 ');
    return bot;
  }

  /** From now on the bot does everything but answer. */
  async holdResponses(): Promise<void> {
    this.child.kill('SIGUSR2');
    await this.heard('responses are held back');
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Its exit code; null after a kill. */
  async exited(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited();
  }

  private async heard(words: string): Promise<void> {
    while (!this.said.includes(words)) {
      if (this.child.exitCode !== null) throw new Error(`the bot ended: ${this.said}`);
      await Promise.race([once(this.child.stdout, 'data'), once(this.child, 'exit')]);
    }
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
