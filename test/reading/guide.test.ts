/** Every example of docs/读数规则.md holds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tables } from '../../entities/tables';
import { type CorpusLine, judge } from '../../src/reading/corpus';
import type { TableDefinition } from '../../src/table/definition';

const guide = readFileSync(join(__dirname, '..', '..', 'docs', '读数规则.md'), 'utf8');
const last = {
  institutes: '3',
  enterprises: '24',
  patents: '118',
  platforms: '省知识产权交易平台',
  platformUrls: 'https://p.example.cn',
  smallFirms: '860',
};

interface Example {
  readonly definition: TableDefinition;
  readonly asked: string;
  readonly said: string;
  readonly outcome: string;
}

const examples: Example[] = guide
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|(?:-|\s*(?:正在问|报表) )/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
  .map((cells) => {
    const [table = '', asked = '', said = '', outcome = ''] = cells.length === 4 ? cells : ['统计表', ...cells];
    const definition = tables.find((each) => each.short === table);
    if (!definition) throw new Error(`no table ${table}`);
    return { definition, asked, said, outcome };
  });

function lineOf({ definition, asked, said, outcome }: Example): CorpusLine {
  const keyOf = (short: string) => definition.fields.find((field) => field.short === short)?.key ?? '?';
  const parts = outcome === '—' ? [] : outcome.split(' ');
  const set = parts
    .filter((part) => part.includes('='))
    .map((part) => [
      keyOf(part.split('=')[0] ?? ''),
      part.slice(part.indexOf('=') + 1).replace(/(?<!\/|:)\/(?!\/)/g, '\n'),
    ]);
  return {
    table: definition.name,
    ...(asked ? { asked: keyOf(asked) } : {}),
    ...(definition.name === 'statistics' ? { last } : {}),
    text: said,
    set: Object.fromEntries(set),
    ask: parts.filter((part) => part.startsWith('？')).map((part) => keyOf(part.slice(1))),
  };
}

it.each(examples.map((example) => [example.asked || '—', example.said, example.outcome, example] as const))(
  '(%s) %s → %s',
  (_asked, _said, _outcome, example) => {
    const { verdict, detail } = judge(lineOf(example), example.definition);
    expect(`${verdict} ${detail}`).toMatch(/^right /);
  },
);
