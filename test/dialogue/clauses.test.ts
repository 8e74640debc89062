import { tables } from '../../entities/tables';
import { splitFigures } from '../../src/dialogue/clauses';
import { listRequestOf } from '../../src/dialogue/entries/list-words';
import type { TableDefinition } from '../../src/table/definition';

const tableOf = (name: string): TableDefinition => {
  const table = tables.find((each) => each.name === name);
  if (!table) throw new Error(`there is no table ${name}`);
  return table;
};
const [statistics, project] = [tableOf('statistics'), tableOf('project')];

describe('a message about a project with figures beside it', () => {
  it.each([
    ['专利165，甲大学许可给乙公司，免费', '专利165，', '甲大学许可给乙公司，免费'],
    ['甲大学许可给乙公司，企业31；推送1,020', '企业31；推送1,020', '甲大学许可给乙公司，'],
    ['甲大学许可给乙公司，专利2件，免费', '', '甲大学许可给乙公司，专利2件，免费'],
    ['企业服务中心许可给平台公司', '', '企业服务中心许可给平台公司'],
    ['甲大学许可给乙公司，金额5万', '', '甲大学许可给乙公司，金额5万'],
    ['甲大学许可给乙公司，平台不变', '平台不变', '甲大学许可给乙公司，'],
  ])('%s: the report gets “%s”', (text, figures, rest) => {
    expect(splitFigures(statistics, project, text, true)).toMatchObject({ figures, rest });
  });

  it('leaves the answer 专利2件 to the project that is open', () => {
    expect(splitFigures(statistics, project, '专利2件', false)).toMatchObject({ figures: '', rest: '专利2件' });
  });
});

describe('what is asked of the project list', () => {
  it.each([
    ['第2项使用费改成5', { kind: 'change', ordinal: 2, rest: '使用费改成5' }],
    ['第二项改成免费', { kind: 'change', ordinal: 2, rest: '改成免费' }],
    ['第13项删除', { kind: 'remove', ordinal: 13 }],
    ['专利165，新增项目：甲大学', { kind: 'add', before: '专利165,', rest: '甲大学' }],
    ['第一项改成5', null],
    ['第二项专利号是ZL202010345678.9', null],
    ['新增许可15项', null],
    ['企业27，新增许可15项', null],
  ])('%s', (text, request) => {
    expect(listRequestOf(text, project)).toEqual(request);
  });
});
