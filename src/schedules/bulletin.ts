/** 通报: archived as it was told, to leaders and staff in private, to the groups that are bound to it. */
import { Bulletin } from '../../entities/bulletin';
import { composeBulletin } from '../bulletins/compose';
import { bulletinUnitOf } from '../bulletins/unit-progress';
import { previousPeriod, termsOf } from '../calendar/periods';
import type { Tx } from '../database/database';
import type { Draft } from '../delivery/outbox';
import { loadStanding } from '../filing/standing';
import { addresseesOf, groupsFor } from './addressees';
import type { ScheduledWork } from './reminder';

export async function bulletinDrafts(work: ScheduledWork): Promise<readonly Draft[]> {
  const { tx, occurrence, now } = work;
  const readers = await addresseesOf(tx, ['leader', 'staff'], now);
  const groups = await groupsFor(tx, 'bulletins');
  const version = await nextVersion(tx, occurrence);
  const drafts: Draft[] = [];
  for (const top of new Set([...readers, ...groups].map(({ path }) => path))) {
    const told = await tell(work, top, version);
    for (const { path, chat } of readers)
      if (path === top) drafts.push({ chat, content: told.content, purpose: 'bulletin' });
    for (const { path, chat } of groups)
      if (path === top) drafts.push({ chat, content: told.group, purpose: 'bulletin' });
  }
  return onceEach(drafts);
}

/** @param top path of the unit whose subtree the bulletin covers. */
async function tell({ tx, definition, occurrence, now }: ScheduledWork, top: string, version: string) {
  const { period } = occurrence;
  const query = { definition, period, previousPeriod: previousPeriod(period), within: top };
  const units = (await loadStanding(tx, query)).map(bulletinUnitOf);
  const terms = termsOf(definition.cadence, period);
  const told = composeBulletin({ definition, terms, asOf: now, units, kind: kindOf(occurrence), version });
  const row = { tableName: definition.name, period, version, composedAt: now, content: told.content };
  await tx.insert(Bulletin, row as object);
  return told;
}

const kindOf = ({ step }: ScheduledWork['occurrence']) => (step === 'final' ? 'final' : 'provisional');

/** A person with two posts over the same units hears it once. */
function onceEach(drafts: readonly Draft[]): readonly Draft[] {
  return [...new Map(drafts.map((draft) => [JSON.stringify([draft.chat, draft.content]), draft])).values()];
}

/** 202506-P1, 202506-P2 …; 202506-F1 for the final one. */
async function nextVersion(tx: Tx, occurrence: ScheduledWork['occurrence']): Promise<string> {
  const { table: tableName, period } = occurrence;
  const prefix = `${period.replace('-', '')}-${kindOf(occurrence) === 'final' ? 'F' : 'P'}`;
  const told = await tx.findBy(Bulletin, { tableName, period });
  const versions = new Set(told.map(({ version }) => version).filter((version) => version.startsWith(prefix)));
  return `${prefix}${versions.size + 1}`;
}
