/** `npm run corpus -- [FILE…]`: reads messages as the chat does and says how many were read right; see test/corpus. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tables } from '../entities/tables';
import { type CorpusLine, judge, parseCorpus, type Verdict } from '../src/reading/corpus';

interface Judged extends Verdict {
  readonly file: string;
  readonly line: CorpusLine;
}

const folder = join('test', 'corpus');

function shippedFiles(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(folder, name));
}

function judgeFile(file: string): readonly Judged[] {
  return parseCorpus(readFileSync(file, 'utf8')).map((line) => {
    const definition = tables.find((table) => table.name === line.table);
    if (!definition) throw new Error(`${file} names a table ${line.table} that is not declared`);
    return { file, line, ...judge(line, definition) };
  });
}

function report(judged: readonly Judged[]): string {
  const count = (verdict: Verdict['verdict']) => judged.filter((each) => each.verdict === verdict).length;
  const misses = judged
    .filter(({ verdict }) => verdict !== 'right')
    .map(({ verdict, file, line, detail }) => {
      const expected = JSON.stringify({ set: line.set, ask: line.ask });
      return `${verdict}: ${file}: ${JSON.stringify(line.text)} (asked ${line.asked ?? '-'})\n  expected ${expected}\n  read     ${detail}`;
    });
  const totals = `${judged.length} messages: ${count('right')} read right, ${count('asked needlessly')} asked back needlessly, ${count('wrong')} read wrong`;
  return [...misses, totals].join('\n');
}

const files = process.argv.slice(2);
const judged = (files.length > 0 ? files : shippedFiles()).flatMap(judgeFile);
console.log(report(judged));
process.exitCode = judged.some(({ verdict }) => verdict === 'wrong') ? 1 : 0;
