import { tables } from '../../entities/tables';
import { findMistakes } from '../../src/table/boot-check';
import { defineTable, Figure, OneOf, Table } from '../../src/table/declare';
import type { TableDefinition } from '../../src/table/definition';
import { FiguresRow } from '../../src/table/stored';

it('finds nothing to say about the shipped tables', () => {
  expect(findMistakes(tables)).toEqual([]);
});

@Table({ name: 'training', attachment: '附件9', title: '培训情况表', short: '培训表' })
class Training extends FiguresRow {
  @Figure({ name: '培训场次', short: '场次', unit: '场' })
  sessions!: number | null;

  @OneOf({
    name: '形式',
    short: '形式',
    options: [
      { value: 'hall', label: '现场', synonyms: [] },
      { value: 'online', label: '线上', synonyms: [] },
    ],
  })
  form!: string | null;
}

const training = defineTable(Training);
const [sessions, form] = training.fields as [TableDefinition['fields'][number], TableDefinition['fields'][number]];
const withFields = (...fields: TableDefinition['fields']): TableDefinition => ({ ...training, fields });

it.each<[string, TableDefinition, RegExp]>([
  ['two fields of one name', withFields(sessions, { ...form, short: '场次' }), /two fields are called 场次/],
  ['a name that stands for two fields', withFields(sessions, { ...form, synonyms: ['场次'] }), /场次 stands for two/],
  ['a choice without options', withFields(sessions, { ...form, options: [] }), /training\.form: .*two options/],
  ['a figure from nowhere', withFields({ ...sessions, derived: { list: 'x', compute: () => '0' } }, form), /list x/],
  [
    'a rule about an unknown field',
    { ...training, rules: [{ name: 'r', level: 'hard', fields: ['x'], check: () => null }] },
    /rule names an unknown field x/,
  ],
  [
    'a sheet with an unknown column',
    { ...training, sheet: { ...training.sheet, columns: [{ title: 'x', field: 'x' }] } },
    /sheet names an unknown field x/,
  ],
  ['a due time nobody can read', { ...training, cadence: { ...training.cadence, dueTime: '6 pm' } }, /due time/],
])('names %s', (_mistake, table, line) => {
  expect(findMistakes([table]).join('\n')).toMatch(line);
});

it('lists all mistakes of all tables at once', () => {
  const broken = withFields(sessions, { ...form, options: [], goesWith: 'x' });
  expect(findMistakes([broken, { ...training, fields: [] }]).length).toBeGreaterThanOrEqual(4);
});
