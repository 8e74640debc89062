/** 申请补报: a contact asks for leave to file a locked period; staff are asked, and told once the report is in. */
import { SupplementRequest } from '../../../entities/supplement-request';
import { recordAudit } from '../../access/audit';
import { reportedUnits, type UnitRef } from '../../access/speaker';
import { noLeave, termsWith } from '../../calendar/leave';
import { formatLock, openPeriods, type PeriodTerms, periodFor, termsOf } from '../../calendar/periods';
import { type Content, heading, say } from '../../channels/content';
import { exampleOfCorrection } from '../../dialogue/corrections/correction-words';
import type { Scene } from '../../dialogue/scene';
import { ownReportWords, reportName } from '../../dialogue/wording';
import { seeLeave } from '../../filing/leave';
import type { SubmitResult } from '../../filing/submit';
import { findUnits } from '../../reading/names';
import { isMissing } from '../../reminders/missing';
import type { TableDefinition } from '../../table/definition';
import type { Command, Notice, Outcome, Talk } from '../command';
import { readHead } from '../meant/address';
import { bareReason } from '../meant/orders';
import { monthOf } from '../meant/period-words';
import { standsAs, tableMark, tableMeant } from '../meant/table-meant';
import { tellStaff } from '../notify';
import { isClosed } from '../reports/correction-scene';
import { loadScene } from '../reports/find-report';

const verb = /^(?:我要|我们|我想|想|能不能|可以|请)*(?:申请)?补报(?:一下)?/;

export const applyForSupplement: Command = {
  words: '申请补报6月 原因',
  help: '锁定后还没报的，请市局同意补报',
  roles: ['contact'],
  inGroup: false,
  match: (text) => verb.test(text),
  async run(talk) {
    const units = reportedUnits(talk.speaker);
    const words = talk.text.normalize('NFKC').trim().replace(verb, '');
    const mentions = findUnits(words, units.map(namedUnit));
    const { unitIds, table, period, rest } = readHead(talk, words, { mentions });
    const unit = units.length === 1 ? units[0] : units.find(({ id }) => unitIds[0] === id);
    if (!unit) return { content: say([`您负责${units.map(({ short }) => short).join('、')}，请说明是哪一个。`]) };
    const termsFor = (each: TableDefinition): PeriodTerms => termsMeant(each, period, talk.now);
    const meant = await tableMeant(talk, {
      named: table,
      isPossible: (each) =>
        standsAs(talk, { unitIds: [unit.id], table: each.name, period: termsFor(each).period }, ['draft']),
      again: (short) => `申请补报${short} ${words}`.trim(),
    });
    if ('refusal' in meant) return meant.refusal;
    const definition = meant.table;
    return apply(talk, { unit, definition, terms: termsFor(definition), reason: bareReason(rest) });
  },
};

interface Application {
  readonly unit: UnitRef;
  readonly definition: TableDefinition;
  readonly terms: PeriodTerms;
  readonly reason: string;
}

const namedUnit = ({ id, name, short }: UnitRef) => ({ id, names: [name, short] });

/** Without a month: the newest that is locked. */
function termsMeant({ cadence }: TableDefinition, named: string | null, now: Date): PeriodTerms {
  if (named !== null) return termsOf(cadence, named);
  const { previous } = periodFor(cadence, now);
  const [oldest] = openPeriods(cadence, now);
  return oldest && previous.period >= oldest.period ? periodFor(cadence, oldest.opensAt).previous : previous;
}

async function apply(talk: Talk, application: Application): Promise<Outcome> {
  const { unit, definition, terms, reason } = application;
  const key = { unitId: unit.id, definition, period: terms.period };
  const month = `${monthOf(terms)}${tableMark(talk.tables, definition)}`;
  const seen = await seeLeave(talk.tx, key);
  const own = termsWith(terms, seen ?? noLeave);
  if (talk.now < terms.opensAt) return { content: say([`${terms.label}还没到填报时间，不用补报。`]) };
  if (seen && !isMissing(seen)) return { content: await alreadyFiled(talk, application) };
  if (talk.now < terms.locksAt) {
    return {
      content: say([`${month}还没锁定（${formatLock(terms)}锁定），直接回“上报${month}”即可。`], [`上报${month}`]),
    };
  }
  if (talk.now < own.locksAt) {
    return { content: say([`${month}已同意补报，至${formatLock(own)}。请回“上报${month}”填报。`], [`上报${month}`]) };
  }
  if (reason === '') return { content: askReason(month) };
  return { content: appliedText(application), notices: await keep(talk, application) };
}

/** What is filed is not filed late, but corrected; before its lock its unit changes it by itself. */
async function alreadyFiled(talk: Talk, { unit, definition, terms }: Application): Promise<Content> {
  const scene = await loadScene(talk, unit, definition, terms);
  const how = isClosed(scene)
    ? `要改请申请更正，如“${exampleOfCorrection(scene)}”`
    : `要改直接说改哪一项，或回“上报${ownReportWords(scene)}”核对`;
  return say([`${reportName(scene)}已报，不用补报；${how}。`]);
}

function askReason(report: string): Content {
  const words = `申请补报${report}`;
  const choices = ['系统故障', '人员变动', '因防汛'].map((why) => ({ label: why, text: `${words} ${why}` }));
  return say([`请写明原因，如“${words} 系统故障”。还没有申请。`], choices);
}

const nameOf = ({ unit, terms, definition }: Application): string => `${unit.short}${terms.label}${definition.short}`;

const appliedText = (application: Application): Content =>
  say([`已申请补报：${nameOf(application)}，原因：${application.reason}。市局决定后我会马上通知您，在此之前不能报。`]);

/** One row a report: applied for again, it is asked again. */
async function keep(talk: Talk, application: Application): Promise<readonly Notice[]> {
  const { tx, now, speaker } = talk;
  const { unit, definition, terms, reason } = application;
  const which = { unitId: unit.id, tableName: definition.name, period: terms.period };
  const asked = { status: 'open', reason, requestedBy: speaker.personId, requestedAt: now } as const;
  const before = await tx.findOneBy(SupplementRequest, which);
  if (before) await tx.update(SupplementRequest, before.id, { ...asked, decidedBy: null, decidedAt: null });
  else await tx.insert(SupplementRequest, { ...which, ...asked });
  const subject = `${nameOf(application)}，原因：${reason}`;
  await recordAudit(tx, { at: now, personId: speaker.personId, action: '申请补报', subject });
  return tellStaff(talk, unit, requestText(talk, application));
}

function requestText({ speaker, tables }: Talk, application: Application): Content {
  const { unit, terms, reason } = application;
  const who = speaker.name;
  const words = [unit.short, tableMark(tables, application.definition), monthOf(terms)].filter(Boolean).join(' ');
  return say(
    [
      heading('补报申请'),
      `${unit.short} ${who}申请补报${terms.label}${application.definition.short}（${formatLock(terms)}已锁定），原因：${reason}。`,
      `同意请回“同意补报 ${words}”，不同意请回“不同意补报 ${words} 原因”。`,
    ],
    [`同意补报 ${words}`, `不同意补报 ${words}`],
  );
}

/** Staff gave the leave, so they are told that it was used. */
export async function announceSupplement(
  talk: Talk,
  scene: Scene,
  { number, receipt }: Extract<SubmitResult, { ok: true }>,
): Promise<readonly Notice[]> {
  if (!scene.terms.supplementFrom || number > 1) return [];
  return tellStaff(talk, scene.unit, say([`${reportName(scene)}已补报（${receipt}），填报人${scene.person.name}。`]));
}
