import { backoffMs, refusedBackoffMs } from '../../../src/channels/dingtalk/stream/backoff';

describe('the pause before the next connection', () => {
  it.each([
    ['the first failure', 0, 1_000],
    ['the second', 1, 2_000],
    ['the third', 2, 4_000],
    ['many', 1_000, 48_000],
  ])('after %s is spread over a quarter and never above a minute', (_, failures, shortest) => {
    expect(backoffMs(failures, 0)).toBe(shortest);
    expect(backoffMs(failures, 1)).toBe(shortest * 1.25);
    expect(backoffMs(failures, 1)).toBeLessThanOrEqual(60_000);
  });

  it('is five minutes and a bit when somebody has to mend a setting', () => {
    expect([refusedBackoffMs(0), refusedBackoffMs(1)]).toEqual([300_000, 375_000]);
  });
});
