import fc from 'fast-check';
import { splitByBytes } from '../../src/channels/split';

describe('a long text', () => {
  it.each([
    ['stays whole when it fits', '一二\n三', 10, ['一二\n三']],
    ['is cut between lines', '一二\n三四\n五', 9, ['一二', '三四', '五']],
    ['fills each message with whole lines', 'aa\nbb\ncc\ndd', 5, ['aa\nbb', 'cc\ndd']],
    ['is cut between characters when a line is too long', '一二三四\n五', 7, ['一二', '三四', '五']],
    ['lets the next line follow the end of a cut one', '一二三\n四', 10, ['一二三', '四']],
    ['keeps an emoji of several parts together', 'ab👨‍👩‍👧c', 20, ['ab👨‍👩‍👧', 'c']],
    ['gives up a joined emoji only when no message holds it', '👨‍👩‍👧', 7, ['👨‍', '👩‍', '👧']],
    ['has no blank messages', 'aaaa\n\n\n\n\n\nbbbb', 4, ['aaaa', 'bbbb']],
    ['has no message at all when there is nothing to say', '', 10, []],
  ])('%s', (_, text, limit, pieces) => expect(splitByBytes(text, limit)).toEqual(pieces));

  it('loses no visible character and keeps every piece within the limit', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '中', '\n', '🙂', ' ', 'é') });
    fc.assert(
      fc.property(texts, fc.integer({ min: 4, max: 40 }), (text, limit) => {
        const pieces = splitByBytes(text, limit);
        expect(pieces.filter((piece) => Buffer.byteLength(piece) > limit)).toEqual([]);
        expect(pieces.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });
});
