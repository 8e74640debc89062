import { FixedClock, inShanghai, MovableClock, systemClock } from '../src/clock';

const noon = new Date('2026-07-07T04:00:00Z');
const hour = 60 * 60 * 1000;

describe('the system clock', () => {
  it('never runs backwards between two looks', () => {
    const first = systemClock.now().getTime();
    expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(first);
  });
});

describe('a fixed clock', () => {
  it('stands still until it is set', () => {
    const clock = new FixedClock(noon);
    expect([clock.now(), clock.now()]).toEqual([noon, noon]);
    clock.set(new Date(noon.getTime() + hour));
    expect(clock.now().toISOString()).toBe('2026-07-07T05:00:00.000Z');
  });

  it('is not moved by someone who changes the instant it gave', () => {
    const clock = new FixedClock(noon);
    clock.now().setUTCFullYear(1999);
    expect(clock.now()).toEqual(noon);
  });
});

describe('a movable clock', () => {
  it('shows the time of the clock below it until it is moved', () => {
    expect(new MovableClock(new FixedClock(noon)).now()).toEqual(noon);
  });

  it('goes on at the real pace from wherever it was set', () => {
    const real = new FixedClock(noon);
    const clock = new MovableClock(real);
    clock.set(new Date('2025-12-31T15:00:00Z'));
    real.set(new Date(noon.getTime() + hour));
    expect(clock.now().toISOString()).toBe('2025-12-31T16:00:00.000Z');
  });

  it('comes back to real time when reset', () => {
    const clock = new MovableClock(new FixedClock(noon));
    clock.set(new Date('2025-12-31T15:00:00Z'));
    clock.reset();
    expect(clock.now()).toEqual(noon);
  });
});

describe('the wall clock in Shanghai', () => {
  it.each([
    ['an afternoon in summer', '2026-07-07T10:00:00Z', '2026-07-07 18:00'],
    ['the first minute of a day', '2026-07-16T16:00:00Z', '2026-07-17 00:00'],
    ['the turn of the year', '2026-12-31T16:30:00Z', '2027-01-01 00:30'],
  ])('reads %s', (_label, instant, shown) => {
    expect(inShanghai(new Date(instant)).toFormat('yyyy-MM-dd HH:mm')).toBe(shown);
  });
});
