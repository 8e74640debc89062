/** 通报: archived as it was told, to leaders and staff in private, to the groups that are bound to it. */
import { Bulletin } from '../../entities/bulletin';
import { addresseesOf } from '../access/holders';
import { composeBulletin } from '../bulletins/compose';
import type { Earlier } from '../bulletins/differences';
import type { BulletinUnit } from '../bulletins/unit-progress';
import { previousPeriod, termsOf } from '../calendar/periods';
import type { Tx } from '../database/database';
import type { Draft } from '../delivery/outbox';
import { loadStanding } from '../filing/standing';
import { withNotes } from '../reminders/notes';
import { type BulletinMeans, type Subject, withPicture, withPictureAndWorkbook } from './bulletin-files';
import { type BoundGroup, groupsFor, toGroup } from './groups';
import type { ScheduledWork } from './reminder';

type BulletinWork = ScheduledWork & BulletinMeans;

export async function bulletinDrafts(work: BulletinWork): Promise<readonly Draft[]> {
  const { tx, occurrence, now } = work;
  const readers = await addresseesOf(tx, ['leader', 'staff'], now);
  const groups = await groupsFor(tx, 'bulletins');
  const version = await nextVersion(tx, occurrence);
  const drafts: Draft[] = [];
  for (const top of new Set([...readers, ...groups].map(({ path }) => path))) {
    const within = ({ path }: { readonly path: string }): boolean => path === top;
    const to = { readers: readers.filter(within), groups: groups.filter(within) };
    drafts.push(...(await tell(work, await look(work, top, version), to)));
  }
  return onceEach(drafts);
}

/** What there is to tell of the units below `top`. */
async function look({ tx, definition, occurrence, now }: BulletinWork, top: string, version: string): Promise<Subject> {
  const { period } = occurrence;
  const query = { definition, period, previousPeriod: previousPeriod(period), within: top };
  const standings = await loadStanding(tx, query);
  const terms = termsOf(definition.cadence, period);
  const units = await withNotes(tx, { definition, period, now }, standings);
  const kind = kindOf(occurrence);
  const earlier = kind === 'final' ? await provisionalOf(tx, { tableName: definition.name, period, scope: top }) : null;
  return { top, standings, facts: { definition, terms, asOf: now, units, kind, version, earlier } };
}

/** The last provisional bulletin of the same units. */
async function provisionalOf(
  tx: Tx,
  where: { readonly tableName: string; readonly period: string; readonly scope: string },
): Promise<Earlier | null> {
  const told = await tx.find(Bulletin, { where, order: { id: 'DESC' } });
  const last = told.find(({ version }) => version.includes('-P'));
  return last?.units ? { version: last.version, units: last.units as readonly BulletinUnit[] } : null;
}

interface Addressed {
  readonly readers: readonly Pick<Draft, 'chat'>[];
  readonly groups: readonly Pick<BoundGroup, 'chat' | 'mentions'>[];
}

/** Each file is drawn and stored once, however many are told, and only for those who are. */
async function tell(work: BulletinWork, subject: Subject, { readers, groups }: Addressed): Promise<readonly Draft[]> {
  const told = composeBulletin(subject.facts);
  const content = readers.length > 0 ? await withPictureAndWorkbook(work, subject, told.content) : told.content;
  const group = groups.length > 0 ? await withPicture(work, subject, told.group) : told.group;
  await archive(work, subject, content);
  return [
    ...readers.map(({ chat }) => ({ chat, content, purpose: 'bulletin' as const })),
    ...groups.map((each) => ({ chat: each.chat, content: toGroup(group, each), purpose: 'bulletin' as const })),
  ];
}

async function archive({ tx, occurrence, now }: BulletinWork, { top, facts }: Subject, content: Draft['content']) {
  const { definition, version, units } = facts;
  const what = { tableName: definition.name, period: occurrence.period, version, scope: top };
  const row = { ...what, units, composedAt: now, content };
  await tx.insert(Bulletin, row as object);
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
