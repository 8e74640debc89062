/** Lines of one file that cannot both be right: the same account or mobile number twice. */
import { accountFields, accountKey } from './accounts';
import { type RosterField, rosterColumns } from './columns';
import type { RosterProblem, RosterRow } from './roster';

/** One complaint for every line and column that repeats an earlier line. */
export function findDuplicates(rows: readonly RosterRow[]): readonly RosterProblem[] {
  return [
    ...accountFields.flatMap((field) => findRepeats(rows, field, (row) => accountKey(field, row[field]))),
    ...findRepeats(rows, 'mobile', (row) => row.mobile),
  ];
}

function findRepeats(
  rows: readonly RosterRow[],
  field: RosterField,
  keyOf: (row: RosterRow) => string,
): readonly RosterProblem[] {
  const firstLines = new Map<string, number>();
  return rows.flatMap((row) => {
    const key = keyOf(row);
    const first = firstLines.get(key);
    if (key === '') return [];
    if (first === undefined) firstLines.set(key, row.line);
    else return [{ line: row.line, column: rosterColumns[field], reason: `与第${first}行相同，一人只写一行` }];
    return [];
  });
}
