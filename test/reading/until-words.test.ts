import { readUntil } from '../../src/reading/until-words';

/** A Wednesday. */
const today = '2025-07-02';

describe('until when', () => {
  it.each([
    ['因防汛 至7月12日', '2025-07-12'],
    ['到7月12号为止', '2025-07-12'],
    ['延至2025年7月10日', '2025-07-10'],
    ['到7.10', '2025-07-10'],
    ['直到12日', '2025-07-12'],
    ['至周五', '2025-07-04'],
    ['到周一', '2025-07-07'],
    ['到下周三前', '2025-07-09'],
    ['到星期日', '2025-07-06'],
    ['到后天', '2025-07-04'],
    ['至本月底', '2025-07-31'],
    ['至七月十二日', '2025-07-12'],
    ['到7月10日18:00', '2025-07-10'],
    ['到７月１０日', '2025-07-10'],
  ])('is read from %s', (words, day) => {
    expect(readUntil(words, today).day).toBe(day);
  });

  it.each(['因防汛', '系统故障', '6月', '到省里开会', '罗山水库泄洪'])('is not read from %s', (words) => {
    expect(readUntil(words, today)).toEqual({ day: null, rest: words });
  });

  it('leaves the words around it', () => {
    expect(readUntil('因防汛至7月12日，请照办', today).rest).toBe('因防汛 ,请照办');
  });
});
