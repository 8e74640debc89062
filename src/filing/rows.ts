/** Between canonical values and the rows of a declared table. */
import Decimal from 'decimal.js';
import type { FieldDefinition, TableDefinition, Values } from '../table/definition';

type Stored = Readonly<Record<string, unknown>>;

/** Blank columns are left out: a figure that is not there is never 0. */
export function valuesOfRow(definition: TableDefinition, row: Stored): Values {
  return Object.fromEntries(
    definition.fields.flatMap((field) => {
      const stored = row[field.key];
      return stored === null || stored === undefined ? [] : [[field.key, canonicalOf(field, stored)]];
    }),
  );
}

function canonicalOf(field: FieldDefinition, stored: unknown): string {
  // MySQL hands decimals back as '48.200000', the embedded database as 48.2; both are exact within 15 digits.
  return field.kind === 'amount' ? new Decimal(String(stored)).toFixed() : String(stored);
}

export function rowOfValues(definition: TableDefinition, values: Values): Record<string, unknown> {
  return Object.fromEntries(definition.fields.map((field) => [field.key, columnOf(field, values[field.key])]));
}

function columnOf(field: FieldDefinition, value: string | undefined): unknown {
  if (value === undefined) return null;
  return field.kind === 'count' ? Number(value) : value;
}

/** Raw rows of the embedded database carry instants as text in UTC. */
export function instantOf(stored: Date | string): Date {
  return stored instanceof Date ? stored : new Date(`${stored.replace(' ', 'T')}Z`);
}
