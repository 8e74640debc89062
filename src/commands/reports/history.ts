/** 历史: who filed what when, what each version changed and why, and what befell the report in between. */
import { In, IsNull, Not } from 'typeorm';
import { Filing } from '../../../entities/filing';
import { FilingVersion } from '../../../entities/filing-version';
import { Unit } from '../../../entities/unit';
import { reaches, reportedUnits, type UnitRef } from '../../access/speaker';
import { formatMoment, termsOf } from '../../calendar/periods';
import { list, say } from '../../channels/content';
import { tellHappening } from '../../dialogue/history-words';
import { timelinessNames } from '../../dialogue/wording';
import { loadHistory } from '../../filing/history';
import type { TableDefinition } from '../../table/definition';
import { type Command, figureTables, listsOf, type Outcome, type Talk } from '../command';
import { currentPeriod } from '../figures/overview';
import { readAddress } from '../meant/address';
import { monthOf, tableNamed } from '../meant/period-words';
import { tableMeant } from '../meant/table-meant';

const roles = ['staff', 'contact'] as const;
const noun = /(?:报送|修改|变更|版本)?历史(?:记录|版本)?|(?:修改|变更)记录|来龙去脉/;
const looking = /^\s*(?:请|帮我)*(?:查看|看看|看一下|看|查)/;
const asked = new RegExp(`^(?:查看|看看|看|查)?(?:${noun.source})|(?:${noun.source})$`);
const mostLines = 40;

export const history: Command = {
  words: '光山 历史',
  title: '历史',
  help: '一份报告的各版本和经过，如“历史 光山 6月”',
  roles,
  inGroup: false,
  match: (text) => text.length <= 40 && asked.test(text),
  async run(talk) {
    const { unitIds, table, period } = await readAddress(
      talk,
      talk.text.normalize('NFKC').replace(looking, '').replace(noun, ' '),
    );
    const own = reportedUnits(talk.speaker);
    const units = unitIds.length > 0 ? await unitsOf(talk, unitIds) : own;
    const [unit, another] = units.filter((each) => mayRead(talk, each));
    if (!unit) return refuse(talk, units);
    if (another) return { content: say(['请说明是哪个单位，如“历史 光山 6月”。']) };
    const named = table ?? tableNamed(talk.text, figureTables(talk.tables)) ?? null;
    const meant = await tableMeant(talk, {
      named,
      isPossible: async (each) => (await filingShown(talk, { unit, definition: each, period })) !== null,
      again: (short) => [unit.short, short, ...(period === null ? [] : [monthNamed(period)]), '历史'].join(' '),
    });
    return 'refusal' in meant ? meant.refusal : tellHistory(talk, { unit, definition: meant.table, period });
  },
};

const unitsOf = ({ tx }: Talk, ids: readonly number[]): Promise<readonly UnitRef[]> =>
  tx.findBy(Unit, { id: In([...ids]) });

/** Staff read below their unit, contacts their own unit's. */
const mayRead = ({ speaker }: Talk, unit: UnitRef): boolean =>
  speaker.posts.some(
    (post) => (post.role === 'staff' && reaches(post, unit)) || (post.role === 'contact' && post.unit.id === unit.id),
  );

function refuse({ speaker }: Talk, units: readonly UnitRef[]): Outcome {
  const own = [...new Set(speaker.posts.map((post) => post.unit.short))].join('、');
  return { content: say([units.length > 0 ? `您只能看${own}的数。` : '请说明是哪个单位，如“历史 光山 6月”。']) };
}

interface Asked {
  readonly unit: UnitRef;
  readonly definition: TableDefinition;
  /** Null when none is named: the open one, or the last that was filed. */
  readonly period: string | null;
}

async function tellHistory(talk: Talk, { unit, definition, period }: Asked): Promise<Outcome> {
  const wanted = period ?? currentPeriod(definition, talk.now);
  const filing = await filingShown(talk, { unit, definition, period });
  const nameOf = (each: string): string => `${unit.short}${termsOf(definition.cadence, each).label}${definition.short}`;
  if (!filing) return { content: say([`${nameOf(wanted)}还没有提交过，没有历史。`]) };
  const lists = listsOf(definition, talk.tables);
  const happenings = await loadHistory(talk.tx, definition, lists, filing.id);
  const lines = happenings.map((each) => tellHappening({ definition, lists }, each, filing.versionId));
  const shown = lines.slice(-mostLines);
  const cut = lines.length > shown.length ? [`只列最近${shown.length}条。`] : [];
  const older =
    filing.period === wanted ? [] : [`${monthOf(termsOf(definition.cadence, wanted))}还没有提交，以下是上一次报的。`];
  return { content: say([...older, `${nameOf(filing.period)}：${standingOf(filing)}`, list(shown), ...cut]) };
}

const monthNamed = (period: string): string => `${period.slice(0, 4)}年${Number(period.slice(5))}月`;

/** That of the period; where none was named, the last that was filed will do. */
async function filingShown(talk: Talk, { unit, definition, period }: Asked): Promise<Filing | null> {
  const wanted = period ?? currentPeriod(definition, talk.now);
  const filing = await filedIn(talk, unit, definition, wanted);
  return filing ?? (period === null ? lastFiled(talk, unit, definition) : null);
}

/** With at least one version, also when it was withdrawn since. */
async function filedIn(
  { tx }: Talk,
  unit: UnitRef,
  definition: TableDefinition,
  period: string,
): Promise<Filing | null> {
  const filing = await tx.findOneBy(Filing, { unitId: unit.id, tableName: definition.name, period });
  return filing && (await tx.existsBy(FilingVersion, { filingId: filing.id })) ? filing : null;
}

async function lastFiled({ tx }: Talk, unit: UnitRef, definition: TableDefinition): Promise<Filing | null> {
  const where = { unitId: unit.id, tableName: definition.name, versionId: Not(IsNull()) };
  return tx.findOne(Filing, { where, order: { period: 'DESC' } });
}

const statusNames = { draft: '已撤回，未再提交', filed: '已报', accepted: '已通过', returned: '退回修改中' } as const;

function standingOf({ status, timeliness, firstFiledAt }: Filing): string {
  const when =
    timeliness && firstFiledAt ? `，${timelinessNames[timeliness]}（首次提交${formatMoment(firstFiledAt)}）` : '';
  return `${statusNames[status]}${when}`;
}
