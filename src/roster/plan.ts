/** Compares checked lines with who is known: who is new, who changes in what, who is missing. Decides nothing by guess. */
import { accountFields, accountOf, isSameAccount } from './accounts';
import { type RosterField, roleName, rosterColumns, rosterFields } from './columns';
import { findDuplicates } from './duplicates';
import { findPerson } from './match';
import type {
  FieldChange,
  RosterAddition,
  RosterChange,
  RosterPerson,
  RosterPlan,
  RosterProblem,
  RosterReading,
  RosterRow,
  RosterUnits,
} from './roster';

/** What one line comes to. */
type Outcome =
  | { readonly kind: 'add'; readonly addition: RosterAddition }
  | { readonly kind: 'change'; readonly change: RosterChange }
  | { readonly kind: 'same'; readonly person: RosterPerson }
  | { readonly kind: 'problem'; readonly problem: RosterProblem };

/** Whom the lines so far took, so that no second line means the same one. */
interface Seen {
  readonly persons: Map<RosterPerson, number>;
  readonly newcomers: RosterAddition[];
}

export function planRoster(reading: RosterReading, current: readonly RosterPerson[], units: RosterUnits): RosterPlan {
  const duplicates = findDuplicates(reading.rows);
  const repeated = new Set(duplicates.map((problem) => problem.line));
  const seen: Seen = { persons: new Map(), newcomers: [] };
  const outcomes = reading.rows
    .filter((row) => !repeated.has(row.line))
    .map((row) => decide(row, current, units, seen));
  const problems = [
    ...reading.problems,
    ...duplicates,
    ...outcomes.flatMap((outcome) => (outcome.kind === 'problem' ? [outcome.problem] : [])),
  ];
  return {
    add: outcomes.flatMap((outcome) => (outcome.kind === 'add' ? [outcome.addition] : [])),
    change: outcomes.flatMap((outcome) => (outcome.kind === 'change' ? [outcome.change] : [])),
    same: outcomes.flatMap((outcome) => (outcome.kind === 'same' ? [outcome.person] : [])),
    end: problems.length > 0 ? [] : listMissing(current, seen.persons, units),
    problems: problems.sort((one, other) => one.line - other.line),
    extraColumns: reading.extraColumns,
    missingColumns: reading.missingColumns,
  };
}

function decide(row: RosterRow, current: readonly RosterPerson[], units: RosterUnits, seen: Seen): Outcome {
  const { line } = row;
  const unitId = units.idOf(row.unit);
  if (unitId === null) return problem(line, 'unit', '不在单位名单里');
  const addition = { row, unitId };
  const match = findPerson(addition, current);
  if (match.kind === 'unclear') return problem(line, match.field, match.reason);
  const earlier = match.kind === 'new' ? sameNewcomer(addition, seen) : seen.persons.get(match.person);
  if (earlier !== undefined) return problem(line, 'name', `与第${earlier}行是同一人，一人只写一行`);
  if (match.kind === 'new') {
    seen.newcomers.push(addition);
    return { kind: 'add', addition };
  }
  const { person } = match;
  seen.persons.set(person, line);
  const changes = compare(addition, person, units);
  return changes.length > 0 ? { kind: 'change', change: { ...addition, person, changes } } : { kind: 'same', person };
}

/** The line of a newcomer of the same unit and name, unless two mobile numbers tell them apart. */
function sameNewcomer({ row, unitId }: RosterAddition, { newcomers }: Seen): number | undefined {
  const namesakes = newcomers.filter((other) => other.unitId === unitId && other.row.name === row.name);
  return namesakes.find((other) => other.row.mobile === '' || row.mobile === '')?.row.line;
}

function problem(line: number, field: RosterField, reason: string): Outcome {
  return { kind: 'problem', problem: { line, column: rosterColumns[field], reason } };
}

function listMissing(
  current: readonly RosterPerson[],
  found: ReadonlyMap<RosterPerson, number>,
  units: RosterUnits,
): RosterPlan['end'] {
  return current
    .filter((person) => !found.has(person))
    .map((person) => ({ ...person, unit: units.nameOf(person.unitId) }));
}

/** The fields in which the line says something else. An empty cell says nothing. */
function compare({ row, unitId }: RosterAddition, person: RosterPerson, units: RosterUnits): readonly FieldChange[] {
  const before = fieldsOf(person, units);
  const after = { ...row, unit: units.nameOf(unitId) };
  const differs = (field: RosterField): boolean => after[field] !== '' && after[field] !== before[field];
  const isOtherAccount = (field: RosterField): boolean =>
    !accountFields.some((channel) => channel === field && isSameAccount(channel, row[channel], before[channel]));
  return rosterFields
    .filter((field) => differs(field) && isOtherAccount(field))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

function fieldsOf(person: RosterPerson, units: RosterUnits): Readonly<Record<RosterField, string>> {
  const { name, title, officePhone, mobile, email } = person;
  return {
    unit: units.nameOf(person.unitId),
    name,
    title,
    officePhone,
    mobile,
    email,
    role: roleName(person),
    wecom: accountOf(person, 'wecom'),
    dingtalk: accountOf(person, 'dingtalk'),
  };
}
