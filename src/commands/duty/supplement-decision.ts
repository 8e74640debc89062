/** 同意补报 and 不同意补报: staff decide whether a unit may file a locked period, for a few days. */
import { type FindOptionsWhere, In, Not } from 'typeorm';
import { Person } from '../../../entities/person';
import { SupplementRequest } from '../../../entities/supplement-request';
import type { Unit } from '../../../entities/unit';
import { recordAudit } from '../../access/audit';
import { overseeing, reaches } from '../../access/speaker';
import { dayOf, instantAt } from '../../calendar/civil-day';
import { formatEndOf, formatMoment, type PeriodTerms, termsOf } from '../../calendar/periods';
import { workingDaysAfter } from '../../calendar/working-days';
import { type Content, list, say } from '../../channels/content';
import { reopenUntil, seeLeave } from '../../filing/leave';
import { unitsById } from '../../registration/units';
import { isMissing } from '../../reminders/missing';
import type { TableDefinition } from '../../table/definition';
import { type Command, figureTables, type Outcome, type Talk } from '../command';
import { aboutAndReason, unitsLeading } from '../meant/orders';
import { monthOf } from '../meant/period-words';
import { tableMark } from '../meant/table-meant';
import { tellContacts } from '../notify';

const roles = ['staff'] as const;

/** Long enough to ask a colleague for the figures, short enough that 定稿 does not stay open. */
const supplementWorkingDays = 3;

export const grantSupplement: Command = {
  words: '同意补报 息县 6月',
  help: `同意已锁定的补报，${supplementWorkingDays}个工作日内有效`,
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => /^(?:同意|准予|批准)补报/.test(text),
  run: (talk) => decide(talk, { verb: /(?:同意|准予|批准)补报(?:申请)?/, word: '同意补报' }, grant),
};

export const refuseSupplement: Command = {
  words: '不同意补报 息县 6月 原因',
  help: '不同意补报，写明原因',
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => /^(?:不同意|不予|不准|拒绝)补报/.test(text),
  run: (talk) => decide(talk, { verb: /(?:不同意|不予|不准|拒绝)补报(?:申请)?/, word: '不同意补报' }, refuse),
};

interface Asked {
  readonly request: SupplementRequest;
  readonly unit: Unit;
  readonly definition: TableDefinition;
  readonly terms: PeriodTerms;
}

interface Deciding {
  readonly verb: RegExp;
  readonly word: string;
}

type Act = (talk: Talk, asked: Asked, reason: string) => Promise<Outcome>;

async function decide(talk: Talk, { verb, word }: Deciding, act: Act): Promise<Outcome> {
  const words = talk.text.normalize('NFKC').replace(verb, ' ').trim();
  const { ids, rest } = await unitsLeading(talk, words);
  const { table, period, reason } = aboutAndReason(talk, rest);
  const isMeant = ({ unit, definition, terms }: Asked): boolean =>
    (ids.length === 0 || ids.includes(unit.id)) &&
    (table === null || table.name === definition.name) &&
    (period === null || period === terms.period);
  const all = await requestsWithin(talk, { status: 'open' });
  const [asked, another] = all.filter(isMeant);
  if (another) return { content: whichOne(talk, all.filter(isMeant), word) };
  if (asked) return act(talk, asked, reason);
  const decided = ids.length > 0 ? await requestsWithin(talk, { unitId: In([...ids]), status: Not('open') }) : [];
  const last = decided.filter(isMeant).at(-1);
  return { content: last ? await alreadyDecided(talk, last) : nothingOpen(talk, all) };
}

/** Of the units below the speaker, oldest first. */
async function requestsWithin(talk: Talk, where: FindOptionsWhere<SupplementRequest>): Promise<readonly Asked[]> {
  const tables = figureTables(talk.tables);
  const tableName = In(tables.map(({ name }) => name));
  const requests = await talk.tx.find(SupplementRequest, {
    where: { ...where, tableName },
    order: { requestedAt: 'ASC' },
  });
  const units = await unitsById(talk.tx, [...new Set(requests.map(({ unitId }) => unitId))]);
  const posts = overseeing(talk.speaker, roles);
  return requests.flatMap((request) => {
    const unit = units.find(({ id }) => id === request.unitId);
    const definition = tables.find(({ name }) => name === request.tableName);
    if (!unit || !definition || !posts.some((post) => reaches(post, unit))) return [];
    return [{ request, unit, definition, terms: termsOf(definition.cadence, request.period) }];
  });
}

