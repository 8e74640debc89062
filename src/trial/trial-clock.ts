/** The trial's clock: begins on a morning when June's report is due, and is where it was left after a restart. */
import { TrialClock } from '../../entities/trial-clock';
import { type Clock, type MovableClock, systemClock } from '../clock';
import type { Database } from '../database/database';

/** Wednesday, 2 July 2025, 9:30 in Xinyang: last month is filed, this month's report is open, its first reminder half an hour off. */
const firstMorning = new Date('2025-07-02T09:30:00+08:00');

export async function restoreClock(database: Database, clock: MovableClock, real: Clock = systemClock): Promise<void> {
  const stored = await database.read((tx) => tx.findOneBy(TrialClock, { id: 1 }));
  if (!stored) {
    clock.set(firstMorning);
    await keepClock(database, clock, real);
    return;
  }
  clock.set(new Date(stored.shown.getTime() + real.now().getTime() - stored.real.getTime()));
}

export async function keepClock(database: Database, clock: Clock, real: Clock = systemClock): Promise<void> {
  const row = { id: 1, shown: clock.now(), real: real.now() };
  await database.transact((tx) => tx.upsert(TrialClock, row, ['id']));
}
