/** What the contacts of each unit are told: what its draft still lacks, with its own figures of last month. */
import { In } from 'typeorm';
import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import type { Content } from '../channels/content';
import type { Tx } from '../database/database';
import { askedFields, type TableDefinition } from '../table/definition';
import { composeReminder } from './compose';
import type { MissingUnit } from './missing';

export interface ReminderSubject {
  readonly definition: TableDefinition;
  readonly period: string;
  readonly now: Date;
  readonly urged?: boolean;
}

/** By unit. */
export async function reminderContents(
  tx: Tx,
  subject: ReminderSubject,
  units: readonly MissingUnit[],
): Promise<ReadonlyMap<number, Content>> {
  const given = await draftedFields(tx, subject, units);
  return new Map(units.map((unit) => [unit.unitId, contentFor(unit, subject, given.get(unit.unitId) ?? new Set())]));
}

function contentFor(
  unit: MissingUnit,
  { definition, now, urged }: ReminderSubject,
  given: ReadonlySet<string>,
): Content {
  const asked = askedFields(definition);
  const counts = asked.filter((field) => field.kind === 'count').slice(0, 3);
  return composeReminder({
    unit: unit.short,
    table: definition,
    terms: unit.terms,
    now,
    urged,
    missing: asked.filter((field) => !given.has(field.key)).map((field) => field.short),
    draft: given.size > 0 ? { given: given.size, total: asked.length } : null,
    exampleFields: counts.map((field) => ({
      short: field.short,
      unit: field.unit,
      last: unit.lastValues?.[field.key] ?? null,
    })),
  });
}

/** Which fields each unit's open draft answers. */
export async function draftedFields(
  tx: Tx,
  { definition, period }: Pick<ReminderSubject, 'definition' | 'period'>,
  units: readonly Pick<MissingUnit, 'unitId'>[],
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  if (units.length === 0) return new Map();
  const unitIds = units.map(({ unitId }) => unitId);
  const filings = await tx.findBy(Filing, { tableName: definition.name, period, unitId: In(unitIds) });
  const byId = new Map(filings.map((filing) => [filing.id, filing]));
  const answers = await tx.findBy(DraftAnswer, { filingId: In([...byId.keys()]) });
  const asked = new Set(askedFields(definition).map(({ key }) => key));
  const given = new Map<number, Set<string>>();
  for (const { filingId, draftNumber, field, value, notApplicable } of answers) {
    const filing = byId.get(filingId);
    // A reason given for a figure of the list is no answer to a question.
    const isAnswer = asked.has(field) && (value !== null || notApplicable !== null);
    if (!filing || filing.draftNumber !== draftNumber || !isAnswer) continue;
    given.set(filing.unitId, (given.get(filing.unitId) ?? new Set()).add(field));
  }
  return given;
}
