import { Database } from '../../src/database/database';
import { isDuplicate } from '../../src/database/errors';
import { inserting, insertingAll, reading, run, runTogether, selecting, writing } from '../../src/database/sql';
import { databases, type OpenDatabase } from '../support/databases';

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

  it('insert several rows at once', async () => {
    await database.transact((tx) => run(tx, insertingAll('inbound_message', [message('a'), message('b')])));
    expect(await stored()).toEqual(['a', 'b']);
  });
});
