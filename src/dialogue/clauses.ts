/**
 * Figures of the report said beside an entry of its list: 专利165，新增项目：甲大学许可给乙公司，… Only a clause that says
 * nothing else counts as a figure; a word that the list uses as well (专利) is the report's only before the entry begins.
 */
import { aliasesOf } from '../reading/field-names';
import { normalText } from '../reading/normal-text';
import { findNumbers } from '../reading/numerals';
import { findPatentNumbers } from '../reading/patent-number';
import type { FieldDefinition, TableDefinition } from '../table/definition';

export interface SplitMessage {
  /** The clauses with figures of the report. */
  readonly figures: string;
  /** What is left for the entry. */
  readonly rest: string;
  /** 专利140 after the entry: more than the numbers of the entry, and not said to be the report's. */
  readonly doubtful: readonly string[];
}

/** @param isOpening the message begins an entry, so that what stands before it is the report's. */
export function splitFigures(
  table: TableDefinition,
  list: TableDefinition,
  text: string,
  isOpening: boolean,
): SplitMessage {
  const clauses = text.match(/(?:[^，,；;。\n]|(?<=\d),(?=\d))+[，,；;。\n]*/g) ?? [text];
  const [figures, rest]: [string[], string[]] = [[], []];
  for (const clause of clauses) {
    const isBefore = isOpening && rest.length === 0;
    const isFigure = table.fields.some((field) => tells(field, clause, (name) => isBefore || !isUsedBy(list, name)));
    (isFigure ? figures : rest).push(clause);
  }
  const shared = isOpening ? rest.slice(1) : rest;
  return {
    figures: figures.join(''),
    rest: rest.join(''),
    doubtful: shared.filter((each) => isDoubtful(table, each, text)),
  };
}

function isDoubtful(table: TableDefinition, clause: string, text: string): boolean {
  const ofEntry = String(findPatentNumbers(text).length);
  const isFigure = table.fields.some((field) => field.kind === 'count' && tells(field, clause, () => true));
  return isFigure && !findNumbers(clause).some(({ reading }) => reading.kind === 'exact' && reading.value === ofEntry);
}

const isUsedBy = (list: TableDefinition, name: string): boolean =>
  list.fields.some((field) => aliasesOf(field).some((alias) => alias.includes(name)));

const same = /^(?:都)?(?:不变|没变|未变|没变化|无变化|同上月|和上月一样|跟上月一样)$/;

function tells(field: FieldDefinition, clause: string, counts: (name: string) => boolean): boolean {
  if (field.derived) return false;
  const said = normalText(clause)
    .replace(/[，,；;。\s]+$/u, '')
    .replace(/^\s*(?:还有|另外|另|其中)?[:：]?/u, '');
  return aliasesOf(field).some(
    (name) => said.startsWith(name) && counts(name) && isValue(field, said.slice(name.length)),
  );
}

function isValue(field: FieldDefinition, words: string): boolean {
  if (same.test(words)) return true;
  if (field.kind === 'text') return /^(?:名称)?(?:叫做?|是|为|:|：|改成|改为)./u.test(words);
  const [number, second] = findNumbers(words);
  if (!number || second) return false;
  const around = `${words.slice(0, number.start)}${words.slice(number.end)}`;
  return /^(?:\s|数|共|一共|累计|现有|达到?|到|是|为|有|:|：|改成|改为|应为)*$/u.test(around);
}
