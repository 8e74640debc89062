/** 企业24应为23，恒通那笔金额2.9应为2.0，笔误 → what to correct in a version that was filed, and why. Nothing doubtful is taken. */
import type { CorrectedThing } from '../../../entities/filing-correction';
import { type Counted, correct } from '../../filing/correction';
import { aliasesOf } from '../../reading/field-names';
import { readFields } from '../../reading/fields';
import { findNumbers } from '../../reading/numerals';
import { type FieldDefinition, fieldOf, type TableDefinition } from '../../table/definition';
import { exampleFigure } from '../examples';
import { showValue } from '../wording';
import { type Clause, splitClauses } from './correction-clauses';
import { exampleOf, findEntryChange, nameOf } from './correction-entries';

export interface CorrectionSubject {
  readonly definition: TableDefinition;
  readonly lists: readonly TableDefinition[];
  readonly counted: Counted;
}

export interface CorrectionReading {
  readonly things: readonly CorrectedThing[];
  /** What does not fit or was not understood. */
  readonly faults: readonly string[];
  readonly reason: string;
}

type Piece = { readonly thing: CorrectedThing } | { readonly fault: string };

export function readCorrection(subject: CorrectionSubject, words: string): CorrectionReading {
  const { clauses, reason } = splitClauses(words);
  const things: CorrectedThing[] = [];
  const faults: string[] = [];
  for (const clause of clauses) {
    // Two changes of one entry add up.
    const counted = correct(subject.definition, subject.counted, things);
    for (const piece of readClause({ ...subject, counted }, clause)) {
      if ('thing' in piece) things.push(piece.thing);
      else faults.push(piece.fault);
    }
  }
  return { things, faults, reason };
}

function readClause(subject: CorrectionSubject, clause: Clause): readonly Piece[] {
  if (!isFigureName(subject.definition, clause.subject)) {
    for (const list of subject.lists) {
      const entries = subject.counted.entries.get(list.name) ?? [];
      const found = findEntryChange(list, entries, clause);
      if (found?.kind === 'fault') return [{ fault: found.line }];
      if (found && isUnchanged(found.row.values, found.after))
        return [{ fault: `${nameOf(list, entries, found.row)}已经是这样，不用更正。` }];
      if (found) return [{ thing: { kind: 'entry', list: list.name, rowId: found.row.rowId, after: found.after } }];
    }
  }
  return readFigures(subject, clause);
}

const isUnchanged = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): boolean =>
  JSON.stringify(Object.entries(before).sort()) === JSON.stringify(Object.entries(after).sort());

/** 企业24 and 推送数 name a figure, whatever the parties of the list are called. */
function isFigureName(definition: TableDefinition, words: string): boolean {
  const bare = findNumbers(words)
    .reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), words)
    .replace(/[\s的]|数量?$|[家件项个]$/g, '');
  return definition.fields.some((field) => aliasesOf(field).some((alias) => alias === bare || alias === `${bare}数`));
}

function readFigures({ definition, lists, counted }: CorrectionSubject, clause: Clause): readonly Piece[] {
  const context = { fields: definition.fields, asked: null, last: {}, draft: counted.values, open: [] };
  const { taken, asks, statedDerived } = readFields(clause.restated, context);
  const [derived] = Object.keys(statedDerived);
  if (derived !== undefined) return [{ fault: derivedLine(fieldOf(definition, derived), lists, counted) }];
  if (taken.length === 0 || asks.length > 0)
    return [{ fault: `“${clause.whole}”没看明白，请写成“${exampleFigure(definition, counted.values)}，原因”。` }];
  return taken.map((each): Piece => {
    const field = fieldOf(definition, each.field);
    const before = counted.values[field.key];
    if (each.kind !== 'value') return { fault: `${field.short}应为多少？请写成“${field.short}…应为…，原因”。` };
    if (each.value === before) return { fault: `${field.short}已经是${showValue(field, before)}，不用更正。` };
    const said = saidBefore(field, clause, taken.length);
    if (said !== null && said !== before) {
      return {
        fault: `${field.short}报的是${before === undefined ? '未填' : showValue(field, before)}，不是${showValue(field, said)}，请核对后再说。`,
      };
    }
    return { thing: { kind: 'figure', field: field.key, after: each.value } };
  });
}

/** The figure that is said to be wrong, where there is one. */
function saidBefore({ kind }: FieldDefinition, { subject, value }: Clause, count: number): string | null {
  if (kind !== 'count' || value === '' || count > 1) return null;
  const reading = findNumbers(subject).at(-1)?.reading;
  return reading?.kind === 'exact' ? reading.value : null;
}

function derivedLine(field: FieldDefinition, lists: readonly TableDefinition[], { entries }: Counted): string {
  const list = lists.find(({ name }) => name === field.derived?.list);
  const rows = entries.get(list?.name ?? '') ?? [];
  const example = list && rows.length > 0 ? `，如“${exampleOf(list, rows)}”` : '';
  return `${field.short}由${list?.short ?? '清单'}得出，请说明是哪一项${example}。`;
}
