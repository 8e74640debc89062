/**
 * Which report somebody speaks of: 新县, 新县6月, 6月新县的统计表, in any order at the beginning of their words. Orders may
 * name several units, and anywhere (orders.ts).
 */
import type { FilingStatus } from '../../../entities/filing';
import type { Unit } from '../../../entities/unit';
import { overseeing, reaches } from '../../access/speaker';
import { termsOf } from '../../calendar/periods';
import { say } from '../../channels/content';
import type { Scene } from '../../dialogue/scene';
import { findUnits, type UnitMention } from '../../reading/names';
import { unitsById, unitsNamedIn } from '../../registration/units';
import type { TableDefinition } from '../../table/definition';
import { figureTables, type Outcome, type Talk } from '../command';
import { currentPeriod } from '../figures/overview';
import { loadScene } from '../reports/find-report';
import { periodAtStart } from './period-words';
import { standsAs, tableMeant } from './table-meant';

/** What the words name, as yet unchecked. */
export interface Address {
  /** Ids of the units that the name may mean; empty when none is named. */
  readonly unitIds: readonly number[];
  readonly table: TableDefinition | null;
  readonly period: string | null;
  /** 报告, 统计表 or a month was said: a report is meant, not a person. */
  readonly isReport: boolean;
  /** The words after it. */
  readonly rest: string;
}

export async function readAddress(talk: Talk, words: string): Promise<Address> {
  const mentions = findUnits(words, await unitsNamedIn(talk.tx, words));
  return readHead(talk, words, { mentions, nouns: reportNouns });
}

/** 本月 is the month in which one reports, not the one that is reported. */
const reportNouns = ['报告', '报表', '月报', '报送', '上报', '本期', '本月', '这期', '这个月', '当期'];

interface HeadTerms {
  /** The units in the words; absent where they do not count. */
  readonly mentions?: readonly UnitMention<number>[];
  /** What a report is called beside the names of the tables; absent where a reason may begin so. */
  readonly nouns?: readonly string[];
}

/** What stands in front, as long as it names a unit, a table or a month. */
export function readHead(
  { now, tables }: Pick<Talk, 'now' | 'tables'>,
  words: string,
  { mentions = [], nouns = [] }: HeadTerms = {},
): Address {
  const found: { unitIds: readonly number[]; table: TableDefinition | null; period: string | null; isReport: boolean } =
    {
      unitIds: [],
      table: null,
      period: null,
      isReport: false,
    };
  let rest = skip(words);
  for (;;) {
    const at = words.length - rest.length;
    const unit = found.unitIds.length > 0 ? undefined : mentions.find(({ start }) => start === at);
    const month = found.period ? null : periodAtStart(rest, now);
    const noun = nounAtStart(rest, tables, nouns);
    if (unit) found.unitIds = unit.ids;
    else if (month) [found.period, found.isReport] = [month.period, true];
    else if (noun) [found.table, found.isReport] = [found.table ?? noun.table, true];
    else return { ...found, rest };
    rest = skip(rest.slice(unit ? unit.end - unit.start : (month?.length ?? noun?.length ?? 0)));
  }
}

const skip = (words: string): string => words.replace(/^[\s,，、:：。的]+/, '');

/** The name of a list means a report, too, but tells no table of figures. */
function nounAtStart(words: string, tables: readonly TableDefinition[], nouns: readonly string[]) {
  const named = tables.flatMap((table) =>
    [table.title, table.short, table.attachment].map((name) => ({
      name,
      table: table.shape === 'figures' ? table : null,
    })),
  );
  const all = [...named, ...nouns.map((name) => ({ name, table: null }))];
  const noun = all.find(({ name }) => words.startsWith(name));
  return noun && { table: noun.table, length: noun.name.length };
}

export type Found = { readonly scene: Scene } | { readonly refusal: Outcome };

/** What is to be done with the report. */
export interface Doing {
  /** What it begins with: 退回. */
  readonly verb: string;
  /** How to say it, for who named no unit. */
  readonly example: string;
  /** A report that stands otherwise is not meant where there are several. */
  readonly statuses: readonly FilingStatus[];
}

/** The report itself, for staff over its unit; else what to say instead. */
export async function findAddressed(talk: Talk, address: Address, doing: Doing): Promise<Found> {
  const found = await unitMeant(talk, address, doing);
  if ('refusal' in found) return found;
  const { unit } = found;
  const periodIn = (table: TableDefinition): string => address.period ?? currentPeriod(table, talk.now);
  const month = address.period === null ? [] : [`${address.period.slice(0, 4)}年${Number(address.period.slice(5))}月`];
  const meant = await tableMeant(talk, {
    named: address.table,
    words: address.rest,
    kinds: [unit.kind],
    isPossible: (table) =>
      standsAs(talk, { unitIds: [unit.id], table: table.name, period: periodIn(table) }, doing.statuses),
    again: (short) => [doing.verb, unit.short, short, ...month, address.rest].join(' ').trim(),
  });
  if ('refusal' in meant) return meant;
  const { table } = meant;
  if (!table.filedBy.includes(unit.kind)) return refusing(`${unit.short}不填报${table.short}。`);
  return { scene: await loadScene(talk, unit, table, termsOf(table.cadence, periodIn(table))) };
}

async function unitMeant(
  talk: Talk,
  { unitIds }: Address,
  { example }: Doing,
): Promise<{ readonly unit: Unit } | { readonly refusal: Outcome }> {
  const units = await unitsById(talk.tx, unitIds);
  const own = units.filter((unit) => overseeing(talk.speaker, ['staff']).some((post) => reaches(post, unit)));
  const tables = figureTables(talk.tables);
  const filing = own.filter(({ kind }) => tables.some(({ filedBy }) => filedBy.includes(kind)));
  const [unit, another] = filing;
  if (another) return refusing(`“${filing.map(({ short }) => short).join('、')}”都叫这个名字，请写全称。`);
  if (unit) return { unit };
  if (own[0]) return refusing(`${own[0].short}不填报${tables.map(({ short }) => short).join('、')}。`);
  return refusing(
    units[0] ? `${units[0].short}不在您负责的范围内，没有办理。` : `请写明是哪个单位，如“${example}”。还没有办理。`,
  );
}

const refusing = (line: string) => ({ refusal: { content: say([line]) } });
