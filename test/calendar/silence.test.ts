import { isSilent, outOfSilence } from '../../src/calendar/silence';

const at = (time: string): Date => new Date(`${time}+08:00`);

describe('the silence', () => {
  it.each([
    ['before half past eight', '2025-07-07T08:29:59', true],
    ['at half past eight', '2025-07-07T08:30:00', false],
    ['in the last second before eight in the evening', '2025-07-07T19:59:59', false],
    ['at eight in the evening', '2025-07-07T20:00:00', true],
    ['at noon of a Saturday', '2025-07-05T12:00:00', true],
    ['at noon of a Saturday worked in exchange', '2025-10-11T12:00:00', false],
    ['at noon of a holiday', '2025-10-02T12:00:00', true],
  ])('%s', (_label, time, silent) => {
    expect(isSilent(at(time))).toBe(silent);
  });

  it.each([
    ['early morning waits for half past eight', '2025-07-07T06:00:00', '2025-07-07T08:30:00'],
    ['Friday night waits for Monday', '2025-07-04T20:00:00', '2025-07-07T08:30:00'],
    ['an early Saturday waits for Monday', '2025-07-05T07:00:00', '2025-07-07T08:30:00'],
    ['working hours do not wait', '2025-07-07T18:05:00', '2025-07-07T18:05:00'],
  ])('%s', (_label, time, later) => {
    expect(outOfSilence(at(time))).toEqual(at(later));
  });
});
