/** One scheduled occurrence in one transaction: claim it by its unique key, load, compose, archive, put into the outbox. */
import { In } from 'typeorm';
import { ScheduleRun } from '../../entities/schedule-run';
import type { Occurrence } from '../calendar/timetable';
import type { Clock } from '../clock';
import type { Database, Tx } from '../database/database';
import { isDuplicate } from '../database/errors';
import type { CallLimits } from '../delivery/api-calls';
import { type Draft, post } from '../delivery/outbox';
import { bulletinDrafts } from './bulletin';
import type { BulletinMeans } from './bulletin-files';
import { groupProgressDrafts } from './group-progress';
import { reminderDrafts, type ScheduledWork } from './reminder';
import { returnedDrafts } from './returned-reminder';
import { sparing } from './sparing';
import { urgeDrafts } from './urge';

export interface ScheduleParts extends BulletinMeans {
  readonly database: Database;
  readonly clock: Clock;
  /** Absent where no platform counts its calls. */
  readonly callLimits?: CallLimits;
  /** Wakes the sender. */
  readonly kick: () => void;
}

/** Which of the occurrences were run, by this or any other copy of the bot. */
export async function findDone(database: Database, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const runs = await database.read((tx) => tx.findBy(ScheduleRun, { occurrence: In([...keys]) }));
  return new Set(runs.map((run) => run.occurrence));
}

/** Runs the occurrence; does nothing when another copy did. */
export async function runOccurrence(parts: ScheduleParts, occurrence: Occurrence): Promise<void> {
  try {
    await parts.database.transact((tx) => runIn(parts, tx, occurrence));
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return;
  }
  parts.kick();
}

async function runIn(parts: ScheduleParts, tx: Tx, occurrence: Occurrence): Promise<void> {
  const now = parts.clock.now();
  const run = { occurrence: occurrence.key, dueAt: occurrence.dueAt, ranAt: now, messages: 0 };
  const { identifiers } = await tx.insert(ScheduleRun, run);
  const definition = parts.tables.find((table) => table.name === occurrence.table);
  if (!definition) return;
  const drafts = await draftsFor(parts, { tx, definition, occurrence, now });
  await post(tx, drafts, now);
  await tx.update(ScheduleRun, { id: Number(identifiers[0]?.['id']) }, { messages: drafts.length });
}

async function draftsFor(parts: ScheduleParts, work: ScheduledWork): Promise<readonly Draft[]> {
  switch (work.occurrence.schedule) {
    case 'reminder':
      return [...(await reminderDrafts(work)), ...(await returnedDrafts(work)), ...(await groupProgressDrafts(work))];
    case 'urge':
      return urgeDrafts(work);
    case 'bulletin':
      return sparing(work.tx, await bulletinDrafts({ ...parts, ...work }), parts.callLimits ?? new Map(), work.now);
  }
}
