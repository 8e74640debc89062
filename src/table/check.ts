/** What stands between a set of figures and its confirmation: what is missing, what cannot be, what needs a reason. */
import Decimal from 'decimal.js';
import type { Facts, FieldDefinition, TableDefinition, Values } from './definition';

export interface Complaint {
  readonly level: 'hard' | 'soft';
  /** The field that a reason is kept with. */
  readonly field: string;
  readonly text: string;
}

/** A figure that grew more than this over last month is worth a word. */
const jumpFactor = 5;
/** Below this, a jump is ordinary: 1 → 6. */
const jumpFrom = 20;

/** Every complaint about the figures, hard ones first; derived figures are taken from `values` as well. */
export function complaintsOf(definition: TableDefinition, facts: Facts): readonly Complaint[] {
  const declared = definition.rules
    .filter((rule) => rule.fields.every((key) => facts.values[key] !== undefined))
    .flatMap((rule): Complaint[] => {
      const text = rule.check(facts);
      return text === null ? [] : [{ level: rule.level, field: rule.fields[0] ?? '', text }];
    });
  const moved = definition.fields.flatMap((field) => complaintOfMove(field, facts) ?? []);
  return [...declared, ...moved].sort((a, b) => Number(a.level === 'soft') - Number(b.level === 'soft'));
}

function complaintOfMove(field: FieldDefinition, { values, last }: Facts): Complaint | null {
  const [now, before] = [values[field.key], last?.[field.key]];
  if (now === undefined || before === undefined || !field.cumulative) return null;
  const [current, previous] = [new Decimal(now), new Decimal(before)];
  const soft = (text: string): Complaint => ({ level: 'soft', field: field.key, text });
  if (current.lt(previous)) {
    return soft(`${field.short}${now}${field.unit}小于上次的${before}${field.unit}，累计数一般不会减少`);
  }
  if (previous.gte(jumpFrom) && current.gt(previous.times(jumpFactor))) {
    return soft(`${field.short}${now}${field.unit}比上次的${before}${field.unit}增幅较大`);
  }
  return null;
}

/** Required fields that people are asked for and that have neither a value nor a reason why they do not apply. */
export function missingFields(
  definition: TableDefinition,
  values: Values,
  notApplicable: ReadonlySet<string>,
): readonly FieldDefinition[] {
  return definition.fields.filter(
    (field) =>
      field.derived === null && field.required && values[field.key] === undefined && !notApplicable.has(field.key),
  );
}

/** The derived figures, computed from the rows of their lists. */
export function deriveValues(
  definition: TableDefinition,
  rowsOf: (list: string) => readonly Values[],
): Record<string, string> {
  return Object.fromEntries(
    definition.fields.flatMap((field) =>
      field.derived ? [[field.key, field.derived.compute(rowsOf(field.derived.list))]] : [],
    ),
  );
}
