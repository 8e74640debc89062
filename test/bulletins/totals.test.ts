import fc from 'fast-check';
import { tables } from '../../entities/tables';
import { formatChange, totalsOf } from '../../src/bulletins/totals';
import type { BulletinUnit } from '../../src/bulletins/unit-progress';
import type { TableDefinition, Values } from '../../src/table/definition';

function definition(totals: readonly string[]): TableDefinition {
  const [statistics] = tables;
  if (!statistics) throw new Error('no tables');
  return { ...statistics, bulletin: { totals } };
}

const unit = (name: string, values: Values, lastValues: Values | null, notApplicable: string[] = []): BulletinUnit => ({
  name,
  order: 0,
  state: 'filed',
  timeliness: 'on_time',
  unchanged: false,
  values,
  lastValues,
  notApplicable,
});

const enterprises = (now: string | null, last: string | null = null, name = '光山县'): BulletinUnit =>
  unit(name, now === null ? {} : { enterprises: now }, last === null ? null : { enterprises: last });

describe('a total', () => {
  it.each([
    [
      'adds up and compares with last month',
      [
        ['27', '24'],
        ['30', '31'],
      ],
      '57家',
      '55',
      '+2',
    ],
    [
      'says 持平 when nothing moved',
      [
        ['27', '24'],
        ['30', '33'],
      ],
      '57家',
      '57',
      '持平',
    ],
    [
      'counts a zero as a figure',
      [
        ['0', '3'],
        ['5', '2'],
      ],
      '5家',
      '5',
      '持平',
    ],
    [
      'leaves a blank out on both sides',
      [
        ['27', '24'],
        [null, '100'],
      ],
      '27家',
      '24',
      '+3',
    ],
    [
      'compares only units that have both figures',
      [
        ['27', '24'],
        ['30', null],
      ],
      '57家',
      null,
      '可比1家+3',
    ],
    ['compares with nothing when there is no last month', [['27', null]], '27家', null, null],
    ['shows a dash, not a zero, when nobody filled it in', [[null, '24']], '—', null, null],
  ] as const)('%s', (_label, pairs, value, before, change) => {
    const units = pairs.map(([now, last]) => enterprises(now, last));
    expect(totalsOf(definition(['enterprises']), units).figures).toEqual([{ label: '企业', value, before, change }]);
  });

  it('is exact in 万元', () => {
    const units = ['0.1', '0.2'].map((fee) => unit('光山县', { paidAmount: fee }, { paidAmount: '0.05' }));
    expect(totalsOf(definition(['paidAmount']), units).figures).toEqual([
      { label: '金额', value: '0.3万元', before: '0.1', change: '+0.2' },
    ]);
  });

  it('is exact for any amounts to a hundredth of a 元', () => {
    const amount = fc.integer({ min: 0, max: 10 ** 9 });
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 50 }), (millionths) => {
        const units = millionths.map((each) => unit('光山县', { paidAmount: (each / 1e6).toFixed(6) }, null));
        const [line] = totalsOf(definition(['paidAmount']), units).figures;
        const total = millionths.reduce((sum, each) => sum + each, 0);
        return Number(line?.value.replace('万元', '')) === total / 1e6;
      }),
    );
  });

  it('shows the lines that the table declares, in its order, and never a text', () => {
    const lines = totalsOf(definition(['patents', 'platforms', 'institutes']), [
      unit('光山县', { patents: '1' }, null),
    ]);
    expect(lines.figures.map(({ label }) => label)).toEqual(['专利', '高校院所']);
  });
});

describe('the notes to the totals', () => {
  it('name who left a figure blank, apart from those to whom it does not apply', () => {
    const units = [enterprises('27', '24'), enterprises(null, '3', '罗山县'), unit('息县', {}, null, ['enterprises'])];
    expect(totalsOf(definition(['enterprises']), units).notes).toEqual([
      '企业：1家未填（罗山县），未计入合计',
      '企业：1家不适用（息县）',
    ]);
  });

  it('are silent when everything is there', () => {
    expect(totalsOf(definition(['enterprises']), [enterprises('0', '0')]).notes).toEqual([]);
  });
});

describe('a change', () => {
  it.each([
    ['24', '27', '+3'],
    ['3', '2', '-1'],
    ['5', '5.0', '持平'],
    ['36.5', '35.6', '-0.9'],
    ['0.1', '0.3', '+0.2'],
    ['0', '100000000000000000000000', '+100000000000000000000000'],
  ])('from %s to %s reads %s', (before, after, change) => {
    expect(formatChange(before, after)).toBe(change);
  });
});
