/** How times and people appear on the page. */
import { describe, expect, it } from '@jest/globals';
import {
  fromFieldValue,
  isPause,
  later,
  listTimeText,
  separatorText,
  toFieldValue,
  weekdayText,
} from '../../../src/channels/playground/page/format';
import { firstSpeaker, sectionsOf } from '../../../src/channels/playground/page/people';
import { people } from './trial';

const now = '2025-07-02T01:30:00.000Z';

describe('times', () => {
  it.each([
    ['today', '2025-07-01T16:05:00Z', '00:05', '00:05'],
    ['yesterday', '2025-07-01T15:59:00Z', '昨天 23:59', '昨天'],
    ['earlier this year', '2025-06-30T02:00:00Z', '6月30日 周一 10:00', '6月30日'],
    ['another year', '2024-12-31T02:00:00Z', '2024年12月31日 周二 10:00', '2024年12月31日'],
    ['ahead of the clock, after it went back', '2025-07-07T01:30:00Z', '7月7日 周一 09:30', '7月7日'],
  ])('reads in Shanghai time what was said %s', (_when, at, separator, short) => {
    expect(separatorText(at, now)).toBe(separator);
    expect(listTimeText(at, now)).toBe(short);
  });

  it('gives the picker the time of Shanghai and takes it back', () => {
    expect(toFieldValue(now)).toBe('2025-07-02T09:30');
    expect(fromFieldValue('2025-07-02T09:30')).toBe(now);
    expect(fromFieldValue('')).toBeNull();
  });

  it('moves over midnight', () => {
    expect(weekdayText(later(now, 15))).toBe('周四');
  });

  it.each([
    ['2025-07-02T01:34:00Z', false],
    ['2025-07-02T01:36:00Z', true],
  ])('sets a time apart after five minutes: %s', (at, expected) => {
    expect(isPause(now, at)).toBe(expected);
  });
});

describe('people', () => {
  const titles = (wanted: string) =>
    sectionsOf(people, wanted).map(({ title, people: found }) => [title, found.length]);

  it('stand in sections by what they are', () => {
    expect(titles('')).toEqual([
      ['联络员', 2],
      ['市局人员', 1],
      ['市局领导', 1],
      ['未登记的新人', 1],
    ]);
  });

  it('are found by unit', () => {
    expect(titles('罗山')).toEqual([['联络员', 1]]);
  });

  it('begin with somebody who has something to report', () => {
    expect(firstSpeaker([people[2], people[0]])?.name).toBe('张三');
  });
});
