/** What a message says about an entry of a list, and what is still to be asked. */
import { readFields } from '../../reading/fields';
import type { Ask } from '../../reading/reading';
import type { FieldDefinition, TableDefinition, Values } from '../../table/definition';

export interface EntryReading {
  readonly values: Values;
  readonly asks: readonly Ask[];
}

export function readEntry(list: TableDefinition, text: string, asked: string | null, draft: Values): EntryReading {
  const { taken, asks } = readFields(text, contextOf(list, asked, draft));
  const values = taken.flatMap((each) => (each.kind === 'value' ? [[each.field, each.value] as const] : []));
  return { values: Object.fromEntries(values), asks };
}

const contextOf = (list: TableDefinition, asked: string | null, draft: Values) => ({
  fields: list.fields,
  asked,
  last: {},
  draft,
  open: list.fields.filter((field) => draft[field.key] === undefined).map((field) => field.key),
});

/** The values with what follows from them: a fee of 0 for a free licence. */
export function completeEntry(list: TableDefinition, values: Values): Values {
  const complete: Record<string, string> = { ...values };
  for (const { key, when } of list.fields) {
    if (!when || when.holds(complete)) continue;
    if (!conditionKnown(list, complete)) continue;
    if (when.otherwise === null) delete complete[key];
    else complete[key] = when.otherwise;
  }
  return complete;
}

/** A condition can be judged once every field asked without one has its value. */
const conditionKnown = (list: TableDefinition, values: Values): boolean =>
  list.fields.every((field) => field.when !== null || field.kind !== 'choice' || values[field.key] !== undefined);

/** The fields still to be asked, in official order. */
export function missingInEntry(list: TableDefinition, values: Values): readonly FieldDefinition[] {
  return list.fields.filter((field) => {
    if (values[field.key] !== undefined) return false;
    return field.when ? conditionKnown(list, values) && field.when.holds(values) : field.required;
  });
}
