import {
  areAnnounced,
  isAnnounced,
  isWorkingDay,
  nextWorkingDay,
  whyNotWorking,
  workingDayFrom,
  workingDaysBefore,
} from '../../src/calendar/working-days';

describe('a working day', () => {
  it.each([
    ['an ordinary Monday', '2025-07-07', null],
    ['a Saturday', '2025-07-05', '周六'],
    ['a Sunday', '2025-07-06', '周日'],
    ['National Day on a weekday', '2025-10-02', '国庆节假期'],
    ['the last day of a long holiday', '2025-10-08', '国庆节假期'],
    ['Mid-autumn within National Day', '2025-10-06', '中秋假期'],
    ['a Saturday worked in exchange (调休)', '2025-10-11', null],
    ['a Sunday worked in exchange (调休)', '2025-09-28', null],
    ['New Year of the next year', '2026-01-01', '元旦假期'],
    ['a New Year that begins in the old year', '2022-12-31', '元旦假期'],
  ])('%s', (_label, day, why) => {
    expect(whyNotWorking(day)).toBe(why);
    expect(isWorkingDay(day)).toBe(why === null);
  });

  it.each([
    ['after a Friday comes Monday', '2025-07-04', '2025-07-07'],
    ['after a Friday before an exchanged Sunday comes that Sunday', '2025-09-26', '2025-09-28'],
    ['after the last day before National Day comes the day after it', '2025-09-30', '2025-10-09'],
  ])('%s', (_label, day, next) => {
    expect(nextWorkingDay(day)).toBe(next);
  });

  it('stays where it is when it is a working day already', () => {
    expect(workingDayFrom('2025-07-07')).toBe('2025-07-07');
    expect(workingDayFrom('2025-07-05')).toBe('2025-07-07');
  });

  it.each([
    [0, '2025-07-07'],
    [1, '2025-07-04'],
    [3, '2025-07-02'],
  ])('counts %i working days back from 2025-07-07', (count, day) => {
    expect(workingDaysBefore('2025-07-07', count)).toBe(day);
  });

  it('counts back over a holiday', () => {
    expect(workingDaysBefore('2025-10-09', 1)).toBe('2025-09-30');
    expect(workingDaysBefore('2025-10-09', 3)).toBe('2025-09-28');
  });
});

describe('a year whose holidays are not announced', () => {
  it.each([
    [2025, true],
    [2026, true],
    [2099, false],
  ])('%i is told apart', (year, known) => {
    expect(isAnnounced(year)).toBe(known);
  });

  it('falls back to Mondays to Fridays', () => {
    expect(isWorkingDay('2099-01-01')).toBe(true);
    expect(whyNotWorking('2099-10-03')).toBe('周六');
  });

  it('makes a span over the turn of the year uncertain', () => {
    expect(areAnnounced(['2026-01-05', '2026-01-05'])).toBe(true);
    expect(areAnnounced(['2026-12-31', '2099-01-04'])).toBe(false);
  });
});
