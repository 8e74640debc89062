/** 补第3行 被许可方=恒通公司: what is said of a kept row, put into its cells. */
import type { ReadRow } from '../../sheets/official';
import { fieldTitled } from '../../sheets/titles';
import type { TableDefinition } from '../../table/definition';

const name = /([^\s=＝:：，,;；]+)\s*[=＝:：]\s*/g;

/** `open`: the fields that are wrong, one of which a bare value may be for. Null when nothing says which field is meant. */
export function mendRow(table: TableDefinition, row: ReadRow, words: string, open: readonly string[]): ReadRow | null {
  const given = pairsIn(table, words);
  const [only] = new Set(open);
  const values = given.length > 0 ? given : bareValue(words, new Set(open).size === 1 ? only : undefined);
  if (values.length === 0) return null;
  const cells = values.map(([key, text]) => {
    const address = row.cells[key]?.address ?? '';
    return [key, { address, text, flaw: null }] as const;
  });
  return { ...row, cells: { ...row.cells, ...Object.fromEntries(cells) } };
}

type Pair = readonly [key: string, text: string];

function pairsIn(table: TableDefinition, words: string): readonly Pair[] {
  const names = [...words.matchAll(name)].flatMap((match) => {
    const field = fieldTitled(table, match[1] ?? '');
    return field ? [{ key: field.key, start: match.index, end: match.index + match[0].length }] : [];
  });
  return names.map(({ key, end }, at): Pair => {
    const text = words.slice(end, names[at + 1]?.start ?? words.length);
    return [key, text.replace(/[\s，,;；。]+$/, '')];
  });
}

function bareValue(words: string, key: string | undefined): readonly Pair[] {
  const text = words.trim().replace(/[。]$/, '');
  return key === undefined || text === '' ? [] : [[key, text]];
}
