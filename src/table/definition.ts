/**
 * A table as plain data: what a notice asks for, how each column is called, asked, checked and stored. Everything
 * downstream of the declarations takes these frozen objects, never the classes that carry the decorators.
 */
import type { BulletinLayout } from './bulletin-layout';
import type { SheetLayout } from './sheet-layout';

/** Canonical values by field key: counts `'27'`, amounts in 万元 `'48.2'`, choices by their value, several texts by line. */
export type Values = Readonly<Record<string, string>>;

export type FieldKind = 'count' | 'amount' | 'text' | 'choice' | 'patents';

/** `figures`: one row of figures a unit and period. `list`: any number of rows a unit, kept over the periods. */
export type TableShape = 'figures' | 'list';

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  readonly synonyms: readonly string[];
}

/** A figure that nobody is asked for: it comes from the rows of a list table. */
export interface Derivation {
  /** Name of the list table. */
  readonly list: string;
  compute(rows: readonly Values[]): string;
  /** Key of the figure that counts the rows of which this one is the sum. */
  readonly countedBy?: string;
}

export interface FieldDefinition {
  readonly key: string;
  readonly kind: FieldKind;
  /** Official column name, to the letter. */
  readonly name: string;
  /** What people call it, unique within the table. */
  readonly short: string;
  /** Unit of the value for display: 家, 件, 项, 万元; empty for texts. */
  readonly unit: string;
  /** Other names in use, without the official and the short one. */
  readonly synonyms: readonly string[];
  /** The question, without number and last month's figure: 参与企业. */
  readonly question: string;
  /** What to answer to 怎么填 and 什么算; from the notice. */
  readonly help: string;
  /** A filing cannot be confirmed without it (or a reason why it does not apply). */
  readonly required: boolean;
  /** Counted from the start of the pilot: a fall against last month needs a reason. */
  readonly cumulative: boolean;
  /** May hold several values, one a line in the canonical text. */
  readonly many: boolean;
  /** Longest text in characters; for texts. */
  readonly maxLength: number;
  /** For texts that must be web addresses. */
  readonly format: 'url' | null;
  readonly options: readonly ChoiceOption[];
  readonly derived: Derivation | null;
  /** Key of the field that it goes with: 平台没变 says that the addresses have not changed either. */
  readonly goesWith: string | null;
  /** Asked only when the other values say so; `otherwise` is its value when they do not. */
  readonly when: Condition | null;
  /** What it must be by the other values of a row, where the official sheet has no column for it. */
  readonly inferred: Inference | null;
}

/** Null when the other values do not tell. */
export type Inference = (values: Values) => string | null;

export interface Condition {
  holds(values: Values): boolean;
  /** Null: left blank. */
  readonly otherwise: string | null;
}

export interface Facts {
  readonly values: Values;
  /** Last confirmed figures of an earlier period. */
  readonly last: Values | null;
  /** Rows of the lists that go with the table. */
  rowsOf(list: string): readonly Values[];
}

/** What must hold between figures. `hard`: cannot be filed. `soft`: a reason is asked and kept with the version. */
export interface Rule {
  readonly name: string;
  readonly level: 'hard' | 'soft';
  /** Field keys; the rule is checked once all of them have values. */
  readonly fields: readonly string[];
  /** The complaint in Chinese, naming fields and values; null when all is well. */
  check(facts: Facts): string | null;
}

/** How often a table is due, by the notice; staff may shift single dates. */
export interface Cadence {
  readonly every: 'month';
  /** Day of the following month; moved to the next working day when it is none. */
  readonly dueDay: number;
  /** `18:00`, Asia/Shanghai. */
  readonly dueTime: string;
  /** Locked at 24:00 of this many natural days after the due day. */
  readonly lockAfterDays: number;
}

export interface TableDefinition {
  /** Identifier in code, storage and settings. */
  readonly name: string;
  /** 附件1 */
  readonly attachment: string;
  /** Official title. */
  readonly title: string;
  /** What people call it. */
  readonly short: string;
  readonly shape: TableShape;
  readonly cadence: Cadence;
  /** Kinds of unit that file it. */
  readonly filedBy: readonly string[];
  /** In official order. */
  readonly fields: readonly FieldDefinition[];
  readonly rules: readonly Rule[];
  /** Names of the list tables that its derived figures come from; their rows are frozen with each version. */
  readonly lists: readonly string[];
  readonly sheet: SheetLayout;
  readonly bulletin: BulletinLayout;
  /** The entity class, for storage only. */
  readonly entity: new () => object;
}

export function fieldOf(definition: TableDefinition, key: string): FieldDefinition {
  const field = definition.fields.find((candidate) => candidate.key === key);
  if (!field) throw new Error(`table ${definition.name} has no field ${key}`);
  return field;
}

/** The fields that people are asked for, in official order. */
export function askedFields(definition: TableDefinition): readonly FieldDefinition[] {
  return definition.fields.filter((field) => field.derived === null);
}

/** Several values of one field, from their canonical text. */
export function valuesOf(canonical: string): readonly string[] {
  return canonical.split('\n');
}
