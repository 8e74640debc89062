/** 光山多少, 看罗山的数: one unit's report, to those who may read it; in a group only whether it is in. */
import { Unit } from '../../../entities/unit';
import { overseeing, reaches, reportedUnits, type UnitRef } from '../../access/speaker';
import { previousPeriod, termsOf } from '../../calendar/periods';
import { figures, heading, say } from '../../channels/content';
import { bare } from '../../dialogue/intents';
import { showChange, showValue } from '../../dialogue/wording';
import { loadStanding, type UnitStanding } from '../../filing/standing';
import { unitsNamedIn } from '../../registration/units';
import type { TableDefinition } from '../../table/definition';
import { type Command, figureTables, type Outcome, type Talk } from '../command';
import { periodIn, tableIn } from '../meant/period-words';
import { currentPeriod } from './overview';

const anyRole = ['contact', 'lead', 'staff', 'leader'] as const;

export const unitFigures: Command = {
  words: '光山多少',
  help: '看一个单位报的数，如“光山多少”“看罗山的数”',
  roles: anyRole,
  inGroup: true,
  match: (text) =>
    /^(?:看|查|查看|看看)\S{2,24}(?:的数|的数据|数据|情况)$|^\S{2,20}(?:多少|报了多少|报了吗|报了没有?|的数|的数据)$/.test(
      text,
    ),
  applies: async ({ tx, text }) => (await unitsNamedIn(tx, text)).length === 1,
  async run(talk) {
    const [named] = await unitsNamedIn(talk.tx, talk.text);
    const definition = tableIn(talk.text, figureTables(talk.tables));
    const unit = named ? await talk.tx.findOneBy(Unit, { id: named.id }) : null;
    if (!unit || !definition) return { content: say(['没找到这个单位。请写单位名称，如“光山多少”。']) };
    return mayRead(talk, unit) ? tellUnit(talk, unit, definition) : { content: say([refusal(talk)]) };
  },
};

const loose = /^\S{2,20}$/;
const around =
  /^(?:看|查|查看|看看)?(?:县|区)?(?:的)?(?:呢|怎么样|如何|报得怎么样|报的怎么样|报的什么|什么情况|情况)?$/;

/** Nothing but the name and small words: 息县先别催了 asks for no figures. */
function isAlone(text: string, names: readonly string[]): boolean {
  const name = [...names].sort((one, other) => other.length - one.length).find((each) => text.includes(each)) ?? '';
  return around.test(text.replace(name, ''));
}

/** 光山呢 is enough from who reports nothing; from a contact it may be a name or a figure. */
export const unitAlone: Command = {
  ...unitFigures,
  help: '',
  inGroup: false,
  match: (text) => loose.test(text),
  applies: async ({ tx, text, speaker }) => {
    if (reportedUnits(speaker).length > 0) return false;
    const [named, another] = await unitsNamedIn(tx, text);
    return named !== undefined && !another && isAlone(bare(text), named.names);
  },
};

const mayRead = ({ speaker }: Talk, unit: UnitRef): boolean =>
  overseeing(speaker, anyRole).some((post) => reaches(post, unit));

function refusal({ speaker }: Talk): string {
  const own = [...new Set(speaker.posts.map((post) => post.unit.short))].join('、');
  return `您只能看${own}的数。`;
}

/** What stands of the period that is named, else of the current one. */
export async function tellUnit(talk: Talk, unit: UnitRef, definition: TableDefinition): Promise<Outcome> {
  const period = periodIn(talk.text, talk.now) ?? currentPeriod(definition, talk.now);
  const query = { definition, period, previousPeriod: previousPeriod(period), within: unit.path };
  const standing = (await loadStanding(talk.tx, query)).find((each) => each.unitId === unit.id);
  if (!standing) return { content: say([`${unit.short}不填报${definition.short}。`]) };
  const { label } = termsOf(definition.cadence, period);
  const filed = standing.status === 'returned' ? '已报，退回修改中' : '已报';
  const state = standing.values ? filed : '还没报';
  const content = say([
    heading(`${unit.short}${label}${definition.short}：${state}`),
    ...linesOf(definition, standing),
  ]);
  if (talk.chat.kind === 'private') return { content };
  const chat = { ...talk.chat, kind: 'private' as const, id: talk.userId };
  const brief = `${unit.short}${label}${standing.values ? '已报' : '还没报'}。${standing.values ? '具体数已私聊您。' : ''}`;
  return { content: say([brief]), notices: standing.values ? [{ chat, content }] : [] };
}

function linesOf(definition: TableDefinition, { values, lastValues }: UnitStanding) {
  if (!values) return [];
  const lines = definition.fields.map((field) => {
    const value = values[field.key];
    const isNumber = field.kind === 'count' || field.kind === 'amount';
    const before = isNumber ? lastValues?.[field.key] : undefined;
    const change = value === undefined ? null : showChange(field, value, before);
    return {
      label: field.short,
      value: value === undefined ? '未填' : showValue(field, value),
      before: before ?? null,
      change,
    };
  });
  return [figures(lines)];
}
