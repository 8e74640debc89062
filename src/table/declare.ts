/**
 * The decorators in which a table is declared. Each records what belongs to a field and declares its column in the same
 * breath; `defineTable` turns a decorated class into its plain definition.
 */
import { Column, type ColumnOptions, Entity } from 'typeorm';
import type { BulletinLayout } from './bulletin-layout';
import type {
  Cadence,
  ChoiceOption,
  Condition,
  Derivation,
  FieldDefinition,
  FieldKind,
  Inference,
  Rule,
  TableDefinition,
  TableShape,
} from './definition';
import { simpleBulletinLayout, simpleSheetLayout } from './layouts';
import type { SheetLayout } from './sheet-layout';

/** Amounts are 万元 with six places: exact to a hundredth of a 元, within the 15 digits that the embedded database keeps. */
const amountColumn: ColumnOptions = { type: 'decimal', precision: 15, scale: 6 };

interface Naming {
  /** Official column name, to the letter. */
  name: string;
  short: string;
  unit?: string;
  synonyms?: readonly string[];
  question?: string;
  help?: string;
  required?: boolean;
  when?: Condition;
  goesWith?: string;
  inferred?: Inference;
}

interface Counting {
  cumulative?: boolean;
  derived?: Derivation;
}

export interface TableOptions<Key extends string> {
  name: string;
  attachment: string;
  title: string;
  short: string;
  shape?: TableShape;
  cadence?: Partial<Cadence>;
  filedBy?: readonly string[];
  rules?: readonly Rule[];
  sheet?: SheetLayout<Key>;
  bulletin?: BulletinLayout<Key>;
}

type TableClass = new () => object;

const monthly: Cadence = { every: 'month', dueDay: 5, dueTime: '18:00', lockAfterDays: 10 };
const allKinds = ['county', 'branch', 'center'] as const;

const fieldsByClass = new WeakMap<object, FieldDefinition[]>();
const optionsByClass = new WeakMap<object, TableOptions<string>>();

/** Declares a table and its entity. `Key` is the union of its field names: `@Table<FieldsOf<Statistics>>({ … })`. */
export function Table<Key extends string = string>(options: TableOptions<Key>): (target: TableClass) => void {
  return (target) => {
    optionsByClass.set(target, options as TableOptions<string>);
    Entity(options.name)(target);
  };
}

/** The field names of a table class, for typing its layouts. */
export type FieldsOf<T, Base> = Exclude<keyof T, keyof Base> & string;

/** Compiles only on a property of this type, so that a decimal cannot sit on a `number`. */
type On<T> = <K extends string>(target: { [P in K]: T }, property: K) => void;

/** A count: whole, not negative. */
export function Figure(options: Naming & Counting): On<number | null> {
  return field<number | null>('count', options, { type: 'int', nullable: true });
}

/** Money in 万元: an exact decimal, not negative. */
export function Amount(options: Naming & Counting): On<string | null> {
  return field<string | null>('amount', { unit: '万元', ...options }, { ...amountColumn, nullable: true });
}

export function Text(options: Naming & { maxLength?: number; many?: boolean; format?: 'url' }): On<string | null> {
  return field<string | null>('text', options, { type: 'text', nullable: true });
}

export function OneOf(options: Naming & { options: readonly ChoiceOption[] }): On<string | null> {
  return field<string | null>('choice', options, { type: 'varchar', length: 32, nullable: true });
}

/** One or several patent numbers (standard ZC 0006), one a line. */
export function PatentNumbers(options: Naming): On<string | null> {
  return field<string | null>('patents', { ...options, many: true }, { type: 'text', nullable: true });
}

interface FieldOptions extends Naming, Counting {
  maxLength?: number;
  many?: boolean;
  format?: 'url';
  options?: readonly ChoiceOption[];
}

function field<T>(kind: FieldKind, options: FieldOptions, column: ColumnOptions): On<T> {
  return (target, property) => {
    const owner = target.constructor;
    const fields = fieldsByClass.get(owner) ?? [];
    fields.push(describeField(kind, property, options));
    fieldsByClass.set(owner, fields);
    Column({ ...column, comment: options.name })(target, property);
  };
}

function describeField(kind: FieldKind, key: string, options: FieldOptions): FieldDefinition {
  return Object.freeze({
    key,
    kind,
    name: options.name,
    short: options.short,
    unit: options.unit ?? '',
    synonyms: options.synonyms ?? [],
    question: options.question ?? options.short,
    help: options.help ?? '',
    required: options.required ?? true,
    cumulative: options.cumulative ?? false,
    many: options.many ?? false,
    maxLength: options.maxLength ?? 200,
    format: options.format ?? null,
    options: options.options ?? [],
    derived: options.derived ?? null,
    goesWith: options.goesWith ?? null,
    when: options.when ?? null,
    inferred: options.inferred ?? null,
  });
}

/** The plain definition of a declared class. Throws when the class carries no `@Table`. */
export function defineTable(target: TableClass): TableDefinition {
  const options = optionsByClass.get(target);
  if (!options) throw new Error(`${target.name} carries no @Table`);
  const fields = fieldsByClass.get(target) ?? [];
  return Object.freeze({
    name: options.name,
    attachment: options.attachment,
    title: options.title,
    short: options.short,
    shape: options.shape ?? 'figures',
    cadence: { ...monthly, ...options.cadence },
    filedBy: options.filedBy ?? allKinds,
    fields: Object.freeze([...fields]),
    rules: options.rules ?? [],
    lists: [...new Set(fields.flatMap((each) => each.derived?.list ?? []))],
    sheet: options.sheet ?? simpleSheetLayout(options, fields),
    bulletin: options.bulletin ?? simpleBulletinLayout(fields),
    entity: target,
  });
}
