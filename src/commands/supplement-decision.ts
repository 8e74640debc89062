/** 同意补报 and 不同意补报: staff decide whether a unit may file a locked period, for a few days. */
import { In } from 'typeorm';
import { Person } from '../../entities/person';
import { SupplementRequest } from '../../entities/supplement-request';
import type { Unit } from '../../entities/unit';
import { recordAudit } from '../access/audit';
import { addresseesOf } from '../access/holders';
import { overseeing, reaches } from '../access/speaker';
import { dayOf, instantAt } from '../calendar/civil-day';
import { formatEndOf, formatMoment, type PeriodTerms, termsOf } from '../calendar/periods';
import { workingDaysAfter } from '../calendar/working-days';
import { type Content, list, say } from '../channels/content';
import { reopenUntil, seeLeave } from '../filing/leave';
import { unitsById } from '../registration/units';
import type { TableDefinition } from '../table/definition';
import { type Command, figureTables, type Notice, type Outcome, type Talk } from './command';
import { periodAndReason, unitsLeading } from './orders';
import { monthOf } from './period-words';

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
  run: (talk) => decide(talk, /(?:同意|准予|批准)补报(?:申请)?/, grant),
};

export const refuseSupplement: Command = {
  words: '不同意补报 息县 6月 原因',
  help: '不同意补报，写明原因',
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => /^(?:不同意|不予|不准|拒绝)补报/.test(text),
  run: (talk) => decide(talk, /(?:不同意|不予|不准|拒绝)补报(?:申请)?/, refuse),
};

interface Asked {
  readonly request: SupplementRequest;
  readonly unit: Unit;
  readonly definition: TableDefinition;
  readonly terms: PeriodTerms;
}

type Act = (talk: Talk, asked: Asked, reason: string) => Promise<Outcome>;

async function decide(talk: Talk, verb: RegExp, act: Act): Promise<Outcome> {
  const words = talk.text.normalize('NFKC').replace(verb, ' ').trim();
  const { ids, rest } = await unitsLeading(talk, words);
  const { period, reason } = periodAndReason(rest, talk.now);
  const all = await requestsWithin(talk);
  const named = all.filter(
    ({ unit, terms }) => (ids.length === 0 || ids.includes(unit.id)) && (period === null || period === terms.period),
  );
  const open = named.filter(({ request }) => request.status === 'open');
  const [asked] = open.length > 0 ? open : named.slice(-1);
  if (!asked || (ids.length === 0 && open.length === 0)) return { content: nothingOpen(all) };
  if (open.length > 1) return { content: whichOne(open) };
  if (asked.request.status !== 'open') return { content: await alreadyDecided(talk, asked) };
  return act(talk, asked, reason);
}

/** Of the units below the speaker. */
async function requestsWithin(talk: Talk): Promise<readonly Asked[]> {
  const tables = figureTables(talk.tables);
  const requests = await talk.tx.find(SupplementRequest, {
    where: { tableName: In(tables.map(({ name }) => name)) },
    order: { requestedAt: 'DESC' },
    take: 500,
  });
  const units = await unitsById(talk.tx, [...new Set(requests.map(({ unitId }) => unitId))]);
  const posts = overseeing(talk.speaker, roles);
  return requests.toReversed().flatMap((request) => {
    const unit = units.find(({ id }) => id === request.unitId);
    const definition = tables.find(({ name }) => name === request.tableName);
    if (!unit || !definition || !posts.some((post) => reaches(post, unit))) return [];
    return [{ request, unit, definition, terms: termsOf(definition.cadence, request.period) }];
  });
}

const wordsOf = ({ unit, terms }: Asked): string => `${unit.short} ${monthOf(terms)}`;
const nameOf = ({ unit, terms, definition }: Asked): string => `${unit.short}${terms.label}${definition.short}`;

function nothingOpen(all: readonly Asked[]): Content {
  const open = all.filter(({ request }) => request.status === 'open');
  return say([
    open.length > 0 ? `没有找到这个补报申请。待办的有：${open.map(wordsOf).join('、')}。` : '没有待办的补报申请。',
  ]);
}

const whichOne = (open: readonly Asked[]): Content =>
  say([
    `有${open.length}个补报申请，请说明是哪一个：`,
    list(
      open.map((each) => `${nameOf(each)}，原因：${each.request.reason}`),
      true,
    ),
  ]);

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
  if (!(await close(talk, asked, 'granted'))) return meanwhile(asked);
  await reopenUntil(tx, key, seen, until);
  const month = monthOf(terms);
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
    return { content: say([`请写明原因，会转告该单位，如“不同意补报 ${wordsOf(asked)} 已定稿”。还没有办理。`]) };
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

async function tellContacts({ tx, now }: Talk, unit: Unit, content: Content): Promise<readonly Notice[]> {
  const contacts = await addresseesOf(tx, ['contact'], now, [unit.id]);
  return contacts.map(({ chat }) => ({ chat, content }));
}
