/** 全部通过: every filed report of a period, named first; what was named is what is accepted. */
import { In } from 'typeorm';
import { Filing } from '../../entities/filing';
import { recordAudit } from '../access/audit';
import { say } from '../channels/content';
import { acceptReport } from '../filing/accept';
import type { UnitStanding } from '../filing/standing';
import { acceptedNotice } from './accept';
import type { Command, Notice, Outcome, Talk } from './command';
import { tellContacts } from './notify';
import { type AskedOverview, askedOverview, nothingToSee } from './overview';
import { monthOf } from './period-words';

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
    const asked = await askedOverview(talk, roles);
    if (!asked) return nothingToSee;
    const waiting = asked.standings.filter(({ status }) => status === 'filed');
    if (waiting.length === 0) return { content: say([`${nameOf(asked)}没有待通过的报告。`]) };
    const confirmed = /(\d+)\s*家/.exec(talk.text.normalize('NFKC'))?.[1];
    if (confirmed === undefined) return echo(asked, waiting, []);
    if (Number(confirmed) !== waiting.length)
      return echo(asked, waiting, ['单位刚才有变动，请再核对一遍。还没有通过。']);
    return carryOut(talk, asked, waiting);
  },
};

const nameOf = ({ terms, definition }: AskedOverview): string => `${terms.label}${definition.short}`;

function echo(asked: AskedOverview, waiting: readonly UnitStanding[], before: readonly string[]): Outcome {
  const returned = asked.standings.filter(({ status }) => status === 'returned').length;
  const missing = asked.standings.filter(({ values }) => values === null).length;
  const others = [...(returned > 0 ? [`退回修改中${returned}家`] : []), ...(missing > 0 ? [`未报${missing}家`] : [])];
  const words = `确认通过 ${monthOf(asked.terms)} ${waiting.length}家`;
  const lines = [
    ...before,
    `将通过${nameOf(asked)}${waiting.length}家：${waiting.map(({ short }) => short).join('、')}。`,
    ...(others.length > 0 ? [`不在内：${others.join('，')}。`] : []),
    `通过后只能申请更正。回“${words}”办理。`,
  ];
  return { content: say(lines, [words]) };
}

async function carryOut(talk: Talk, asked: AskedOverview, waiting: readonly UnitStanding[]): Promise<Outcome> {
  const { tx, now, speaker } = talk;
  const { definition, terms } = asked;
  const unitId = In(waiting.map((unit) => unit.unitId));
  const filings = await tx.findBy(Filing, { tableName: definition.name, period: terms.period, unitId });
  const notices: Notice[] = [];
  const done: string[] = [];
  for (const unit of waiting) {
    const filing = filings.find((each) => each.unitId === unit.unitId);
    const seen = { filingId: filing?.id ?? 0, status: 'filed' as const, versionId: unit.versionId ?? 0 };
    if (!(await acceptReport(tx, seen, { personId: speaker.personId, now }))) continue;
    const name = `${unit.short}${nameOf(asked)}`;
    await recordAudit(tx, { at: now, personId: speaker.personId, action: '通过', subject: name });
    notices.push(...(await tellContacts(talk, { id: unit.unitId }, acceptedNotice(name, monthOf(terms)))));
    done.push(unit.short);
  }
  const left = waiting.length - done.length;
  const rest = left > 0 ? `另有${left}家刚刚有变动，没有通过。` : '';
  return {
    content: say([`已通过${nameOf(asked)}${done.length}家：${done.join('、')}，已通知联络员。${rest}`]),
    notices,
  };
}
