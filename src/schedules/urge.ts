/** 催 that staff gave in the silence, decided anew when it ends: who has filed since or is paused hears nothing. */
import { IsNull, LessThanOrEqual } from 'typeorm';
import { Reminder } from '../../entities/reminder';
import { addresseesOf } from '../access/holders';
import type { Draft } from '../delivery/outbox';
import { reminderContents } from '../reminders/contents';
import { loadMissing } from '../reminders/missing';
import { aboutReport, expiryOf } from '../reminders/records';
import type { ScheduledWork } from './reminder';

export async function urgeDrafts({ tx, definition, occurrence, now }: ScheduledWork): Promise<readonly Draft[]> {
  const { table: tableName, period } = occurrence;
  const waiting = await tx.findBy(Reminder, { tableName, period, sentAt: IsNull(), dueAt: LessThanOrEqual(now) });
  if (waiting.length === 0) return [];
  const asked = new Set(waiting.map(({ unitId }) => unitId));
  const missing = await loadMissing(tx, { definition, period, within: '/', now });
  const units = missing.filter(({ unitId, pause }) => asked.has(unitId) && pause === null);
  const contents = await reminderContents(tx, { definition, period, now, urged: true }, units);
  const addressees = await addresseesOf(tx, ['contact'], now, [...contents.keys()]);
  for (const { id, unitId } of waiting) {
    const messages = addressees.filter((each) => each.unitId === unitId).length;
    await tx.update(Reminder, { id, sentAt: IsNull() }, { sentAt: now, messages });
  }
  const byId = new Map(units.map((unit) => [unit.unitId, unit]));
  return addressees.flatMap(({ unitId, chat }) => {
    const content = contents.get(unitId);
    const unit = byId.get(unitId);
    if (!content || !unit) return [];
    const about = aboutReport(definition, period, unitId);
    return [{ chat, content, purpose: 'reminder' as const, about, expiresAt: expiryOf(unit.terms, now) }];
  });
}
