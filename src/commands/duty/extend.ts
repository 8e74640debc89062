/** 延期 and 取消延期: one unit is due later than the others, on time until then; never beyond the lock. */
import { In, IsNull, Not } from 'typeorm';
import { Filing } from '../../../entities/filing';
import type { Unit } from '../../../entities/unit';
import { recordAudit } from '../../access/audit';
import { dayOf, instantAt } from '../../calendar/civil-day';
import { noLeave, termsWith } from '../../calendar/leave';
import { formatDay, formatDue, formatLock, formatMoment, type PeriodTerms, termsOf } from '../../calendar/periods';
import { nextWorkingDay, whyNotWorking, workingDayFrom } from '../../calendar/working-days';
import { type Content, say } from '../../channels/content';
import { extendTo, seeLeave } from '../../filing/leave';
import type { ReportKey } from '../../filing/report';
import { isMissing } from '../../reminders/missing';
import type { TableDefinition } from '../../table/definition';
import type { Command, Notice, Outcome, Talk } from '../command';
import { currentPeriod } from '../figures/overview';
import { namesOf, type Order, readOrder } from '../meant/orders';
import { monthOf } from '../meant/period-words';
import { type Reports, standsAs, tableMark, tableMeant } from '../meant/table-meant';
import { tellContacts } from '../notify';
import { callOffReminders } from './pending-reminders';

const roles = ['staff'] as const;
const verb = /(?:请|同意|准予|给)?(?:延期|延长截止(?:日期|时间)?|宽限)/;
const undoVerb = /(?:取消|撤销).{0,2}延期/;
const asked = new RegExp(`^.{0,10}(?:${verb.source})`);
const undoAsked = new RegExp(`^.{0,10}(?:${undoVerb.source})`);
const words = '延期 浉河 到7月10日 系统故障';
const undoWords = '取消延期 浉河';

export const extend: Command = {
  words,
  help: '截止前给一个单位延期，到那时都算按时；不能晚于锁定',
  roles,
  inGroup: false,
  isPlain: true,
  refusal: '延期由市局人员办理。请向市局说明原因，同意后我会告诉您新的截止时间。',
  match: (text) => asked.test(text) && !undoVerb.test(text),
  run: (talk) =>
    carryOut(talk, { verb, word: '延期', example: words, isPossible: isUnfiled }, (order, about) =>
      extendUnits(talk, order, about),
    ),
};

export const undoExtension: Command = {
  words: undoWords,
  help: '撤销延期，恢复原截止',
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => undoAsked.test(text),
  run: (talk) =>
    carryOut(talk, { verb: undoVerb, word: '取消延期', example: undoWords, isPossible: isExtended }, (order, about) =>
      gather(order.units, (unit) => undoOne(talk, about, unit)),
    ),
};

/** The table and period that an order is about. */
interface About {
  readonly definition: TableDefinition;
  readonly terms: PeriodTerms;
}

interface Wording {
  readonly verb: RegExp;
  readonly word: string;
  readonly example: string;
  readonly isPossible: (talk: Talk, reports: Reports) => Promise<boolean>;
}

const isUnfiled = (talk: Talk, reports: Reports): Promise<boolean> => standsAs(talk, reports, ['draft']);

const isExtended = ({ tx }: Talk, { unitIds, table, period }: Reports): Promise<boolean> =>
  tx.existsBy(Filing, { unitId: In([...unitIds]), tableName: table, period, extendedTo: Not(IsNull()) });

async function carryOut(
  talk: Talk,
  { verb: begin, word, example, isPossible }: Wording,
  act: (order: Order, about: About) => Promise<Outcome>,
): Promise<Outcome> {
  const read = await readOrder(talk, begin, example);
  if (!read.ok) return read;
  const { order } = read;
  const periodOf = (table: TableDefinition): string => order.period ?? currentPeriod(table, talk.now);
  const unitIds = order.units.map(({ id }) => id);
  const meant = await tableMeant(talk, {
    named: order.table,
    kinds: order.units.map(({ kind }) => kind),
    isPossible: (table) => isPossible(talk, { unitIds, table: table.name, period: periodOf(table) }),
    again: (short) => `${word} ${short} ${talk.text.normalize('NFKC').replace(begin, ' ').trim()}`,
  });
  if ('refusal' in meant) return meant.refusal;
  const { table: definition } = meant;
  return act(order, { definition, terms: termsOf(definition.cadence, periodOf(definition)) });
}

async function extendUnits(talk: Talk, order: Order, about: About): Promise<Outcome> {
  const dueAt = dueAtOf(about, order);
  const missing = whatIsMissing(order, about) ?? (dueAt && obstacleTo(talk, about, dueAt));
  if (missing || !dueAt) return { content: missing ?? say([]) };
  const shifted = shiftOf(order.until ?? '');
  const outcome = await gather(order.units, (unit) => extendOne(talk, about, { unit, dueAt, reason: order.reason }));
  return shifted === null ? outcome : { ...outcome, content: say([shifted, ...blocksOf(outcome.content)]) };
}

const blocksOf = (content: Content | null) => content?.blocks ?? [];

/** 遇非工作日顺延, as with the table's own due day. */
const dueAtOf = ({ definition }: About, { until }: Order): Date | null =>
  until === null ? null : instantAt(workingDayFrom(until), definition.cadence.dueTime);

