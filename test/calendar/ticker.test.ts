import { tables } from '../../entities/tables';
import { createTicker, type Ticker } from '../../src/calendar/ticker';
import { type Occurrence, type Timetable, timetableOf } from '../../src/calendar/timetable';
import { FixedClock } from '../../src/clock';
import { createLog } from '../../src/log';

const at = (time: string): Date => new Date(`${time}+08:00`);
const hourMs = 60 * 60 * 1000;
const figuresTables = tables.filter(({ shape }) => shape === 'figures');
const oneTable = { tables: figuresTables.slice(0, 1), graceMs: 4 * hourMs };
const twoTables = {
  ...oneTable,
  tables: [...oneTable.tables, ...oneTable.tables.map((each) => ({ ...each, name: 'other' }))],
};
const withGrace = (hours: number): typeof oneTable => ({ ...oneTable, graceMs: hours * hourMs });

/** Without the mornings on which there may be nothing to do. */
const stepsOf = ({ between, next }: Timetable): Timetable => ({
  between: (after, upTo) => between(after, upTo).filter(({ step }) => step !== null),
  next,
});

/** A ticker over the shipped tables, with a store that keeps each key once, as the database does. */
class World {
  readonly clock: FixedClock;
  readonly stored = new Set<string>();
  readonly runs: { key: string; at: Date; lateMs: number }[] = [];
  readonly failing = new Set<string>();
  readonly logged: string[] = [];
  readonly ticker: Ticker;
  mostAtOnce = 0;
  private running = 0;
  private hold: Promise<void> = Promise.resolve();
  private enter = (): void => undefined;

  constructor(
    now: string,
    private readonly house = oneTable,
  ) {
    this.clock = new FixedClock(at(now));
    this.ticker = this.anotherCopy();
  }

  /** A second process over the same store. */
  anotherCopy(): Ticker {
    return createTicker({
      clock: this.clock,
      timetable: stepsOf(timetableOf(this.house.tables)),
      graceMs: this.house.graceMs,
      done: async (keys) => new Set(keys.filter((key) => this.stored.has(key))),
      run: (occurrence, lateMs) => this.run(occurrence, lateMs),
      log: createLog('info', { write: (line) => this.logged.push(line) }),
    });
  }

  /** Until `release`, whatever runs does not finish; `entered` resolves when something has begun to run. */
  block(): { entered: Promise<void>; release: () => void } {
    let release = (): void => undefined;
    this.hold = new Promise((resolve) => {
      release = resolve;
    });
    const entered = new Promise<void>((resolve) => {
      this.enter = resolve;
    });
    return { entered, release: () => release() };
  }

  async tickAt(...times: string[]): Promise<void> {
    for (const time of times) {
      this.clock.set(at(time));
      await this.ticker.tick();
    }
  }

  keys(): string[] {
    return this.runs.map(({ key }) => key);
  }

  private async run({ key }: Occurrence, lateMs: number): Promise<void> {
    this.enter();
    this.running++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
    await this.hold;
    this.running--;
    if (this.failing.has(key)) throw new Error('the database is gone');
    if (this.stored.has(key)) return;
    this.stored.add(key);
    this.runs.push({ key, at: this.clock.now(), lateMs });
  }
}

const first = 'statistics/2025-06/reminder/T-3';

describe('a tick', () => {
  it('runs an occurrence once, however often it ticks', async () => {
    const world = new World('2025-07-02T09:59');
    await world.tickAt('2025-07-02T09:59', '2025-07-02T10:00', '2025-07-02T10:01', '2025-07-02T10:02');
    expect(world.runs).toEqual([{ key: first, at: at('2025-07-02T10:00'), lateMs: 0 }]);
  });

  it('runs it once when two copies of the bot tick at the same moment', async () => {
    const world = new World('2025-07-02T10:00');
    await Promise.all([world.ticker.tick(), world.anotherCopy().tick()]);
    expect(world.keys()).toEqual([first]);
  });

  it('catches up within the grace and tells how late it is', async () => {
    const world = new World('2025-07-02T13:00');
    await world.ticker.tick();
    expect(world.runs).toEqual([{ key: first, at: at('2025-07-02T13:00'), lateMs: 3 * hourMs }]);
  });

  it('skips what is older than the grace, and says so once in the log', async () => {
    const world = new World('2025-07-02T14:00');
    await world.tickAt('2025-07-02T14:00', '2025-07-02T14:01');
    expect(world.keys()).toEqual([]);
    expect(world.logged.filter((line) => line.includes(first) && line.includes('occurrence_lost'))).toHaveLength(1);
  });

  it('sends no reminder after the deadline, even within the grace, but the bulletin still', async () => {
    const world = new World('2025-07-07T18:10', withGrace(24));
    await world.ticker.tick();
    expect(world.keys()).toEqual(['statistics/2025-06/bulletin/provisional']);
  });

  it('holds what is late over the silence until the next working morning', async () => {
    const world = new World('2025-07-07T20:30', withGrace(48));
    await world.tickAt('2025-07-07T20:30', '2025-07-08T08:29');
    expect(world.keys()).toEqual([]);
    await world.tickAt('2025-07-08T08:30');
    expect(world.keys()).toEqual(['statistics/2025-06/bulletin/provisional']);
  });

  it('tries again at the next tick what failed', async () => {
    const world = new World('2025-07-02T10:00');
    world.failing.add(first);
    await world.ticker.tick();
    world.failing.clear();
    await world.tickAt('2025-07-02T10:01');
    expect(world.runs).toEqual([{ key: first, at: at('2025-07-02T10:01'), lateMs: 60_000 }]);
  });

  it('does not let one failure stop the next occurrence', async () => {
    const world = new World('2025-07-02T10:00', twoTables);
    world.failing.add(first);
    await world.ticker.tick();
    expect(world.keys()).toEqual(['other/2025-06/reminder/T-3']);
    expect(world.logged.some((line) => line.includes(first) && line.includes('run_failed'))).toBe(true);
  });

  it('never overlaps with another', async () => {
    const world = new World('2025-07-02T10:00');
    const { entered, release } = world.block();
    const running = world.ticker.tick();
    await entered;
    const next = world.ticker.tick();
    release();
    await Promise.all([running, next]);
    expect(world.mostAtOnce).toBe(1);
    expect(world.keys()).toEqual([first]);
  });

  it('survives a store that does not answer', async () => {
    const world = new World('2025-07-02T10:00');
    const ticker = createTicker({
      clock: world.clock,
      timetable: timetableOf(tables),
      graceMs: hourMs,
      done: () => Promise.reject(new Error('the database is gone')),
      run: () => Promise.resolve(),
      log: createLog('info', { write: (line) => world.logged.push(line) }),
    });
    await expect(ticker.tick()).resolves.toBeUndefined();
    expect(world.logged.join()).toContain('round_failed');
  });
});

