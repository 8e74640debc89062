import { Registry } from 'prom-client';
import { ApiCalls } from '../../entities/api-calls';
import { FixedClock } from '../../src/clock';
import { Database } from '../../src/database/database';
import { CallCounter } from '../../src/delivery/api-calls';
import { createLog } from '../../src/log';
import { databases, type OpenDatabase } from '../support/databases';

const july = new Date('2025-07-31T15:59:59.000Z');

describe.each(databases)('the calls of a month ($name)', ({ open }) => {
  let opened: OpenDatabase;
  let database: Database;
  const clock = new FixedClock(july);
  const warned: number[] = [];
  beforeEach(async () => {
    clock.set(july);
    warned.length = 0;
    opened = await open();
    database = new Database(opened.dataSource);
  });
  afterEach(() => opened.close());

  const counterOf = (limit = 10, metrics?: Registry, before = () => Promise.resolve()) =>
    new CallCounter({
      ...{ database, clock, metrics, limit },
      log: createLog('silent'),
      channel: 'dingtalk',
      async warn(_tx, used) {
        await before();
        warned.push(used);
      },
    });

  async function call(counter: CallCounter, times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) counter.count();
    await counter.flush();
  }

  it('are counted over several copies of the bot', async () => {
    const copies = [counterOf(100), counterOf(100)];
    await Promise.all(copies.map((each) => call(each, 30)));
    expect(await copies[0]!.used()).toBe(60);
    expect(await database.read((tx) => tx.count(ApiCalls))).toBe(1);
  });

  it('begin again with the next month of China', async () => {
    const counter = counterOf();
    await call(counter, 3);
    clock.set(new Date('2025-07-31T16:00:00.000Z'));
    expect(await counter.used()).toBe(0);
    await call(counter, 1);
    const rows = await database.read((tx) => tx.find(ApiCalls, { order: { id: 'ASC' } }));
    expect(rows.map(({ month, calls }) => [month, calls])).toEqual([
      ['2025-07', 3],
      ['2025-08', 1],
    ]);
  });

  it('are warned of once, at four fifths, whichever copy comes to it', async () => {
    const copies = [counterOf(), counterOf()];
    await call(copies[0]!, 7);
    expect(warned).toEqual([]);
    await call(copies[1]!, 1);
    await call(copies[0]!, 5);
    expect(warned).toEqual([8]);
  });

  it('are none the fewer, and warned of later, when the warning could not be written', async () => {
    let fails = true;
    const counter = counterOf(10, undefined, () => (fails ? Promise.reject(new Error('no disk')) : Promise.resolve()));
    await call(counter, 8);
    expect(warned).toEqual([]);
    fails = false;
    await call(counter, 1);
    expect(warned).toEqual([9]);
    expect(await counter.used()).toBe(9);
  });

  it('can be watched', async () => {
    const metrics = new Registry();
    await call(counterOf(10, metrics), 4);
    expect(await metrics.metrics()).toContain('baosong_api_calls{channel="dingtalk"} 4');
  });
});
