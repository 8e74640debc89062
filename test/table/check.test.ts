import { tables } from '../../entities/tables';
import { complaintsOf, deriveValues, missingFields } from '../../src/table/check';
import type { Values } from '../../src/table/definition';

const [statistics, project] = tables as [(typeof tables)[number], (typeof tables)[number]];
const noRows = () => [];
const whole: Values = {
  institutes: '3',
  enterprises: '24',
  patents: '118',
  platforms: '省平台',
  platformUrls: 'https://a.cn',
  smallFirms: '860',
  licences: '12',
  freeLicences: '5',
  paidLicences: '7',
  paidAmount: '36.5',
};
const complaints = (values: Values, last: Values | null = null, rowsOf: (list: string) => readonly Values[] = noRows) =>
  complaintsOf(statistics, { values: { ...whole, ...values }, last, rowsOf }).map(
    ({ level, field }) => `${level} ${field}`,
  );

it.each<[string, Values, Values | null, readonly string[]]>([
  ['nothing of figures that agree', {}, whole, []],
  ['that the total is not free and paid together', { licences: '13' }, null, ['hard licences']],
  ['an amount without a paid licence', { licences: '5', paidLicences: '0' }, null, ['hard paidAmount']],
  ['a cumulative figure that falls', { enterprises: '20' }, whole, ['soft enterprises']],
  ['a figure that jumps', { smallFirms: '12000' }, whole, ['soft smallFirms']],
  ['nothing of small figures that grow', { institutes: '9' }, whole, []],
  ['fewer addresses than platforms', { platforms: '省平台\n市平台' }, null, ['soft platforms']],
])('complains of %s', (_what, values, last, expected) => {
  expect(complaints(values, last)).toEqual(expected);
});

it('wants a word when the list holds more patents than were declared', () => {
  const rows = [{ patentNumbers: 'ZL1\nZL2' }, { patentNumbers: 'ZL2\nZL3' }];
  expect(complaints({ patents: '2' }, null, () => rows)).toEqual(['soft patents']);
  expect(complaints({ patents: '3' }, null, () => rows)).toEqual([]);
});

it('derives the licence figures from the list: free by the kind of payment, not by a fee of 0', () => {
  const rows = [
    { paymentKind: 'free', fee: '0' },
    { paymentKind: 'royalty', fee: '0' },
    { paymentKind: 'entry_royalty', fee: '2' },
    { paymentKind: 'fixed', fee: '4.5' },
  ];
  const expected = { licences: '4', freeLicences: '1', paidLicences: '3', paidAmount: '6.5' };
  expect(deriveValues(statistics, () => rows)).toEqual(expected);
});

it('misses what has neither a value nor a reason, and never a derived figure', () => {
  const missing = missingFields(statistics, { institutes: '0' }, new Set(['platforms']));
  expect(missing.map((field) => field.key)).toEqual(['enterprises', 'patents', 'platformUrls', 'smallFirms']);
});

it.each<[string, Values, number]>([
  ['a free licence with a fee', { paymentKind: 'free', fee: '2' }, 1],
  ['a royalty without a remark', { paymentKind: 'royalty', fee: '0' }, 1],
  ['an entry fee of 0', { paymentKind: 'entry_royalty', fee: '0', remark: '销售额3%提成' }, 1],
  ['a fixed price', { paymentKind: 'fixed', fee: '4.5' }, 0],
])('holds the list to the notice: %s', (_what, values, count) => {
  expect(complaintsOf(project, { values, last: null, rowsOf: noRows })).toHaveLength(count);
});
