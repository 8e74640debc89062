/** Finds every mistake in all declarations at once, so that a wrong table stops the start with a list and not in the field. */
import type { FieldDefinition, TableDefinition } from './definition';
import type { HeadCell } from './sheet-layout';

/** One line for each mistake: `statistics.patents: …`; empty when all is well. */
export function findMistakes(tables: readonly TableDefinition[]): readonly string[] {
  return [
    ...repeated(tables.map((table) => table.name)).map((name) => `${name}: two tables have this name`),
    ...tables.flatMap((table) => mistakesIn(table, tables).map((mistake) => `${table.name}${mistake}`)),
  ];
}

function mistakesIn(table: TableDefinition, tables: readonly TableDefinition[]): readonly string[] {
  const shorts = repeated(table.fields.map((field) => field.short));
  return [
    ...(table.fields.length === 0 ? [': has no fields'] : []),
    ...(/^[a-z][a-z0-9_]*$/.test(table.name) ? [] : [': its name must be small letters, digits and _']),
    ...shorts.map((short) => `: two fields are called ${short}`),
    ...table.fields.flatMap((field) =>
      fieldMistakes(field, table, tables).map((mistake) => `.${field.key}: ${mistake}`),
    ),
    ...ambiguousNames(table),
    ...unknownIn(
      table,
      table.rules.flatMap((rule) => rule.fields),
      'a rule',
    ),
    ...unknownIn(table, table.bulletin.totals, 'the bulletin'),
    ...unknownIn(table, leavesOf(table.sheet.columns), 'the sheet'),
    ...cadenceMistakes(table),
  ];
}

function fieldMistakes(
  field: FieldDefinition,
  table: TableDefinition,
  tables: readonly TableDefinition[],
): readonly string[] {
  const { derived, goesWith, kind, name, options, short } = field;
  const list = tables.find((each) => each.name === derived?.list);
  return [
    ...(name.trim() === '' || short.trim() === '' ? ['needs a name and a short name'] : []),
    ...(kind === 'choice' && options.length < 2 ? ['needs at least two options'] : []),
    ...(derived && !list ? [`comes from a list ${derived.list} that is not declared`] : []),
    ...(list && list.shape !== 'list' ? [`comes from ${list.name}, which is no list`] : []),
    ...(goesWith !== null && !table.fields.some((each) => each.key === goesWith)
      ? [`goes with an unknown ${goesWith}`]
      : []),
  ];
}

/** A name of one field that is the name of another as well: the bot could not tell which is meant. */
function ambiguousNames(table: TableDefinition): readonly string[] {
  const names = table.fields.flatMap((field) => [...new Set([field.short, field.name, ...field.synonyms])]);
  return repeated(names).map((name) => `: the name ${name} stands for two fields`);
}

function unknownIn(table: TableDefinition, keys: readonly string[], where: string): readonly string[] {
  return keys
    .filter((key) => !table.fields.some((field) => field.key === key))
    .map((key) => `: ${where} names an unknown field ${key}`);
}

function leavesOf(cells: readonly HeadCell[]): readonly string[] {
  return cells.flatMap((cell) => (cell.children ? leavesOf(cell.children) : [cell.field ?? '(none)']));
}

function cadenceMistakes({ cadence }: TableDefinition): readonly string[] {
  const { dueDay, dueTime, lockAfterDays } = cadence;
  return [
    ...(Number.isInteger(dueDay) && dueDay >= 1 && dueDay <= 28 ? [] : [': its due day must be 1 to 28']),
    ...(/^([01]\d|2[0-3]):[0-5]\d$/.test(dueTime) ? [] : [': its due time must be written 18:00']),
    ...(Number.isInteger(lockAfterDays) && lockAfterDays >= 0 ? [] : [': it must lock after whole days']),
  ];
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