function shiftOf(day: string): string | null {
  const why = whyNotWorking(day);
  return why === null ? null : `${formatDay(day)}为${why}，顺延到${formatDay(workingDayFrom(day))}。`;
}

function whatIsMissing({ units, until, reason }: Order, { terms }: About): Content | null {
  const start = `延期 ${namesOf(units)}`;
  if (until === null) {
    const day = formatDay(nextWorkingDay(dayOf(terms.dueAt)));
    return say([
      `延到哪天？请写明日期${reason === '' ? '和原因' : ''}，如“${start} 到${day} ${reason || '系统故障'}”。还没有延期。`,
    ]);
  }
  if (reason === '') return say([`请写明原因，如“${start} 到${formatDay(until)} 系统故障”。还没有延期。`]);
  return null;
}

function obstacleTo({ now }: Talk, { terms }: About, dueAt: Date): Content | null {
  const lock = formatLock(terms);
  if (now >= terms.locksAt) return say([`${terms.label}已于${lock}锁定，不能延期；确需的请该单位“申请补报”。`]);
  if (dueAt <= terms.dueAt) return say([`延期要晚于原截止${formatDue(terms)}，没有办理。`]);
  if (dueAt <= now) return say([`${formatMoment(dueAt)}已经过去，没有办理。请写以后的日期。`]);
  return dueAt > terms.locksAt ? say([`延期不能晚于锁定（${lock}），没有办理。请写更早的日期。`]) : null;
}

interface Done {
  readonly line: string;
  readonly notices: readonly Notice[];
}

const refused = (line: string): Done => ({ line, notices: [] });

async function gather(units: readonly Unit[], act: (unit: Unit) => Promise<Done>): Promise<Outcome> {
  const done: Done[] = [];
  for (const unit of units) done.push(await act(unit));
  return { content: say(done.map(({ line }) => line)), notices: done.flatMap(({ notices }) => notices) };
}

interface Extending {
  readonly unit: Unit;
  readonly dueAt: Date;
  readonly reason: string;
}

async function extendOne(talk: Talk, { definition, terms }: About, { unit, dueAt, reason }: Extending): Promise<Done> {
  const key: ReportKey = { unitId: unit.id, definition, period: terms.period };
  const seen = await seeLeave(talk.tx, key);
  const name = `${unit.short}${terms.label}${definition.short}`;
  const before = termsWith(terms, seen ?? noLeave);
  if (seen && !isMissing(seen)) return refused(`${name}已报，不用延期。`);
  if (talk.now > before.dueAt) return refused(`${name}已于${formatDue(before)}截止，不能再延期；现在提交记为迟报。`);
  if (before.dueAt.getTime() === dueAt.getTime()) return refused(`${name}已延期至${formatDue(before)}，没有变化。`);
  if (!(await extendTo(talk.tx, key, seen, dueAt))) return refused(`${name}刚刚有变动，没有办理，请再看一下“未报”。`);
  await callOffReminders(talk, definition, key);
  const after = termsWith(terms, { ...noLeave, extendedTo: dueAt });
  const subject = `${name} 至${formatDue(after)}，原因：${reason}`;
  await recordAudit(talk.tx, { at: talk.now, personId: talk.speaker.personId, action: '延期', subject });
  const change = `${name}截止由${formatDue(before)}改为${formatDue(after)}，原因：${reason}。`;
  const told = `市局同意延期：${change}到那时前提交都算按时。`;
  const notices = await tellContacts(talk, unit, say([told], [reportingWords(talk, { definition, terms })]));
  const heard = notices.length > 0 ? '已通知联络员。' : '该单位没有可通知的联络员账号，请另行告知。';
  const undo = ['取消延期', unit.short, tableMark(talk.tables, definition)].filter(Boolean).join(' ');
  return {
    line: `已延期：${change}到那时前提交记【按时(延期)】，锁定${formatLock(terms)}不变。${heard}回“${undo}”可撤销。`,
    notices,
  };
}

async function undoOne(talk: Talk, { definition, terms }: About, unit: Unit): Promise<Done> {
  const key: ReportKey = { unitId: unit.id, definition, period: terms.period };
  const seen = await seeLeave(talk.tx, key);
  const name = `${unit.short}${terms.label}${definition.short}`;
  if (!seen?.extendedTo) return refused(`${name}没有延期，没有改动。`);
  if (!isMissing(seen)) return refused(`${name}已在延期内报送，不再取消。`);
  if (!(await extendTo(talk.tx, key, seen, null))) return refused(`${name}刚刚有变动，没有办理，请再看一下“未报”。`);
  await recordAudit(talk.tx, { at: talk.now, personId: talk.speaker.personId, action: '取消延期', subject: name });
  const late = talk.now > terms.dueAt ? '，现在起提交记为迟报' : '';
  const line = `${name}的延期已取消，截止恢复为${formatDue(terms)}${late}。`;
  const content = say([line], [reportingWords(talk, { definition, terms })]);
  return { line, notices: await tellContacts(talk, unit, content) };
}

/** 上报; where there are several tables, with month and table. */
function reportingWords({ tables }: Talk, { definition, terms }: About): string {
  const mark = tableMark(tables, definition);
  return mark === '' ? '上报' : `上报${monthOf(terms)}${mark}`;
}
