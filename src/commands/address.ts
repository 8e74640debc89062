/** Which report staff speak of: 新县, 新县6月, 6月新县的统计表 at the beginning of their words, in any order. */
import { Unit } from '../../entities/unit';
import { overseeing, reaches } from '../access/speaker';
import { termsOf } from '../calendar/periods';
import { say } from '../channels/content';
import type { Scene } from '../dialogue/scene';
import { findUnits, type UnitMention } from '../reading/names';
import { unitsNamedIn } from '../registration/units';
import { figureTables, type Outcome, type Talk } from './command';
import { loadScene } from './find-report';
import { currentPeriod } from './overview';
import { periodAtStart, tableIn } from './period-words';

/** What the words name, as yet unchecked. */
export interface Address {
  /** Ids of the units that the name may mean; empty when none is named. */
  readonly unitIds: readonly number[];
  readonly period: string | null;
  /** 报告, 统计表 or a month was said: a report is meant, not a person. */
  readonly isReport: boolean;
  /** The words after it. */
  readonly rest: string;
}

/** 本月 is the month in which one reports, not the one that is reported. */
const nouns = ['报告', '报表', '月报', '报送', '上报', '本期', '本月', '这期', '这个月', '当期'];

export async function readAddress({ tx, now, tables }: Talk, words: string): Promise<Address> {
  const mentions = findUnits(words, await unitsNamedIn(tx, words));
  const names = tables.flatMap(({ title, short, attachment }) => [title, short, attachment]);
  let [unitIds, period, isReport]: [readonly number[], string | null, boolean] = [[], null, false];
  let rest = skip(words);
  for (;;) {
    const at = words.length - rest.length;
    const unit: UnitMention<number> | undefined =
      unitIds.length > 0 ? undefined : mentions.find(({ start }) => start === at);
    const month: { readonly period: string; readonly length: number } | null = period ? null : periodAtStart(rest, now);
    const noun = [...names, ...nouns].find((name) => rest.startsWith(name));
    if (unit) unitIds = unit.ids;
    else if (month) [period, isReport] = [month.period, true];
    else if (noun) isReport = true;
    else break;
    rest = skip(rest.slice(unit ? unit.end - unit.start : (month?.length ?? noun?.length ?? 0)));
  }
  return { unitIds, period, isReport, rest };
}

const skip = (words: string): string => words.replace(/^[\s,，、:：。的]+/, '');

export type Found = { readonly scene: Scene } | { readonly refusal: Outcome };

/** The report itself, for staff over its unit; else what to say instead. */
export async function findAddressed(talk: Talk, address: Address, example: string): Promise<Found> {
  const definition = tableIn(talk.text, figureTables(talk.tables));
  if (!definition) return refusing('没有要报的报表。');
  const units = await talk.tx
    .createQueryBuilder(Unit, 'unit')
    .whereInIds([...address.unitIds])
    .getMany();
  const own = units.filter((unit) => overseeing(talk.speaker, ['staff']).some((post) => reaches(post, unit)));
  const filing = own.filter(({ kind }) => definition.filedBy.includes(kind));
  const [unit, another] = filing;
  if (unit && another) return refusing(`“${filing.map(({ short }) => short).join('、')}”都叫这个名字，请写全称。`);
  if (unit)
    return {
      scene: await loadScene(
        talk,
        unit,
        definition,
        termsOf(definition.cadence, address.period ?? currentPeriod(definition, talk.now)),
      ),
    };
  if (own[0]) return refusing(`${own[0].short}不填报${definition.short}。`);
  return refusing(
    units[0] ? `${units[0].short}不在您负责的范围内，没有办理。` : `请写明是哪个单位，如“${example}”。还没有办理。`,
  );
}

const refusing = (line: string): Found => ({ refusal: { content: say([line]) } });
