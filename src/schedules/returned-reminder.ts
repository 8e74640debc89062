/** On the last working morning before the lock: whoever has not answered what was sent back hears of it once more. */
import { Filing } from '../../entities/filing';
import { addresseesOf } from '../access/holders';
import { type PeriodTerms, termsOf } from '../calendar/periods';
import type { Content } from '../channels/content';
import type { Draft } from '../delivery/outbox';
import { returnedNames } from '../dialogue/returned';
import { loadReturned } from '../filing/return';
import { unitsById } from '../registration/units';
import { pausesInForce } from '../reminders/pauses';
import { aboutReport, keepReminders } from '../reminders/records';
import { composeStillReturned } from '../reminders/still-returned';
import type { ScheduledWork } from './reminder';

export async function returnedDrafts(work: ScheduledWork): Promise<readonly Draft[]> {
  const { tx, definition, occurrence, now } = work;
  const terms = termsOf(definition.cadence, occurrence.period);
  if (occurrence.expiresAt?.getTime() !== terms.locksAt.getTime()) return [];
  const contents = await contentsOf(work, terms);
  const addressees = await addresseesOf(tx, ['contact'], now, [...contents.keys()]);
  const what = { tableName: definition.name, period: terms.period, step: 'returned', requestedBy: null };
  await keepReminders(
    tx,
    [...contents.keys()].map((unitId) => ({
      ...what,
      occurrence: `${definition.name}/${terms.period}/returned/${unitId}`,
      unitId,
      dueAt: occurrence.dueAt,
      sentAt: now,
      messages: addressees.filter((each) => each.unitId === unitId).length,
    })),
  );
  return addressees.flatMap(({ unitId, chat }) => {
    const content = contents.get(unitId);
    const about = aboutReport(definition, terms.period, unitId);
    return content ? [{ chat, content, purpose: 'reminder' as const, about, expiresAt: terms.locksAt }] : [];
  });
}

/** By unit. */
async function contentsOf(
  { tx, definition, now }: ScheduledWork,
  terms: PeriodTerms,
): Promise<ReadonlyMap<number, Content>> {
  const { period } = terms;
  const returned = await tx.findBy(Filing, { tableName: definition.name, period, status: 'returned' });
  const unitIds = returned.map(({ unitId }) => unitId);
  const pauses = await pausesInForce(tx, now, unitIds);
  const units = await unitsById(tx, unitIds);
  const contents = new Map<number, Content>();
  for (const { id, unitId } of returned) {
    const unit = units.find((each) => each.id === unitId);
    const sentBack = await loadReturned(tx, id);
    if (!unit || !sentBack || pauses.has(unitId)) continue;
    const facts = { what: returnedNames(definition, sentBack.fields), reason: sentBack.reason };
    contents.set(unitId, composeStillReturned({ unit: unit.short, table: definition.short, terms, ...facts }));
  }
  return contents;
}
