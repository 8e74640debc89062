/** Which report a message is about: the unit, the table and the period, and everything that a turn about it is decided by. */
import { Filing, type FilingStatus } from '../../../entities/filing';
import { reportedUnits, type UnitRef } from '../../access/speaker';
import { termsWith } from '../../calendar/leave';
import { openPeriods, type PeriodTerms, termsOf } from '../../calendar/periods';
import { say } from '../../channels/content';
import { intentOf, startOf } from '../../dialogue/intents';
import { openOf } from '../../dialogue/next';
import type { Scene } from '../../dialogue/scene';
import { type DialogueState, idle, type OpenReport } from '../../dialogue/state';
import { reopenedPeriods } from '../../filing/leave';
import { loadReport, type ReportKey } from '../../filing/report';
import { findUnits } from '../../reading/names';
import type { TableDefinition } from '../../table/definition';
import { figureTables, listsOf, type Outcome, type Talk } from '../command';
import { currentPeriod } from '../figures/overview';
import {
  choosePeriod,
  headingPeriod,
  type PeriodChoice,
  periodIn,
  tableNamed,
  tableSpokenOf,
} from '../meant/period-words';
import { standsAs, type TableMeant, tableMeant } from '../meant/table-meant';
import { refusePeriod } from './locked-report';

export type Found =
  | { readonly scene: Scene; readonly state: DialogueState; readonly isNew: boolean }
  | { readonly refusal: Outcome | null };

/** The report that a message is about, as it stands; or what to say instead, null when it is about none. */
export async function findReport(talk: Talk, units: readonly UnitRef[]): Promise<Found> {
  const unit = unitOf(talk, units);
  if (!unit) return { refusal: { content: say([whichUnit(units)]) } };
  const table = await tableOf(talk, unit);
  if (!table) return { refusal: null };
  const open = await stillOpen(talk, unit, table);
  const named = namedPeriod(talk, unit, open !== null);
  const continues = open !== null && (named === null || named === open.period);
  const choice = await chooseWithLeave(talk, unit, table, continues ? open.period : named);
  if (!choice.ok) {
    const load = (terms: PeriodTerms) => loadScene(talk, unit, table, terms);
    return { refusal: isAboutReport(talk) ? await refusePeriod(talk, choice, load) : null };
  }
  const scene = await loadScene(talk, unit, table, choice.terms);
  return {
    scene,
    state: continues
      ? talk.state
      : { ...idle, open: openOf(scene), waiting: talk.state.waiting, correction: talk.state.correction },
    isNew: !continues,
  };
}

/** A locked period can be filed by the unit that has leave to. */
async function chooseWithLeave(
  { tx, now }: Talk,
  unit: UnitRef,
  definition: TableDefinition,
  asked: string | null,
): Promise<PeriodChoice> {
  const choice = choosePeriod(definition, asked, now);
  if (choice.ok || (asked === null && openPeriods(definition.cadence, now).length > 0)) return choice;
  const reopened = await reopenedPeriods(tx, { unitId: unit.id, definition }, now);
  const period = reopened.find((each) => asked === null || each === asked);
  return period === undefined ? choice : { ok: true, terms: termsOf(definition.cadence, period) };
}

/** Everything about one report of a unit, as it stands. */
export async function loadScene(
  { tx, now, speaker, tables }: Talk,
  unit: UnitRef,
  definition: TableDefinition,
  terms: PeriodTerms,
): Promise<Scene> {
  const lists = listsOf(definition, tables);
  const key: ReportKey = { unitId: unit.id, definition, period: terms.period };
  const report = await loadReport(tx, key, lists);
  const person = { id: speaker.personId, name: speaker.name };
  const isOneOfSeveral = figureTables(tables).length > 1;
  return { unit, person, now, terms: termsWith(terms, report.leave), definition, lists, report, isOneOfSeveral };
}

/** What is to be done with a report of one's own, and how it has to stand for that. */
export interface OwnDoing {
  readonly verb: string;
  readonly statuses: readonly FilingStatus[];
}

