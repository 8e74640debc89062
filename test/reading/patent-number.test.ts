import fc from 'fast-check';
import {
  checkCharacterOf,
  findPatentNumbers,
  readPatentNumber,
  readPatentNumbers,
} from '../../src/reading/patent-number';

describe('a patent number has one form, however it is typed', () => {
  it.each([
    ['ZL202110234567.5', 'ZL202110234567.5'],
    ['2021102345675', 'ZL202110234567.5'],
    ['202110234567.5', 'ZL202110234567.5'],
    ['zl 2021 1 0234567.5', 'ZL202110234567.5'],
    ['ＺＬ２０２１１０２３４５６７．５', 'ZL202110234567.5'],
    ['ZL：202110234567.5', 'ZL202110234567.5'],
    ['ZL202010345678.9', 'ZL202010345678.9'],
    ['ZL201920876543.8', 'ZL201920876543.8'],
  ])('%s', (typed, value) => {
    expect(readPatentNumber(typed)).toMatchObject({ kind: 'ok', value });
  });

  it('writes the check character X large', () => {
    const body = ['202110000001', '202110000002', '202110000003', '202110000004', '202110000005', '202110000006']
      .concat(['202110000007', '202110000008', '202110000009', '202110000010', '202110000011'])
      .find((digits) => checkCharacterOf(digits) === 'X');
    expect(readPatentNumber(`zl${body}.x`)).toMatchObject({ kind: 'ok', value: `ZL${body}.X` });
  });

  it('reads numbers from before October 2003', () => {
    const check = checkCharacterOf('98112345');
    expect(readPatentNumber(`ZL98112345.${check}`)).toMatchObject({ kind: 'ok', value: `ZL98112345.${check}` });
  });
});

describe('what is no sound patent number is told apart', () => {
  it.each([
    ['ZL202010345687.9', 'wrong_check'],
    ['CN108123456B', 'publication'],
    ['cn108123456b', 'publication'],
    ['CN 108123456 A', 'publication'],
    ['CN208123456U', 'publication'],
    ['CN308123456S', 'publication'],
    ['ZL20211023456', 'malformed'],
    ['ZL202140234567.5', 'malformed'],
    ['ZL199910234567.5', 'malformed'],
    ['专利', 'malformed'],
  ])('%s is %s', (typed, kind) => {
    expect(readPatentNumber(typed).kind).toBe(kind);
  });

  it('never names a number that would be right', () => {
    expect(readPatentNumber('ZL202010345687.9')).toEqual({ kind: 'wrong_check', words: 'ZL202010345687.9' });
  });
});

describe('several numbers in one text', () => {
  it.each([
    ['、', 'ZL202110234567.5、ZL202010345678.9'],
    ['comma', 'ZL202110234567.5，ZL202010345678.9'],
    ['narrow comma', '2021102345675,2020103456789'],
    ['blank', 'ZL202110234567.5 ZL202010345678.9'],
    ['line', 'ZL202110234567.5\nZL202010345678.9'],
    ['semicolon', 'ZL202110234567.5；ZL202010345678.9'],
    ['和', 'ZL202110234567.5和ZL202010345678.9'],
  ])('separated by %s', (_, text) => {
    const values = readPatentNumbers(text).map((reading) => (reading.kind === 'ok' ? reading.value : reading.kind));
    expect(values).toEqual(['ZL202110234567.5', 'ZL202010345678.9']);
  });

  it('keeps what is wrong in its place', () => {
    const kinds = readPatentNumbers('ZL202010345687.9、2021102345675、CN108123456B、ABC12345').map((each) => each.kind);
    expect(kinds).toEqual(['wrong_check', 'ok', 'publication', 'malformed']);
  });

  it('takes no telephone number for a patent', () => {
    expect(findPatentNumbers('电话13800138000，0376-8888123')).toEqual([]);
  });
});

describe('the check character of standard ZC 0006', () => {
  const body = fc
    .tuple(fc.integer({ min: 2004, max: 2040 }), fc.constantFrom(1, 2, 3, 8, 9), fc.integer({ min: 0, max: 9_999_999 }))
    .map(([year, kind, serial]) => `${year}${kind}${String(serial).padStart(7, '0')}`);

  it('accepts every number with its own check character', () => {
    fc.assert(
      fc.property(body, (digits) => {
        expect(readPatentNumber(`ZL${digits}.${checkCharacterOf(digits)}`).kind).toBe('ok');
      }),
    );
  });

  it('notices any single digit mistyped in the serial', () => {
    fc.assert(
      fc.property(body, fc.integer({ min: 5, max: 11 }), fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
        const wrong = (Number(digits[at]) + shift) % 10;
        const typed = `${digits.slice(0, at)}${wrong}${digits.slice(at + 1)}.${checkCharacterOf(digits)}`;
        expect(readPatentNumber(typed).kind).toBe('wrong_check');
      }),
    );
  });
});