/** 息县 6月, 息县 培训表 6月 */
const wordsOf = ({ tables }: Talk, { unit, definition, terms }: Asked): string =>
  [unit.short, tableMark(tables, definition), monthOf(terms)].filter(Boolean).join(' ');
const nameOf = ({ unit, terms, definition }: Asked): string => `${unit.short}${terms.label}${definition.short}`;

function nothingOpen(talk: Talk, open: readonly Asked[]): Content {
  const names = open.map((each) => wordsOf(talk, each)).join('、');
  return say([open.length > 0 ? `没有找到这个补报申请。待办的有：${names}。` : '没有待办的补报申请。']);
}

/** So many can be tapped; the others are named. */
const mostChoices = 6;

function whichOne(talk: Talk, open: readonly Asked[], word: string): Content {
  const lines = open.map((each) => `${nameOf(each)}，原因：${each.request.reason}`);
  const choices = open.slice(0, mostChoices).map((each) => `${word} ${wordsOf(talk, each)}`);
  return say([`有${open.length}个补报申请，请说明是哪一个：`, list(lines, true)], choices);
}

async function alreadyDecided({ tx }: Talk, asked: Asked): Promise<Content> {
  const { status, decidedAt, decidedBy } = asked.request;
  const who = decidedBy === null ? null : await tx.findOneBy(Person, { id: decidedBy });
  const when = decidedAt === null ? '' : formatMoment(decidedAt);
  const what = status === 'granted' ? '同意' : '不同意';
  return say([`${nameOf(asked)}的补报申请已${what}（${when}${who?.name ?? ''}），没有重复办理。`]);
}

const meanwhile = (asked: Asked): Outcome => ({
  content: say([`${nameOf(asked)}的补报申请刚刚已由别人办理或有变动，没有重复办理。`]),
});

async function grant(talk: Talk, asked: Asked): Promise<Outcome> {
  const { tx, now } = talk;
  const { unit, definition, terms } = asked;
  const until = instantAt(workingDaysAfter(dayOf(now), supplementWorkingDays), '24:00');
  const key = { unitId: unit.id, definition, period: terms.period };
  const seen = await seeLeave(tx, key);
  if (seen && !isMissing(seen)) {
    return { content: say([`${nameOf(asked)}已报，不用补报；要改请该单位申请更正。没有办理。`]) };
  }
  if (!(await close(talk, asked, 'granted'))) return meanwhile(asked);
  await reopenUntil(tx, key, seen, until);
  const month = `${monthOf(terms)}${tableMark(talk.tables, definition)}`;
  const end = `${formatEndOf(until)}24:00`;
  await audit(talk, '同意补报', `${nameOf(asked)} 至${end}`);
  const told = `市局同意补报${nameOf(asked)}，请在${end}前回“上报${month}”填报，提交后记为补报。`;
  return {
    content: say([`已同意：${nameOf(asked)}可补报至${end}，提交后标“补报”并通知您。已通知联络员。`]),
    notices: await tellContacts(talk, unit, say([told], [`上报${month}`])),
  };
}

async function refuse(talk: Talk, asked: Asked, reason: string): Promise<Outcome> {
  if (reason === '')
    return { content: say([`请写明原因，会转告该单位，如“不同意补报 ${wordsOf(talk, asked)} 已定稿”。还没有办理。`]) };
  if (!(await close(talk, asked, 'refused'))) return meanwhile(asked);
  await audit(talk, '不同意补报', `${nameOf(asked)}，原因：${reason}`);
  return {
    content: say([`已答复：不同意${nameOf(asked)}补报，原因：${reason}。已通知联络员。`]),
    notices: await tellContacts(talk, asked.unit, say([`市局不同意补报${nameOf(asked)}，原因：${reason}。`])),
  };
}

/** The first decision stands, and only on the request that was read. */
async function close({ tx, now, speaker }: Talk, { request }: Asked, status: 'granted' | 'refused'): Promise<boolean> {
  const read = { id: request.id, status: 'open', requestedAt: request.requestedAt } as const;
  const { affected } = await tx.update(SupplementRequest, read, {
    status,
    decidedBy: speaker.personId,
    decidedAt: now,
  });
  return affected === 1;
}

const audit = ({ tx, now, speaker }: Talk, action: string, subject: string): Promise<void> =>
  recordAudit(tx, { at: now, personId: speaker.personId, action, subject });
