/** 催报: one message to each contact of a unit that has not filed; nobody else, and none once the report is in. */
import { In } from 'typeorm';
import { DraftAnswer } from '../../entities/draft-answer';
import { Filing } from '../../entities/filing';
import { previousPeriod, termsOf } from '../calendar/periods';
import type { Occurrence } from '../calendar/timetable';
import type { Content } from '../channels/content';
import type { Tx } from '../database/database';
import type { Draft } from '../delivery/outbox';
import { loadStanding, type UnitStanding } from '../filing/standing';
import { composeReminder } from '../reminders/compose';
import { askedFields, type TableDefinition } from '../table/definition';
import { addresseesOf } from './addressees';

export interface ScheduledWork {
  readonly tx: Tx;
  readonly definition: TableDefinition;
  readonly occurrence: Occurrence;
  readonly now: Date;
}

export async function reminderDrafts({ tx, definition, occurrence, now }: ScheduledWork): Promise<readonly Draft[]> {
  const { period } = occurrence;
  const query = { definition, period, previousPeriod: previousPeriod(period), within: '/' };
  const standings = await loadStanding(tx, query);
  const late = new Map(standings.filter(isMissing).map((unit) => [unit.unitId, unit]));
  if (late.size === 0) return [];
  const given = await draftedFields(tx, definition, period, [...late.keys()]);
  const contacts = await addresseesOf(tx, ['contact'], now);
  return contacts.flatMap(({ unitId, chat }) => {
    const unit = late.get(unitId);
    if (!unit) return [];
    const content = contentFor(unit, { definition, occurrence, given: given.get(unitId) ?? new Set() });
    return [{ chat, content, purpose: 'reminder' as const }];
  });
}

const isMissing = (unit: UnitStanding): boolean => unit.status === null || unit.status === 'draft';

function contentFor(
  unit: UnitStanding,
  facts: { definition: TableDefinition; occurrence: Occurrence; given: ReadonlySet<string> },
): Content {
  const { definition, occurrence, given } = facts;
  const asked = askedFields(definition);
  const counts = asked.filter((field) => field.kind === 'count').slice(0, 3);
  return composeReminder({
    unit: unit.short,
    table: definition,
    terms: termsOf(definition.cadence, occurrence.period),
    step: occurrence.step === 'T-3' || occurrence.step === 'T-1' ? occurrence.step : 'T-0',
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
async function draftedFields(
  tx: Tx,
  definition: TableDefinition,
  period: string,
  unitIds: readonly number[],
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const filings = await tx.findBy(Filing, { tableName: definition.name, period, unitId: In([...unitIds]) });
  const byId = new Map(filings.map((filing) => [filing.id, filing]));
  const answers = await tx.findBy(DraftAnswer, { filingId: In([...byId.keys()]) });
  const given = new Map<number, Set<string>>();
  for (const { filingId, draftNumber, field } of answers) {
    const filing = byId.get(filingId);
    if (!filing || filing.draftNumber !== draftNumber) continue;
    given.set(filing.unitId, (given.get(filing.unitId) ?? new Set()).add(field));
  }
  return given;
}
