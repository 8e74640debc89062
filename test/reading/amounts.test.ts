import Decimal from 'decimal.js';
import fc from 'fast-check';
import { readAmount } from '../../src/reading/amounts';

describe('money becomes 万元, exactly', () => {
  it.each([
    ['48.2万', '48.2'],
    ['48.2万元', '48.2'],
    ['四十八点二万元', '48.2'],
    ['482000元', '48.2'],
    ['45,000元', '4.5'],
    ['￥45000', '4.5'],
    ['人民币45000元', '4.5'],
    ['3千元', '0.3'],
    ['三千块钱', '0.3'],
    ['四万五', '4.5'],
    ['2万5', '2.5'],
    ['两万五千元', '2.5'],
    ['3百万', '300'],
    ['3.5千万', '3500'],
    ['1.2亿', '12000'],
    ['0.01元', '0.000001'],
    ['48.2', '48.2'],
    ['0', '0'],
  ])('%s', (written, value) => {
    expect(readAmount(written)).toEqual({ kind: 'exact', value });
  });
});

describe('money whose unit is open is asked with both readings', () => {
  it.each([
    ['3千', null, ['0.3', '3000']],
    ['三千', null, ['0.3', '3000']],
    ['3百', null, ['0.03', '300']],
    ['45000', null, ['4.5', '45000']],
    ['45000', '36.5', ['4.5', '45000']],
  ])('%s', (written, last, candidates) => {
    expect(readAmount(written, last)).toEqual({ kind: 'ask', reason: 'unit', candidates });
  });

  it('takes a large bare figure that is like last month’s', () => {
    expect(readAmount('1500', '1200')).toEqual({ kind: 'exact', value: '1500' });
  });

  it.each(['500', '3'])('asks when a bare %s is wildly unlike last month’s 36.5', (written) => {
    expect(readAmount(written, '36.5')).toMatchObject({ kind: 'ask', reason: 'unlike_last' });
  });
});

describe('money that is no exact amount is asked', () => {
  it.each([
    ['约3万', 'vague'],
    ['三万多', 'vague'],
    ['3万左右', 'vague'],
    ['两三万', 'vague'],
    ['2万-3万', 'vague'],
    ['-2万', 'negative'],
    ['+2万', 'relative'],
    ['3万美元', 'unit'],
    ['0.001元', 'too_precise'],
  ])('%s', (written, reason) => {
    expect(readAmount(written)).toMatchObject({ kind: 'ask', reason });
  });

  it.each(['', '没有', '2万和3万'])('finds no amount in %p', (written) => {
    expect(readAmount(written)).toEqual({ kind: 'none' });
  });
});

it('reads every amount back that the product can print', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), (hundredths) => {
      const value = new Decimal(hundredths.toString()).dividedBy(1e6).toFixed();
      expect(readAmount(`${value}万元`)).toEqual({ kind: 'exact', value });
      expect(readAmount(`${new Decimal(value).times(1e4).toFixed()}元`)).toEqual({ kind: 'exact', value });
    }),
  );
});
