/** 全部通过: every filed report of a period, named first; what was named is what is accepted, in the version that it had then. */
import { recordAudit } from '../../access/audit';
import { previousPeriod, termsOf } from '../../calendar/periods';
import { say } from '../../channels/content';
import type { Accepting } from '../../dialogue/state';
import { acceptReports, type ShownReport } from '../../filing/accept';
import { loadStanding, type UnitStanding } from '../../filing/standing';
import { type Command, figureTables, type Notice, type Outcome, type Talk, topUnit } from '../command';
import { type AskedOverview, askedOverview, nothingToSee } from '../figures/overview';
import { monthOf, periodIn } from '../meant/period-words';
import { tellContactsOfEach } from '../notify';
import { acceptedNotice } from './accept';

const roles = ['staff'] as const;
const asking = /^(?:请)?(?:审核)?(?:(?:全部|都|一起|统一)(?:审核)?通过|通过全部)(?:的)?(?:报告|报表|月报)?$/;
const confirming = /^确认通过的?(\d+)家$/;

export const acceptAll: Command = {
  words: '全部通过',
  help: '先列出已报待通过的单位，确认后一次通过',
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => asking.test(text) || confirming.test(text),
  async run(talk) {
    const confirmed = /(\d+)\s*家/.exec(talk.text.normalize('NFKC'))?.[1];
    if (confirmed === undefined) return propose(talk, []);
    const { accepting } = talk.state;
    return accepting && isStillMeant(talk, accepting, Number(confirmed))
      ? carryOut(talk, accepting)
      : propose(talk, ['名单已过时，请再核对一遍。还没有通过。']);
  },
};

/** A list that was shown an hour ago is shown anew, as is one that a later list has replaced. */
const validMs = 60 * 60 * 1000;

function isStillMeant({ text, now }: Talk, { shown, period, at }: Accepting, count: number): boolean {
  const isFresh = now.getTime() - new Date(at).getTime() <= validMs;
  return isFresh && count === shown.length && (periodIn(text, now) ?? period) === period;
}

async function propose(talk: Talk, before: readonly string[]): Promise<Outcome> {
  const asked = await askedOverview(talk, roles);
  if (!asked) return nothingToSee;
  const waiting = asked.standings.filter(isWaiting);
  if (waiting.length === 0) return { content: say([`${nameOf(asked)}没有待通过的报告。`]) };
  const accepting: Accepting = {
    table: asked.definition.name,
    period: asked.terms.period,
    shown: waiting.map(({ unitId, versionId }) => ({ unitId, versionId })),
    at: talk.now.toISOString(),
  };
  return { content: listed(asked, waiting, before), state: { ...talk.state, accepting } };
}

type Waiting = UnitStanding & ShownReport;

const isWaiting = (unit: UnitStanding): unit is Waiting => unit.status === 'filed' && unit.versionId !== null;

const nameOf = ({ terms, definition }: Pick<AskedOverview, 'terms' | 'definition'>): string =>
  `${terms.label}${definition.short}`;

function listed(asked: AskedOverview, waiting: readonly Waiting[], before: readonly string[]) {
  const returned = asked.standings.filter(({ status }) => status === 'returned').length;
  const missing = asked.standings.filter(({ values }) => values === null).length;
  const others = [...(returned > 0 ? [`退回修改中${returned}家`] : []), ...(missing > 0 ? [`未报${missing}家`] : [])];
  const words = `确认通过 ${monthOf(asked.terms)} ${waiting.length}家`;
  const lines = [
    ...before,
    `将通过${nameOf(asked)}${waiting.length}家：${namesOf(waiting)}。`,
    ...(others.length > 0 ? [`不在内：${others.join('，')}。`] : []),
    `通过后只能申请更正。回“${words}”办理。`,
  ];
  return say(lines, [words]);
}

const namesOf = (units: readonly UnitStanding[]): string => units.map(({ short }) => short).join('、');

async function carryOut(talk: Talk, accepting: Accepting): Promise<Outcome> {
  const { tx, now, speaker } = talk;
  const { table, period, shown } = accepting;
  const state = { ...talk.state, accepting: null };
  const definition = figureTables(talk.tables).find(({ name }) => name === table);
  const top = topUnit(speaker, roles);
  if (!definition || !top) return { ...nothingToSee, state };
  const query = { definition, period, previousPeriod: previousPeriod(period), within: top.path };
  const standings = await loadStanding(tx, query);
  const below = shown.filter(({ unitId }) => standings.some((unit) => unit.unitId === unitId));
  const accepted = await acceptReports(tx, query, below, { personId: speaker.personId, now });
  const outcome = outcomeOf(standings, shown, accepted);
  const terms = termsOf(definition.cadence, period);
  const notices = await record(talk, { definition, terms }, outcome.done);
  return { content: say(doneLines(nameOf({ definition, terms }), outcome, notices.length > 0)), notices, state };
}

interface Accepted {
  readonly done: readonly UnitStanding[];
  /** No longer as they were shown. */
  readonly left: readonly UnitStanding[];
  /** Filed since. */
  readonly added: readonly UnitStanding[];
}

function outcomeOf(
  standings: readonly UnitStanding[],
  shown: readonly ShownReport[],
  accepted: ReadonlySet<number>,
): Accepted {
  const ids = new Set(shown.map(({ unitId }) => unitId));
  const isShown = ({ unitId }: UnitStanding) => ids.has(unitId);
  return {
    done: standings.filter(({ unitId }) => accepted.has(unitId)),
    left: standings.filter((unit) => isShown(unit) && !accepted.has(unit.unitId)),
    added: standings.filter((unit) => isWaiting(unit) && !isShown(unit)),
  };
}

/** Audit, and what the contacts of each unit are told. */
async function record(
  talk: Talk,
  about: Pick<AskedOverview, 'terms' | 'definition'>,
  done: readonly UnitStanding[],
): Promise<readonly Notice[]> {
  if (done.length === 0) return [];
  const act = { at: talk.now, personId: talk.speaker.personId, action: '通过' };
  const named = done.map(({ unitId, short }) => ({ unitId, name: `${short}${nameOf(about)}` }));
  await recordAudit(talk.tx, ...named.map(({ name }) => ({ ...act, subject: name })));
  const told = named.map(({ unitId, name }) => [unitId, acceptedNotice(name, monthOf(about.terms))] as const);
  return tellContactsOfEach(talk, new Map(told));
}

const doneLines = (name: string, { done, left, added }: Accepted, isTold: boolean): readonly string[] => [
  done.length > 0
    ? `已通过${name}${done.length}家：${namesOf(done)}${isTold ? '，已通知联络员' : ''}。`
    : `${name}没有通过的。`,
  ...(left.length > 0 ? [`${namesOf(left)}刚刚有变动，没有通过。`] : []),
  ...(added.length > 0 ? [`${namesOf(added)}是列出名单之后报的，没有通过；要通过请再回“全部通过”。`] : []),
];
