/** 同意更正 and 不同意更正: until then nothing has changed; then the report has another version, and whoever was told hears of it. */
import type { CorrectedThing } from '../../../entities/filing-correction';
import { recordAudit } from '../../access/audit';
import type { UnitRef } from '../../access/speaker';
import { termsOf } from '../../calendar/periods';
import { type Content, say } from '../../channels/content';
import { correctionBlocks, thingLines } from '../../dialogue/corrections/correction-wording';
import { reportName } from '../../dialogue/wording';
import { agreeToCorrection, closeCorrection } from '../../filing/corrections';
import { laterPeriodsWith } from '../../filing/later-periods';
import type { ReportKey } from '../../filing/report';
import type { Command, Notice, Outcome, Talk } from '../command';
import { readAddress } from '../meant/address';
import { monthOf } from '../meant/period-words';
import { tableMark } from '../meant/table-meant';
import { tellContacts } from '../notify';
import { bulletinNotices } from './correction-notices';
import { type ClosedReport, loadClosed } from './correction-scene';
import { findWaitingCorrections, type WaitingCorrection } from './corrections-waiting';
import { loadScene } from './find-report';

const roles = ['staff'] as const;
const agreeing = /^\s*请?(?:同意|批准|通过|准许)(?:了)?(?:更正|改正)(?:申请)?/;
const refusing = /^\s*请?(?:不同意|不批准|驳回|拒绝|不准)(?:更正|改正)(?:申请)?/;

export const agreeCorrection: Command = {
  words: '同意更正 光山 5月',
  help: '同意一个单位的更正申请',
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => agreeing.test(text),
  run: (talk) => decide(talk, agreeing, '同意更正', (waiting) => agree(talk, waiting)),
};

export const refuseCorrection: Command = {
  words: '不同意更正 光山 5月 原因',
  help: '不同意更正申请，写明原因',
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => refusing.test(text),
  run: (talk) => decide(talk, refusing, '不同意更正', (waiting, reason) => refuse(talk, waiting, reason)),
};

async function decide(
  talk: Talk,
  verb: RegExp,
  words: string,
  act: (waiting: WaitingCorrection, rest: string) => Promise<Outcome>,
): Promise<Outcome> {
  const { unitIds, table, period, rest } = await readAddress(talk, talk.text.normalize('NFKC').replace(verb, ''));
  const all = await findWaitingCorrections(talk, roles);
  const meant = all.filter(
    ({ unit, filing, definition }) =>
      (unitIds.length === 0 || unitIds.includes(unit.id)) &&
      (table === null || table.name === definition.name) &&
      (period === null || period === filing.period),
  );
  const [waiting, another] = meant;
  if (!waiting) return { content: say(['没有找到等待审批的更正申请，没有办理。']) };
  return another ? { content: whichOne(talk, meant, words) } : act(waiting, rest);
}

function whichOne(talk: Talk, meant: readonly WaitingCorrection[], words: string): Content {
  const choices = meant.map((waiting) => `${words} ${wordsOf(talk, waiting)}`);
  return say([`有${meant.length}份更正申请，请说明是哪一份：`], choices);
}

/** 光山县 5月, 光山县 培训表 5月 */
const wordsOf = ({ tables }: Talk, { unit, filing, definition }: WaitingCorrection): string =>
  [unit.short, tableMark(tables, definition), monthOf(termsOf(definition.cadence, filing.period))]
    .filter(Boolean)
    .join(' ');

