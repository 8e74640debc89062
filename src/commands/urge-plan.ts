/** Whom a 催 would reach now, and which units it skips and why. */
import { Person } from '../../entities/person';
import type { Reminder } from '../../entities/reminder';
import { type Addressee, addresseesOf, contactNames } from '../access/holders';
import { formatMoment, formatTime } from '../calendar/periods';
import type { Tx } from '../database/database';
import type { Asked, MissingUnit } from '../reminders/missing';
import { countSent, urgesOf } from '../reminders/records';

/** Two of the staff may think of the same unit at once; its contacts shall hear it once. */
const restMinutes = 120;

export interface UrgedUnit {
  readonly unit: MissingUnit;
  readonly contacts: readonly string[];
  readonly addressees: readonly Addressee[];
  /** How often it was reminded before. */
  readonly sent: number;
  /** How often staff asked for it before. */
  readonly urges: number;
}

export interface UrgePlan {
  readonly reached: readonly UrgedUnit[];
  readonly skipped: readonly { readonly unit: MissingUnit; readonly why: string }[];
}

export async function planUrge(
  tx: Tx,
  { definition, period, now }: Asked,
  units: readonly MissingUnit[],
): Promise<UrgePlan> {
  const unitIds = units.map(({ unitId }) => unitId);
  const urges = await urgesOf(tx, definition, period);
  const names = await contactNames(tx, unitIds, now);
  const addressees = await addresseesOf(tx, ['contact'], now, unitIds);
  const sent = await countSent(tx, definition, period);
  const all = units.map((unit) => ({
    unit,
    contacts: names.get(unit.unitId) ?? [],
    addressees: addressees.filter(({ unitId }) => unitId === unit.unitId),
    sent: sent.get(unit.unitId) ?? 0,
    urges: urges.filter(({ unitId }) => unitId === unit.unitId).length,
  }));
  const skipped: { unit: MissingUnit; why: string }[] = [];
  for (const urged of all) {
    const why = whySkipped(urged) ?? (await whyAlready(tx, urges, { unitId: urged.unit.unitId, now }));
    if (why !== null) skipped.push({ unit: urged.unit, why });
  }
  return { reached: all.filter(({ unit }) => !skipped.some((each) => each.unit === unit)), skipped };
}

function whySkipped({ unit, contacts, addressees }: UrgedUnit): string | null {
  if (unit.pause) return '暂停中，跳过';
  if (contacts.length === 0) return '尚无联络员';
  return addressees.length === 0 ? '联络员没有账号，收不到' : null;
}

async function whyAlready(
  tx: Tx,
  all: readonly Reminder[],
  { unitId, now }: { readonly unitId: number; readonly now: Date },
): Promise<string | null> {
  const urges = all.filter((each) => each.unitId === unitId);
  const waiting = urges.find(({ sentAt }) => sentAt === null);
  if (waiting) return `已定${formatMoment(waiting.dueAt)}发，跳过`;
  const last = urges.find(({ sentAt }) => sentAt !== null && now.getTime() - sentAt.getTime() < restMinutes * 60_000);
  if (!last?.sentAt) return null;
  const who = last.requestedBy === null ? null : await tx.findOneBy(Person, { id: last.requestedBy });
  return `${formatTime(last.sentAt)}${who?.name ?? ''}刚催过，跳过`;
}
