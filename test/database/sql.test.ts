import { Database } from '../../src/database/database';
import { isDuplicate } from '../../src/database/errors';
import { inserting, reading, run, runLast, runTogether, selecting, writing } from '../../src/database/sql';
import { databases, mariaDb, type OpenDatabase } from '../support/databases';

const now = new Date('2026-07-01T01:00:00.889Z');
const message = (messageKey: string) => ({ channel: 'wecom', messageKey, receivedAt: now });
const taking = (messageKey: string) => inserting('inbound_message', message(messageKey));
const keys = reading(
  selecting<{ messageKey: string }>('SELECT messageKey FROM inbound_message ORDER BY id', []),
  (rows) => rows.map((row) => row.messageKey),
);

const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (isDuplicate(error) ? 'duplicate' : 'another'),
  );

describe.each(databases)('statements on $name', (on) => {
  let opened: OpenDatabase;
  let database: Database;
  beforeEach(async () => {
    opened = await on.open();
    database = new Database(opened.dataSource);
  });
  afterEach(() => opened.close());

  const stored = () => database.read((tx) => run(tx, keys));

  it('that go together are carried out in their order, each with its own result', async () => {
    const results = await database.transact((tx) => runTogether(tx, [taking('a'), keys, taking('b'), keys]));
    expect(results).toEqual([1, ['a'], 2, ['a', 'b']]);
  });

  it('that go together may come after one that went alone', async () => {
    const both = database.transact(async (tx) => [
      await run(tx, taking('a')),
      ...(await runTogether(tx, [keys, keys])),
    ]);
    expect(await both).toEqual([1, ['a'], ['a']]);
  });

  it('after one that fails are not carried out, and the transaction goes on', async () => {
    await database.transact(async (tx) => {
      await run(tx, taking('a'));
      expect(await faultOf(runTogether(tx, [taking('a'), taking('b')]))).toBe('duplicate');
      await run(tx, taking('c'));
    });
    expect(await stored()).toEqual(['a', 'c']);
  });

  it('of a transaction that fails at the end leave nothing behind', async () => {
    const broken = database.transact(async (tx) => {
      await runTogether(tx, [taking('a'), writing('UPDATE inbound_message SET channel = ?', ['dingtalk'])]);
      throw new Error('refused');
    });
    await expect(broken).rejects.toThrow('refused');
    expect(await stored()).toEqual([]);
  });

  it('of a transaction whose first one fails leave nothing behind', async () => {
    await database.transact((tx) => run(tx, taking('a')));
    const twice = database.transact((tx) => runTogether(tx, [taking('a'), taking('b')]));
    expect(await faultOf(twice)).toBe('duplicate');
    await database.transact((tx) => run(tx, taking('c')));
    expect(await stored()).toEqual(['a', 'c']);
  });

  it('need not be there: an empty transaction commits or fails as any other, and the next is whole', async () => {
    await database.transact(async () => undefined);
    await expect(database.transact(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    const broken = database.transact(async (tx) => {
      await run(tx, taking('a'));
      throw new Error('too late');
    });
    await expect(broken).rejects.toThrow('too late');
    expect(await stored()).toEqual([]);
  });

  it('that are the last of a transaction are committed with it, and the next transaction is whole', async () => {
    const last = database.transact(async (tx) => [
      await run(tx, taking('a')),
      ...(await runLast(tx, [taking('b'), keys])),
    ]);
    expect(await last).toEqual([1, 2, ['a', 'b']]);
    expect(await database.transact((tx) => runLast(tx, [taking('c')]))).toEqual([3]);
    const broken = database.transact(async (tx) => {
      await run(tx, taking('d'));
      throw new Error('refused');
    });
    await expect(broken).rejects.toThrow('refused');
    expect(await stored()).toEqual(['a', 'b', 'c']);
  });

  it('that are the last of a transaction leave nothing behind when one fails', async () => {
    const twice = database.transact((tx) => runLast(tx, [taking('a'), taking('b'), taking('a')]));
    expect(await faultOf(twice)).toBe('duplicate');
    expect(await stored()).toEqual([]);
  });

  it('need not be any', async () => {
    const none = database.transact(async (tx) => [...(await runTogether(tx, [])), ...(await runLast(tx, []))]);
    expect(await none).toEqual([]);
  });
});

describe('a transaction that is over', () => {
  it('takes nothing more on a server', async () => {
    const opened = await mariaDb.open();
    const database = new Database(opened.dataSource);
    const more = database.transact(async (tx) => {
      await runLast(tx, [taking('a')]);
      await run(tx, taking('b'));
    });
    await expect(more).rejects.toThrow('the transaction is over');
    expect(await database.read((tx) => run(tx, keys))).toEqual(['a']);
    await opened.close();
  });
});