describe('starting and stopping', () => {
  afterEach(() => jest.useRealTimers());

  it('catches up at the start, ticks every minute, and is silent after the stop', async () => {
    jest.useFakeTimers();
    const world = new World('2025-07-02T10:00');
    world.ticker.start();
    await jest.advanceTimersByTimeAsync(0);
    world.clock.set(at('2025-07-04T10:00'));
    await jest.advanceTimersByTimeAsync(60_000);
    await world.ticker.stop();
    world.clock.set(at('2025-07-07T10:00'));
    await jest.advanceTimersByTimeAsync(600_000);
    expect(world.keys()).toEqual([first, 'statistics/2025-06/reminder/T-1']);
  });

  it('waits at the stop for what is running', async () => {
    const world = new World('2025-07-02T10:00');
    const { entered, release } = world.block();
    world.ticker.start();
    await entered;
    const stopped = world.ticker.stop().then(() => world.keys());
    release();
    await expect(stopped).resolves.toEqual([first]);
  });

  it('begins nothing new once it is told to stop', async () => {
    const world = new World('2025-07-02T10:00', twoTables);
    const { entered, release } = world.block();
    world.ticker.start();
    await entered;
    const stopped = world.ticker.stop();
    release();
    await stopped;
    expect(world.keys()).toEqual([first]);
  });
});

describe('moving the clock of the trial', () => {
  it('sends every message at its own time', async () => {
    const world = new World('2025-07-01T09:00');
    await world.ticker.runThrough(at('2025-07-20T12:00'), (instant) => world.clock.set(instant));
    expect(world.runs).toEqual([
      { key: first, at: at('2025-07-02T10:00'), lateMs: 0 },
      { key: 'statistics/2025-06/reminder/T-1', at: at('2025-07-04T10:00'), lateMs: 0 },
      { key: 'statistics/2025-06/reminder/T-0', at: at('2025-07-07T10:00'), lateMs: 0 },
      { key: 'statistics/2025-06/bulletin/provisional', at: at('2025-07-07T18:05'), lateMs: 0 },
      { key: 'statistics/2025-06/reminder/T+1', at: at('2025-07-08T10:00'), lateMs: 0 },
      { key: 'statistics/2025-06/reminder/T+3', at: at('2025-07-10T10:00'), lateMs: 0 },
      { key: 'statistics/2025-06/bulletin/final', at: at('2025-07-18T09:00'), lateMs: 0 },
    ]);
    expect(world.clock.now()).toEqual(at('2025-07-20T12:00'));
  });

  it('sends nothing a second time when the clock goes back and forth', async () => {
    const world = new World('2025-07-02T09:00');
    const moveTo = (instant: Date): void => world.clock.set(instant);
    await world.ticker.runThrough(at('2025-07-02T12:00'), moveTo);
    await world.ticker.runThrough(at('2025-07-02T09:00'), moveTo);
    await world.ticker.runThrough(at('2025-07-02T12:00'), moveTo);
    expect(world.keys()).toEqual([first]);
  });

  it('tells the one who moved it when the clock cannot be moved, and goes on ticking', async () => {
    const world = new World('2025-07-02T09:00');
    const broken = world.ticker.runThrough(at('2025-07-02T12:00'), () => {
      throw new Error('no such time');
    });
    await expect(broken).rejects.toThrow('no such time');
    await world.tickAt('2025-07-02T10:00');
    expect(world.keys()).toEqual([first]);
  });
});
