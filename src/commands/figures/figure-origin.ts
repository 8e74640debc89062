/** 光山付费金额怎么来的: the entries behind a figure of the list, or who filed a typed one when, with the change since last month. */
import { Filing } from '../../../entities/filing';
import type { Unit } from '../../../entities/unit';
import { reportedUnits } from '../../access/speaker';
import { previousPeriod, termsOf } from '../../calendar/periods';
import { say } from '../../channels/content';
import { type FigureOrigin, tellFromFiling, tellFromList } from '../../dialogue/origin-words';
import { loadEntriesOf } from '../../filing/correction';
import { loadVersions, type Version } from '../../filing/versions';
import { findNames, indexNames } from '../../reading/field-names';
import { unitsNamedIn } from '../../registration/units';
import type { FieldDefinition, TableDefinition } from '../../table/definition';
import { type Command, figureTables, listsOf, type Outcome, type Talk } from '../command';
import { namedUnit } from '../meant/named-unit';
import { monthOf, periodIn, tableIn } from '../meant/period-words';
import { currentPeriod } from './overview';

const roles = ['contact', 'lead', 'staff', 'leader'] as const;
const example = '光山付费金额怎么来的';
/** 推送怎么算 asks how to fill in a figure, and is answered by the dialogue. */
const asking =
  /(?:怎么|如何|咋)(?:得?来|得出|统计|汇总|构成|组成|出来)(?:来|出来)?(?:的|得)?$|(?:从|打)?哪(?:里|儿)来的?$|(?:的)?(?:来源|出处|由来|构成|依据|明细)(?:是什么|有哪些)?$|(?:是)?谁(?:上?报|填)的?$|(?:为什么|为啥|怎么)(?:比上个?月|又|一下)?(?:会|就)?(?:多|少|增加|减少|涨|降|变)了?.{0,6}$/;

export const figureOrigin: Command = {
  words: example,
  help: '一个数由哪些项目得出、谁什么时候报的、比上月变了什么',
  roles,
  inGroup: false,
  match: (text) => text.length <= 40 && asking.test(text),
  /** Of the speaker's own unit it need not be said which. */
  applies: async (talk) => isOwn(talk) || (await unitsNamedIn(talk.tx, talk.text)).length > 0,
  async run(talk) {
    const definition = tableIn(talk.text, figureTables(talk.tables));
    if (!definition) return { content: say(['没有可查看的报表。']) };
    const found = await unitOf(talk);
    if ('refusal' in found) return found.refusal;
    const field = fieldNamed(definition, talk.text, found.unit);
    if (!field) return { content: say([`请说明是哪一项，如“${found.unit.short}金额怎么来的”。`]) };
    const period = periodIn(talk.text, talk.now) ?? currentPeriod(definition, talk.now);
    return tell(talk, { unit: found.unit, definition, field, period });
  },
};

const isOwn = ({ speaker, tables, text, state }: Talk): boolean =>
  reportedUnits(speaker).length === 1 &&
  state.entry === null &&
  figureTables(tables).some((table) => findNames(text, indexNames(table.fields)).length > 0);

type Found = { readonly unit: Pick<Unit, 'id' | 'short' | 'name'> } | { readonly refusal: Outcome };

async function unitOf(talk: Talk): Promise<Found> {
  const named = await unitsNamedIn(talk.tx, talk.text);
  const [own] = reportedUnits(talk.speaker);
  return named.length === 0 && own ? { unit: own } : namedUnit(talk, roles, example);
}

/** 付费金额 rather than 付费; the name of the unit is none of a figure. */
function fieldNamed(
  definition: TableDefinition,
  text: string,
  { name, short }: { readonly name: string; readonly short: string },
): FieldDefinition | null {
  const words = text.normalize('NFKC').replace(name, ' ').replace(short, ' ');
  const spans = findNames(words, indexNames(definition.fields)).filter(({ isDoubtful }) => !isDoubtful);
  const [longest] = spans.toSorted((one, other) => other.end - other.start - (one.end - one.start));
  return definition.fields.find(({ key }) => key === longest?.keys[0]) ?? null;
}

interface Asked {
  readonly unit: { readonly id: number; readonly short: string };
  readonly definition: TableDefinition;
  readonly field: FieldDefinition;
  readonly period: string;
}

/** What stands of a month; null when nothing is filed. */
interface Filed {
  readonly filing: Filing;
  readonly versionId: number;
}

async function filedIn({ tx }: Talk, { unit, definition }: Asked, period: string): Promise<Filed | null> {
  const filing = await tx.findOneBy(Filing, { unitId: unit.id, tableName: definition.name, period });
  return filing && filing.versionId !== null && filing.status !== 'draft'
    ? { filing, versionId: filing.versionId }
    : null;
}

async function tell(talk: Talk, asked: Asked): Promise<Outcome> {
  const { unit, definition, field, period } = asked;
  const terms = termsOf(definition.cadence, period);
  const past = termsOf(definition.cadence, previousPeriod(period));
  const now = await filedIn(talk, asked, period);
  const then = await filedIn(talk, asked, past.period);
  if (!now) {
    const hint = then ? `${monthOf(past)}的可问“${unit.short}${monthOf(past)}${field.short}怎么来的”。` : '';
    const own = reportedUnits(talk.speaker).some(({ id }) => id === unit.id);
    const list = own && listsOf(definition, talk.tables).find(({ name }) => name === field.derived?.list);
    const rows = list ? `现在的${list.short}请回“${list.short}”看。` : '';
    return { content: say([`${unit.short}${monthOf(terms)}${definition.short}还没报。${rows}${hint}`]) };
  }
  const versions = await loadVersions(talk.tx, definition, now.filing.id);
  const versionsThen = then ? await loadVersions(talk.tx, definition, then.filing.id) : [];
  const origin: FigureOrigin = {
    field,
    whose: `${unit.short}${terms.label}`,
    value: standing(versions, now)?.values[field.key],
    before: { month: monthOf(past), value: standing(versionsThen, then)?.values[field.key] },
  };
  const returned = now.filing.status === 'returned' ? ['这份报告退回修改中，以重新提交的为准。'] : [];
  const told = field.derived ? await fromList(talk, asked, origin, { now, then }) : tellFromFiling(origin, versions);
  return { content: say([...told, ...returned]) };
}

const standing = (versions: readonly Version[], filed: Filed | null): Version | undefined =>
  versions.find(({ id }) => id === filed?.versionId);

async function fromList(
  { tx, tables }: Talk,
  { definition, field }: Asked,
  origin: FigureOrigin,
  { now, then }: { readonly now: Filed; readonly then: Filed | null },
) {
  const lists = listsOf(definition, tables);
  const list = lists.find(({ name }) => name === field.derived?.list);
  if (!list) return [];
  const entriesIn = async ({ versionId }: Filed) => (await loadEntriesOf(tx, [list], versionId)).get(list.name) ?? [];
  return tellFromList({
    ...origin,
    list,
    entries: await entriesIn(now),
    entriesBefore: then ? await entriesIn(then) : null,
    counted: definition.fields.find(({ key }) => key === field.derived?.countedBy) ?? null,
  });
}
