/** Which entry of a past list somebody means, by its number, its parties and the value that is wrong. */
import Decimal from 'decimal.js';
import type { Entry } from '../../filing/lists';
import { findNames, indexNames } from '../../reading/field-names';
import { readFields } from '../../reading/fields';
import { findNumbers, readNumeral } from '../../reading/numerals';
import type { FieldDefinition, TableDefinition, Values } from '../../table/definition';
import { completeEntry } from '../entries/entry-reading';
import { showValue } from '../wording';
import type { Clause } from './correction-clauses';

export type EntryFound =
  | { readonly kind: 'found'; readonly row: Entry; readonly after: Values }
  | { readonly kind: 'fault'; readonly line: string };

/** Null when the words mean no entry of the list. */
export function findEntryChange(list: TableDefinition, entries: readonly Entry[], clause: Clause): EntryFound | null {
  const meant = mentioned(list, entries, clause.subject);
  if (meant.length === 0) return null;
  const field = fieldMeant(list, clause);
  const after = field && readValue(list, field, clause.value);
  if (!field || after === null)
    return fault(`“${clause.whole}”没看明白，请写成“${exampleOf(list, entries, meant[0])}”。`);
  const before = valueIn(list, field, clause.subject);
  const fitting = before === null ? meant : meant.filter(({ values }) => isSame(field, values[field.key], before));
  const [row, another] = fitting;
  if (row && another)
    return fault(
      `“${clause.subject}”可能是几项：${fitting.map((each) => nameOf(list, entries, each)).join('；')}。请说明是第几项，如“第${ordinalOf(entries, row)}项${field.short}…应为…”。`,
    );
  if (row) return { kind: 'found', row, after: completeEntry(list, { ...row.values, [field.key]: after }) };
  const lines = meant.map(
    (each) => `${nameOf(list, entries, each)}的${field.short}是${showValue(field, each.values[field.key] ?? '')}`,
  );
  return fault(`${lines.join('；')}，没有${showValue(field, before ?? '')}的。请核对后再说。`);
}

const fault = (line: string): EntryFound => ({ kind: 'fault', line });

const ordinalOf = (entries: readonly Entry[], row: Entry | undefined): number => (row ? entries.indexOf(row) + 1 : 1);

/** 第2项 恒通公司 */
export function nameOf(list: TableDefinition, entries: readonly Entry[], row: Entry): string {
  const party = list.fields.filter((field) => field.kind === 'text' && field.required).at(-1);
  return `第${ordinalOf(entries, row)}项 ${party ? (row.values[party.key] ?? '') : ''}`.trim();
}

/** 第2项使用费2.9应为…，原因 */
export function exampleOf(list: TableDefinition, entries: readonly Entry[], meant?: Entry): string {
  const field = list.fields.find(({ kind }) => kind === 'amount') ?? list.fields[0];
  const row = meant ?? entries.find(({ values }) => field && values[field.key] !== '0') ?? entries[0];
  const before = field ? (row?.values[field.key] ?? '') : '';
  return `第${ordinalOf(entries, row)}项${field?.short ?? ''}${before}应为…，原因`;
}

const byNumber = /第\s*(\d{1,4}|[一二三四五六七八九十百]{1,5})\s*(?:个|项|条|行|笔)(?:项目)?/;

/** By its number; else those that share most characters with the words in the names of their parties. */
function mentioned(list: TableDefinition, entries: readonly Entry[], words: string): readonly Entry[] {
  const numeral = byNumber.exec(words)?.[1];
  const ordinal = numeral === undefined ? null : readNumeral(numeral);
  if (ordinal?.kind === 'exact') return entries.slice(Number(ordinal.value) - 1, Number(ordinal.value));
  const parties = list.fields.filter((field) => field.kind === 'text' && field.required);
  const score = ({ values }: Entry): number =>
    parties.reduce((sum, { key }) => sum + sharedLength(words, values[key] ?? ''), 0);
  const best = Math.max(0, ...entries.map(score));
  return best === 0 ? [] : entries.filter((entry) => score(entry) === best);
}

/** What many names have says nothing of one. */
const common = /^(?:有限|责任|股份|公司|企业|大学|学院|研究|集团|专利|许可|项目|科技|[省市县区])+$/;
const shortestShared = 2;

function sharedLength(words: string, name: string): number {
  for (let length = name.length; length >= shortestShared; length -= 1) {
    for (let start = 0; start + length <= name.length; start += 1) {
      const part = name.slice(start, start + length);
      if (words.includes(part) && !common.test(part)) return length;
    }
  }
  return 0;
}

/** The column that is named; else the amount, where the new value is a number. */
function fieldMeant(list: TableDefinition, { subject, value }: Clause): FieldDefinition | null {
  const named = findNames(subject, indexNames(list.fields)).at(-1)?.keys[0];
  if (named !== undefined) return list.fields.find(({ key }) => key === named) ?? null;
  const told = readFields(value, contextOf(list, null)).taken[0]?.field;
  const isAmount = findNumbers(value).length > 0;
  return list.fields.find((field) => (isAmount ? field.kind === 'amount' : field.key === told)) ?? null;
}

function readValue(list: TableDefinition, field: FieldDefinition, words: string): string | null {
  const taken = readFields(words, contextOf(list, field.key)).taken.find((each) => each.field === field.key);
  return taken?.kind === 'value' ? taken.value : null;
}

/** The value that was: the number that the words end in. */
function valueIn(list: TableDefinition, field: FieldDefinition, words: string): string | null {
  const number = findNumbers(words).at(-1);
  if (!number || (field.kind !== 'amount' && field.kind !== 'count')) return null;
  return readValue(list, field, words.slice(number.start).replace(/的$/, ''));
}

const contextOf = (list: TableDefinition, asked: string | null) => ({
  fields: list.fields,
  asked,
  last: {},
  draft: {},
  open: asked === null ? [] : [asked],
});

function isSame(field: FieldDefinition, stored: string | undefined, said: string): boolean {
  if (stored === undefined) return false;
  return field.kind === 'amount' ? new Decimal(stored).equals(said) : stored === said;
}