/** A report of the speaker's for a command, locked or not: of the period that is named, else of the one that is open. */
export async function findOwnReport(
  talk: Talk,
  doing: OwnDoing,
): Promise<{ readonly scene: Scene } | { readonly refusal: Outcome }> {
  const units = reportedUnits(talk.speaker);
  const unit = unitOf(talk, units);
  if (!unit) return { refusal: { content: say([whichUnit(units)]) } };
  const meant = await ownTable(talk, unit, doing);
  if ('refusal' in meant) return meant;
  const { table } = meant;
  const terms = periodMeant(talk, table);
  return typeof terms === 'string'
    ? { refusal: { content: say([terms]) } }
    : { scene: await loadScene(talk, unit, table, terms) };
}

function ownTable(talk: Talk, { id }: UnitRef, { verb, statuses }: OwnDoing): Promise<TableMeant> {
  const named = tableNamed(talk.text, figureTables(talk.tables)) ?? null;
  return tableMeant(talk, {
    named,
    words: talk.text,
    isPossible: async (table) => {
      const period = periodIn(talk.text, talk.now) ?? currentPeriod(table, talk.now);
      return standsAs(talk, { unitIds: [id], table: table.name, period }, statuses);
    },
    again: (short) => `${verb}${short}`,
  });
}

/** Why there is none, when there is none. */
function periodMeant({ text, now }: Talk, table: TableDefinition): PeriodTerms | string {
  const named = periodIn(text, now);
  const choice = choosePeriod(table, named, now);
  if (choice.ok) return choice.terms;
  const terms = termsOf(table.cadence, named ?? currentPeriod(table, now));
  const isPast = terms.locksAt <= now;
  return isPast ? terms : choice.reason;
}

function whichUnit(units: readonly UnitRef[]): string {
  const names = units.map((unit) => unit.short);
  return `您负责${names.join('、')}，请说明是哪一个，如“上报 ${names[0] ?? ''}”。`;
}

function namedPeriod({ text, now }: Talk, { name, short }: UnitRef, isOpen: boolean): string | null {
  if (!isOpen || startOf(text) !== null) return periodIn(text, now);
  return headingPeriod(text, [name, short, short.replace(/[县区]$/, '')], now);
}

/** The report that is open in the chat, unless it is another one or was locked in the meantime. */
async function stillOpen(
  { tx, state, now }: Talk,
  unit: UnitRef,
  definition: TableDefinition,
): Promise<OpenReport | null> {
  const { open } = state;
  if (open?.unitId !== unit.id || open.table !== definition.name) return null;
  if (now < termsOf(definition.cadence, open.period).locksAt) return open;
  const reopened = await reopenedPeriods(tx, { unitId: unit.id, definition }, now);
  return reopened.includes(open.period) ? open : null;
}

/** Small talk is no reason to say that a period is locked. */
function isAboutReport({ text, state }: Talk): boolean {
  return (
    startOf(text) !== null || state.open !== null || /\d|[一二三四五六七八九十百]|继续|确认|清单|截止|没变/.test(text)
  );
}

function unitOf(talk: Talk, units: readonly UnitRef[]): UnitRef | null {
  if (units.length === 1) return units[0] ?? null;
  const named = findUnits(
    talk.text,
    units.map(({ id, name, short }) => ({ id, names: [name, short] })),
  );
  const chosen = named.length === 1 ? named[0]?.ids[0] : talk.state.open?.unitId;
  return units.find((unit) => unit.id === chosen) ?? null;
}

/** What a question of the bot's waits for is of the open report; anything else may name another. */
async function tableOf(talk: Talk, unit: UnitRef): Promise<TableDefinition | undefined> {
  const { state, tables, text } = talk;
  const candidates = figureTables(tables);
  const open = candidates.find((table) => table.name === state.open?.table);
  const isAnswer = state.asked !== null || state.pending !== null || state.entry !== null;
  if (candidates.length < 2 || (isAnswer && open && startOf(text) === null)) return open ?? candidates[0];
  return (
    tableNamed(text, candidates) ??
    tableSpokenOf(text, candidates) ??
    (isBeginning(text) ? undefined : await tableReturned(talk, unit, candidates)) ??
    open ??
    candidates[0]
  );
}

const isBeginning = (text: string): boolean => startOf(text) !== null || intentOf(text) === 'unchanged';

/** The bureau waits for an answer to the one report that it sent back. */
async function tableReturned(
  { tx }: Talk,
  { id: unitId }: UnitRef,
  tables: readonly TableDefinition[],
): Promise<TableDefinition | undefined> {
  const [returned, another] = await tx.findBy(Filing, { unitId, status: 'returned' });
  return another ? undefined : tables.find(({ name }) => name === returned?.tableName);
}
