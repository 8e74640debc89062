import {
  explainDue,
  formatDay,
  formatDue,
  formatInstant,
  formatLock,
  formatMoment,
  nextPeriod,
  openPeriods,
  periodFor,
  previousPeriod,
  termsOf,
} from '../../src/calendar/periods';
import type { Cadence } from '../../src/table/definition';

const cadence: Cadence = { every: 'month', dueDay: 5, dueTime: '18:00', lockAfterDays: 10 };
const at = (time: string): Date => new Date(`${time}+08:00`);

describe('the terms of a period', () => {
  it('opens on the first, is due on the next working day and locks ten natural days later at midnight', () => {
    expect(termsOf(cadence, '2025-06')).toEqual({
      period: '2025-06',
      label: '2025年6月',
      asOf: '2025-06-30',
      opensAt: at('2025-07-01T00:00'),
      dueAt: at('2025-07-07T18:00'),
      locksAt: at('2025-07-18T00:00'),
      shifted: { from: '2025-07-05', why: '周六' },
      announced: true,
    });
  });

  it.each([
    ['a due day that stands', '2025-07', '2025-08-05T18:00', null],
    ['a due day in National Day week', '2025-09', '2025-10-09T18:00', { from: '2025-10-05', why: '国庆节假期' }],
    ['a due day over the turn of the year', '2025-12', '2026-01-05T18:00', null],
    ['a due day on the Sunday of 清明', '2026-03', '2026-04-07T18:00', { from: '2026-04-05', why: '清明假期' }],
  ])('%s', (_label, period, dueAt, shifted) => {
    expect(termsOf(cadence, period)).toMatchObject({ dueAt: at(dueAt), shifted });
  });

  it.each([
    ['a leap February', '2024-02', '2024-02-29'],
    ['a short February', '2025-02', '2025-02-28'],
    ['December', '2025-12', '2025-12-31'],
  ])('%s ends on its last day', (_label, period, asOf) => {
    expect(termsOf(cadence, period).asOf).toBe(asOf);
  });

  it('takes the last day of a month that is shorter than the due day', () => {
    expect(termsOf({ ...cadence, dueDay: 31 }, '2025-03').dueAt).toEqual(at('2025-04-30T18:00'));
  });

  it('says so when the holidays of the year are not announced yet', () => {
    expect(termsOf(cadence, '2099-06').announced).toBe(false);
  });
});

describe('the period that a figure belongs to', () => {
  it.each([
    ['before the due moment', '2025-07-02T09:00', '2025-06', '2025-05', '2025-07'],
    ['late but not locked', '2025-07-12T09:00', '2025-06', '2025-05', '2025-07'],
    ['in the last minute before the lock', '2025-07-17T23:59', '2025-06', '2025-05', '2025-07'],
    ['from the lock on', '2025-07-18T00:00', undefined, '2025-06', '2025-07'],
    ['in the last minute of the month', '2025-07-31T23:59', undefined, '2025-06', '2025-07'],
    ['from the opening on', '2025-08-01T00:00', '2025-07', '2025-06', '2025-08'],
    ['in the new year', '2026-01-02T09:00', '2025-12', '2025-11', '2026-01'],
  ])('%s', (_label, now, open, previous, next) => {
    const found = periodFor(cadence, at(now));
    expect([found.open?.period, found.previous.period, found.next.period]).toEqual([open, previous, next]);
  });

  it('leaves the choice open while two periods can be filed', () => {
    const slow = { ...cadence, lockAfterDays: 40 };
    const open = openPeriods(slow, at('2025-08-02T09:00'));
    expect(open.map(({ period }) => period)).toEqual(['2025-06', '2025-07']);
    expect(periodFor(slow, at('2025-08-02T09:00')).open?.period).toBe('2025-07');
  });

  it('is the same wherever the month turns', () => {
    expect(previousPeriod('2025-01')).toBe('2024-12');
    expect(nextPeriod('2025-12')).toBe('2026-01');
  });
});

describe('wording', () => {
  it('names deadlines as people say them', () => {
    const terms = termsOf(cadence, '2025-06');
    expect(formatDue(terms)).toBe('7月7日(周一)18:00');
    expect(formatLock(terms)).toBe('7月17日24:00');
    expect(formatMoment(at('2025-10-11T09:05'))).toBe('10月11日(周六)09:05');
    expect(formatInstant(at('2025-07-07T18:05'))).toBe('2025年7月7日18:05');
    expect(formatDay('2025-07-05')).toBe('7月5日');
  });

  it.each([
    ['why the day moved', '2025-06', '7月7日(周一)18:00（7月5日为周六，顺延）'],
    ['the holiday that moved it', '2025-09', '10月9日(周四)18:00（10月5日为国庆节假期，顺延）'],
    ['nothing when there is nothing to say', '2025-07', '8月5日(周二)18:00'],
    ['that it may still move', '2098-12', '1月5日(周一)18:00（2099年放假安排尚未公布，截止日可能调整）'],
  ])('explains %s', (_label, period, said) => {
    expect(explainDue(termsOf(cadence, period))).toBe(said);
  });
});
