/** Every line of the corpus, read as contacts write. No value may be read wrong; what is clear is not asked again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tables } from '../../entities/tables';
import { type CorpusLine, judge, parseCorpus } from '../../src/reading/corpus';

const folder = join(__dirname, '..', 'corpus');
const lines = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => parseCorpus(readFileSync(join(folder, name), 'utf8')).map((line) => ({ name, line })));

const label = (line: CorpusLine) => `${line.asked ? `[${line.asked}] ` : ''}${line.text.replaceAll('\n', '⏎')}`;

describe('the corpus', () => {
  it.each(lines.map(({ line }) => [label(line), line] as const))('reads %s', (_, line) => {
    const definition = tables.find((table) => table.name === line.table);
    if (!definition) throw new Error(`no table ${line.table}`);
    const { verdict, detail } = judge(line, definition);
    expect(`${verdict} ${detail}`).toMatch(/^right /);
  });
});
