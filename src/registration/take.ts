/** What is known and what a message says → what is known now, what changed, and what could not be taken. Pure. */
import { checkDetail } from './checks';
import { type ContactField, contactFields, type DetailField, type Details } from './columns';
import type { RegistrationReading } from './read';
import type { Slip } from './wording';

export interface Taken {
  readonly details: Details;
  /** Columns that have another value now. */
  readonly changed: readonly ContactField[];
  readonly slips: readonly Slip[];
}

/** What a message says, with what its unit came to: its id, why it is not clear, or null when none was named. */
export interface Said {
  readonly reading: RegistrationReading;
  readonly unit: number | Slip | null;
}

/** @param keeps whether a column keeps its good value when the new one cannot be taken; else it is asked again. */
export function takeReading(before: Details, { reading, unit }: Said, keeps: boolean): Taken {
  const details = { ...before };
  const slips: Slip[] = [];
  if (typeof unit === 'number') details.unitId = unit;
  else if (unit) slips.push(unit);
  for (const [field, typed] of Object.entries(reading.given) as [DetailField, string][]) {
    const checked = checkDetail(field, typed);
    if (checked.ok) details[field] = checked.value;
    else slips.push({ field, fault: `${typed} ${checked.reason}` });
  }
  if (!keeps)
    for (const { field } of slips) Object.assign(details, { [field === 'unit' ? 'unitId' : field]: emptyOf(field) });
  const columnOf = (of: Details, field: ContactField) => (field === 'unit' ? of.unitId : of[field]);
  const isSlip = (field: ContactField) => slips.some((slip) => slip.field === field);
  const changed = contactFields.filter(
    (field) => columnOf(details, field) !== columnOf(before, field) && !isSlip(field),
  );
  return { details, changed, slips };
}

const emptyOf = (field: ContactField) => (field === 'unit' ? null : '');

/** Whether a message says anything of the columns, right or wrong, new or known. */
export const saysSomething = ({ given, unit }: RegistrationReading): boolean =>
  unit !== null || Object.keys(given).length > 0;
