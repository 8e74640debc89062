/** Whom a 催 would reach now, and which units it skips and why. */
import { In } from 'typeorm';
import { Person } from '../../../entities/person';
import type { Reminder } from '../../../entities/reminder';
import { type Addressee, addresseesOf, contactNames } from '../../access/holders';
import { formatMoment, formatTime } from '../../calendar/periods';
import { inShanghai } from '../../clock';
import type { Tx } from '../../database/database';
import type { Asked, MissingUnit } from '../../reminders/missing';
import { countSent, urgesAndSince } from '../../reminders/records';

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
  /** When the timetable reminded it, if that was just now. */
  readonly remindedAt: Date | null;
}

export interface UrgePlan {
  readonly reached: readonly UrgedUnit[];
  readonly skipped: readonly { readonly unit: MissingUnit; readonly why: string }[];
}

/** @param units whoever was not named but is one of all leaves alone whom the timetable has just reminded. */
export async function planUrge(
  tx: Tx,
  { definition, period, now }: Asked,
  { units, isAll }: { readonly units: readonly MissingUnit[]; readonly isAll: boolean },
): Promise<UrgePlan> {
  const unitIds = units.map(({ unitId }) => unitId);
  const since = inShanghai(now).minus({ minutes: restMinutes }).toJSDate();
  const reminders = await urgesAndSince(tx, definition, { period, since });
  const byUnit = groupedBy(reminders, ({ unitId }) => unitId);
  const names = await contactNames(tx, unitIds, now);
  const addressees = groupedBy(await addresseesOf(tx, ['contact'], now, unitIds), ({ unitId }) => unitId);
  const sent = await countSent(tx, definition, period);
  const staff = await staffNames(tx, reminders);
  const planned = units.map((unit) => {
    const own = byUnit.get(unit.unitId) ?? [];
    const urges = own.filter(({ step }) => step === 'urge');
    const urged: UrgedUnit = {
      unit,
      contacts: names.get(unit.unitId) ?? [],
      addressees: addressees.get(unit.unitId) ?? [],
      sent: sent.get(unit.unitId) ?? 0,
      urges: urges.length,
      remindedAt: own.find(({ step, messages }) => isForContacts(step) && messages > 0)?.sentAt ?? null,
    };
    return { urged, why: whySkipped(urged) ?? whyAlready(urges, since, staff) ?? (isAll ? whyReminded(urged) : null) };
  });
  return {
    reached: planned.filter(({ why }) => why === null).map(({ urged }) => urged),
    skipped: planned.flatMap(({ urged, why }) => (why === null ? [] : [{ unit: urged.unit, why }])),
  };
}

const isForContacts = (step: string): boolean => step.startsWith('T') && step !== 'T+3';

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => number): ReadonlyMap<number, readonly Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

async function staffNames(tx: Tx, reminders: readonly Reminder[]): Promise<ReadonlyMap<number, string>> {
  const ids = [...new Set(reminders.flatMap(({ requestedBy }) => requestedBy ?? []))];
  const people = ids.length > 0 ? await tx.findBy(Person, { id: In(ids) }) : [];
  return new Map(people.map(({ id, name }) => [id, name]));
}

function whySkipped({ unit, contacts, addressees }: UrgedUnit): string | null {
  if (unit.pause) return '暂停中，跳过';
  if (contacts.length === 0) return '尚无联络员';
  return addressees.length === 0 ? '联络员没有账号，收不到' : null;
}

function whyAlready(urges: readonly Reminder[], since: Date, staff: ReadonlyMap<number, string>): string | null {
  const waiting = urges.find(({ sentAt }) => sentAt === null);
  if (waiting) return `已定${formatMoment(waiting.dueAt)}发，跳过`;
  const last = urges.find(({ sentAt }) => sentAt !== null && sentAt > since);
  return last?.sentAt ? `${formatTime(last.sentAt)}${staff.get(last.requestedBy ?? 0) ?? ''}刚催过，跳过` : null;
}

const whyReminded = ({ remindedAt }: UrgedUnit): string | null =>
  remindedAt ? `${formatTime(remindedAt)}已催过，跳过` : null;
