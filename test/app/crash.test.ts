/** The bot is killed or stopped in the middle of a report: nothing confirmed is lost, and nothing is there twice. */
import { setTimeout as wait } from 'node:timers/promises';
import { Filing } from '../../entities/filing';
import { FilingVersion } from '../../entities/filing-version';
import type { Delivered } from '../platforms/wecom/callbacks';
import { startWecomPlatform, type WecomPlatform } from '../platforms/wecom/platform';
import { BotProcess, buildBot } from '../support/bot-process';
import { databases, mariaDb, type OpenDatabase, type TestDatabase } from '../support/databases';
import { wecomAppKeys, wecomAppSettings } from '../support/platforms';
import { firstMorning, furnish, morningClock } from '../support/service';

const confirmation = { from: 'zhangsan', text: '确认', msgId: '7384729384729384729', createTime: 1751421600 };
const fillIn = ['上报', '4', '27', '135', '不变', '不变', '1020'];

let platform: WecomPlatform;
let opened: OpenDatabase;
let bot: BotProcess;

beforeAll(buildBot, 120_000);

async function begin(database: TestDatabase): Promise<void> {
  const clock = morningClock();
  platform = await startWecomPlatform({ ...wecomAppKeys, clock });
  opened = await furnish(database, [['光山县', '张三', '联络员', 'zhangsan']], clock);
  await startBot();
  for (const text of fillIn) await say({ from: 'zhangsan', text });
}

async function startBot(): Promise<void> {
  const settings = {
    DATABASE_URL: opened.url,
    LOG_LEVEL: 'silent',
    ...wecomAppSettings(platform.url),
  };
  bot = await BotProcess.start(settings, firstMorning);
}

afterEach(async () => {
  await bot.kill();
  await platform.stop();
  await opened.close();
});

const say = (message: { from: string; text: string }): Promise<Delivered> =>
  platform.deliver(`${bot.url}/callback/wecom/app`, message);

async function versions(): Promise<readonly FilingVersion[]> {
  const { manager } = opened.dataSource;
  const filing = await manager.findOneBy(Filing, { period: '2025-06' });
  return filing ? manager.findBy(FilingVersion, { filingId: filing.id }) : [];
}

/** The pause is longer than the 0.1 s for which MariaDB's list of transactions may be an old one. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(150);
}

/** The person waits no more; what becomes of the call is not looked at. */
function sayInVain(): void {
  say(confirmation).catch(() => undefined);
}

async function expectOneReport(): Promise<void> {
  const { status, reply } = await say(confirmation);
  expect([status, reply]).toEqual([200, expect.stringContaining('GS-202506-01')]);
  expect(await versions()).toEqual([expect.objectContaining({ number: 1, receipt: 'GS-202506-01' })]);
}

describe.each(databases)('killed ($name)', (database) => {
  it('after the commit and before the response, the bot gives the receipt to the repetition of the message', async () => {
    await begin(database);
    await bot.holdResponses();
    sayInVain();
    await until(async () => (await versions()).length === 1);
    await bot.kill();
    await startBot();
    await expectOneReport();
  });

  it('before the confirmation, the bot still holds the draft', async () => {
    await begin(database);
    await bot.kill();
    await startBot();
    await expectOneReport();
  });
});

/** Until the bot's transaction waits for a row that the test holds. */
const waitsForLock = async (): Promise<boolean> => {
  const waiting = await opened.dataSource.query<unknown[]>(
    `SELECT 1 FROM information_schema.innodb_trx trx
     JOIN information_schema.processlist process ON process.id = trx.trx_mysql_thread_id
     WHERE trx.trx_state = 'LOCK WAIT' AND process.db = DATABASE()`,
  );
  return waiting.length > 0;
};

/** Holds the rows of a table, so that a turn comes no further than to them, until the returned function is called. */
async function hold(table: string): Promise<() => Promise<void>> {
  const runner = opened.dataSource.createQueryRunner();
  // The gaps too, so that nothing can be inserted.
  await runner.startTransaction('REPEATABLE READ');
  await runner.query(`SELECT * FROM ${table} FOR UPDATE`);
  return async () => {
    await runner.rollbackTransaction();
    await runner.release();
  };
}

describe('killed within the transaction', () => {
  it.each(['conversation', 'filing_version', 'statistics', 'filing'])(
    'at %s, the bot has done nothing',
    async (table) => {
      await begin(mariaDb);
      const release = await hold(table);
      sayInVain();
      await until(waitsForLock);
      await bot.kill();
      await release();
      expect(await versions()).toEqual([]);
      await startBot();
      await expectOneReport();
    },
  );

  // The last packet brings the COMMIT, which the server carries out with or without the bot.
  it('at outbox_message, the bot has done all or nothing', async () => {
    await begin(mariaDb);
    const release = await hold('outbox_message');
    sayInVain();
    await until(waitsForLock);
    expect(await versions()).toEqual([]);
    await bot.kill();
    await release();
    await startBot();
    await expectOneReport();
  });
});

describe('stopped with SIGTERM', () => {
  it('in the middle of a turn, the bot finishes it, answers, and ends well', async () => {
    await begin(mariaDb);
    const release = await hold('filing');
    const answered = say(confirmation);
    await until(waitsForLock);
    bot.signal('SIGTERM');
    await until(isStopping);
    await release();
    expect((await answered).reply).toContain('GS-202506-01');
    expect(await bot.exited()).toBe(0);
    expect(await versions()).toHaveLength(1);
  });

  it('with nothing to do, the bot ends well', async () => {
    await begin(mariaDb);
    bot.signal('SIGTERM');
    expect(await bot.exited()).toBe(0);
  });

  /** A new message is refused, so that WeCom delivers it to the next bot. */
  const isStopping = async (): Promise<boolean> => {
    const { status } = await platform.deliver(`${bot.url}/callback/wecom/app`, { from: 'lisi', text: '你好' });
    return status === 503;
  };
});
