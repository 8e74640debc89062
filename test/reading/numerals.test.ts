import fc from 'fast-check';
import nzh from 'nzh';
import { findNumbers, readNumeral } from '../../src/reading/numerals';

const exact = (value: string) => ({ kind: 'exact', value });

describe('a number has one value, however it is written', () => {
  it.each([
    ['120', '120'],
    ['１２０', '120'],
    ['1,020', '1020'],
    ['12,345,678', '12345678'],
    ['0', '0'],
    ['零', '0'],
    ['1.2万', '12000'],
    ['1.2 万', '12000'],
    ['一点二万', '12000'],
    ['1.2w', '12000'],
    ['1.2亿', '120000000'],
    ['3千', '3000'],
    ['1万2', '12000'],
    ['1万2千', '12000'],
    ['1万2000', '12000'],
    ['一百二十', '120'],
    ['一百二', '120'],
    ['一百零二', '102'],
    ['一百一', '110'],
    ['一千零二十', '1020'],
    ['一千二', '1200'],
    ['两百', '200'],
    ['两千三百五', '2350'],
    ['廿八', '28'],
    ['卅', '30'],
    ['十', '10'],
    ['十五', '15'],
    ['三万五', '35000'],
    ['三万五千', '35000'],
    ['十万零一十', '100010'],
    ['一亿零三百万', '103000000'],
    ['壹佰贰拾', '120'],
    ['一〇二', '102'],
    ['四十八点二', '48.2'],
    ['零点五', '0.5'],
    ['負五', null],
    ['负五', '-5'],
    ['萬', null],
    ['兩萬', '20000'],
  ])('%s', (written, value) => {
    expect(readNumeral(written)).toEqual(value === null ? { kind: 'none' } : exact(value));
  });
});

describe('what two people could read in two ways is vague', () => {
  it.each([
    '三百多',
    '近百',
    '约300',
    '300左右',
    '300+',
    '十来',
    '七八',
    '二三十',
    '几十',
    '二十几',
    '上百',
    '不到300',
    '大概300',
    '30-40',
    '30到40',
    '12+15',
    '三百多万',
    '一百零二十',
    '1万20',
    '一二三',
    '027',
    '超过300',
    '300以上',
    '百十来',
  ])('%s', (written) => {
    expect(readNumeral(written)).toEqual({ kind: 'vague' });
  });
});

describe('what is no number is none', () => {
  it.each(['', '企业', '万方', '百度', '4、27', '27家', '+20', '点'])('%p', (written) => {
    expect(readNumeral(written)).toEqual({ kind: 'none' });
  });
});

describe('numbers in running text', () => {
  it.each([
    ['高校院所4家，企业二十七家', ['4家', '二十七家']],
    ['专利不到300件，推送1.2万家', ['不到300件', '1.2万家']],
    ['企业7、8家', ['7、8家']],
    ['4,27,135', ['4', '27', '135']],
    ['27(+3)', ['27', '+3']],
    ['金额￥45,000', ['￥45,000']],
  ])('%s', (text, found) => {
    expect(findNumbers(text).map((span) => span.text)).toEqual(found);
  });
});

describe('every whole number reads back from every spelling', () => {
  const whole = fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 2_000_000_000 }));

  it('Arabic, full-width and grouped', () => {
    fc.assert(
      fc.property(whole, (number) => {
        const plain = String(number);
        const full = plain.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
        for (const spelling of [plain, full, number.toLocaleString('en-US')]) {
          expect(readNumeral(spelling)).toEqual(exact(plain));
        }
      }),
    );
  });

  it('Chinese, plain and financial', () => {
    fc.assert(
      fc.property(whole, (number) => {
        for (const spelling of [nzh.cn.encodeS(number), nzh.cn.encodeB(number)]) {
          expect([spelling, readNumeral(spelling)]).toEqual([spelling, exact(String(number))]);
        }
      }),
    );
  });

  it('spoken: the last unit dropped, 两 for 二', () => {
    const rounded = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(2, 3, 4));
    fc.assert(
      fc.property(rounded, ([high, low, zeros]) => {
        const digits = '零一两三四五六七八九';
        const units = ['', '十', '百', '千', '万'];
        const spoken = `${digits[high]}${units[zeros]}${digits[low]?.replace('两', '二')}`;
        expect([spoken, readNumeral(spoken)]).toEqual([spoken, exact(String((high * 10 + low) * 10 ** (zeros - 1)))]);
      }),
    );
  });
});

it('never crashes on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const span of findNumbers(text)) expect(span.end).toBeGreaterThan(span.start);
    }),
  );
});