async function agree(talk: Talk, waiting: WaitingCorrection): Promise<Outcome> {
  const closed = await closedOf(talk, waiting);
  const { correction } = waiting;
  if (!closed || closed.seen.versionId !== correction.versionId) return outdated(talk, waiting);
  const { scene, seen, filed, counted, lists, definition } = closed;
  const key = { unitId: scene.unit.id, definition, period: scene.terms.period };
  const decision = { personId: talk.speaker.personId, now: talk.now };
  const report = { ...scene.report, filed };
  const done = await agreeToCorrection(talk.tx, { key, lists, report, seen, counted, correction, decision });
  if (!done) return meanwhile;
  const month = monthOf(scene.terms);
  const subject = `${reportName(scene)}（${filed.receipt}→${done.receipt}）：${thingLines(closed, correction.things).join('；')}`;
  await recordAudit(talk.tx, {
    at: talk.now,
    personId: talk.speaker.personId,
    action: '同意更正',
    subject: subject.slice(0, 500),
  });
  const what = correctionBlocks(closed, correction.things, month);
  const head = `${reportName(scene)}的更正已获同意，现为第${done.number}版（${done.receipt}）：`;
  const listsTold = done.listsInForce.length > 0 ? ['清单里的这一项已一并更正，影响以后各期。'] : [];
  const told = say([head, ...what, ...listsTold, ...(await laterPeriodsLine(talk, key, correction.things))]);
  const contacts = await tellContacts(talk, scene.unit, told);
  const readers = await bulletinNotices(talk, closed, { after: done.after.values, reason: correction.reason });
  const lines = [
    `已同意：${reportName(scene)}现为第${done.number}版（${done.receipt}），首次提交时间和是否按时不变。`,
    ...what,
    toldLine(scene.unit, contacts, readers),
  ];
  return { content: say(lines), notices: [...contacts, ...readers] };
}

function toldLine({ short }: UnitRef, contacts: readonly Notice[], readers: readonly Notice[]): string {
  const told = [...(contacts.length > 0 ? ['联络员'] : []), ...(readers.length > 0 ? ['原通报收件人'] : [])];
  const nobody = contacts.length === 0 ? `注意：${short}还没有联络员账号，单位没有收到通知。` : '';
  return `${told.length > 0 ? `已通知${told.join('和')}。` : ''}${nobody}`;
}

/** Later reports that counted the very rows: they stay as they were filed. */
async function laterPeriodsLine(
  { tx }: Talk,
  key: ReportKey,
  things: readonly CorrectedThing[],
): Promise<readonly string[]> {
  const rowIds = things.flatMap((thing) => (thing.kind === 'entry' ? [thing.rowId] : []));
  const periods = await laterPeriodsWith(tx, key, rowIds);
  if (periods.length === 0) return [];
  const names = periods.map((period) => monthOf(termsOf(key.definition.cadence, period))).join('、');
  return [
    `已报的${names}${key.definition.short}没有改，其中也有这一项：还没锁定的请回“上报”核对，其余请另行申请更正。`,
  ];
}

const meanwhile: Outcome = { content: say(['这份更正申请刚刚已由别人办理，没有重复办理。']) };

async function closedOf(talk: Talk, { unit, filing, definition }: WaitingCorrection): Promise<ClosedReport | null> {
  const terms = termsOf(definition.cadence, filing.period);
  return loadClosed(talk, await loadScene(talk, unit, definition, terms));
}

/** The version that it corrects is no longer the one in force. */
async function outdated(talk: Talk, waiting: WaitingCorrection): Promise<Outcome> {
  const line = '报告在申请之后有变动，这份更正申请已失效，请联络员重新申请。';
  return close(talk, waiting, line, line);
}

async function refuse(talk: Talk, waiting: WaitingCorrection, reason: string): Promise<Outcome> {
  const { unit } = waiting;
  const words = `不同意更正 ${wordsOf(talk, waiting)}`;
  const given = reason
    .replace(/^(?:原因|理由|因为)[\s是:：,，]*/, '')
    .trim()
    .slice(0, 300);
  if (given === '') {
    const choices = ['请附佐证材料', '与合同不符'].map((each) => ({ label: each, text: `${words} ${each}` }));
    return { content: say([`请写明原因，会转告联络员，如“${words} 请附佐证材料”。还没有办理。`], choices) };
  }
  return close(talk, waiting, given, `已退回${unit.short}的更正申请，原因：${given}。已通知联络员，原报告不变。`);
}

async function close(
  talk: Talk,
  { correction, unit, filing, definition }: WaitingCorrection,
  answer: string,
  said: string,
): Promise<Outcome> {
  const decision = { personId: talk.speaker.personId, now: talk.now };
  if (!(await closeCorrection(talk.tx, correction.id, { status: 'refused', answer }, decision))) return meanwhile;
  const name = `${unit.short}${termsOf(definition.cadence, filing.period).label}${definition.short}`;
  const subject = `${name}，原因：${answer}`.slice(0, 500);
  await recordAudit(talk.tx, { at: talk.now, personId: talk.speaker.personId, action: '不同意更正', subject });
  const told = say([`${name}的更正申请没有获得同意，原报告不变。原因：${answer}。`]);
  return { content: say([said]), notices: await tellContacts(talk, unit, told) };
}
