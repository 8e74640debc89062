import { tables } from '../../../entities/tables';
import { commandWords } from '../../../src/commands/command-words';
import { choosePeriod, headingPeriod, periodIn } from '../../../src/commands/meant/period-words';
import type { TableDefinition } from '../../../src/table/definition';

const statistics = tables[0] as TableDefinition;
const july = (day: string) => new Date(`2025-07-${day}T10:00:00+08:00`);

it.each([
  ['上报6月', '2025-06'],
  ['导出 2025年5月', '2025-05'],
  ['未报 2025-05', '2025-05'],
  ['上报上个月', '2025-06'],
  ['上报', null],
  ['截至6月30日企业27', null],
  ['同上月', null],
  ['和上个月一样', null],
])('finds the period of “%s”', (text, period) => {
  expect(periodIn(text, july('02'))).toBe(period);
});

it.each([
  ['光山6月：企业27', '2025-06'],
  ['6月的数，企业27', '2025-06'],
  ['5月多报了4家', null],
  ['6月底是4家', null],
])('takes a month for the heading of “%s” only where it is one', (text, period) => {
  expect(headingPeriod(text, ['光山'], july('02'))).toBe(period);
});

it.each([
  ['02', null, true, '2025-06'],
  ['12', null, true, '2025-06'],
  ['12', '2025-07', false, '8月1日开放'],
  ['18', null, false, '7月17日24:00锁定'],
  ['18', '2025-06', false, '7月17日24:00锁定'],
] as const)('on 7-%s, asked for %s: may file %s', (day, asked, ok, fact) => {
  const choice = choosePeriod(statistics, asked, july(day));
  expect(choice.ok).toBe(ok);
  expect(JSON.stringify(choice)).toContain(fact);
});

it.each([
  ['未报 5月', '未报'],
  ['5月未报', '未报'],
  ['统计表进度', '进度'],
  ['导出 2025年6月统计表', '导出'],
  ['6月', ''],
])('reads the command in “%s”', (text, words) => {
  expect(commandWords(text, [statistics])).toBe(words);
});
