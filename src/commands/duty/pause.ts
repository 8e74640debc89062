/** 暂停催报 and 恢复催报: until a day, and for a reason, a unit's contacts and leads are not reminded. Filing goes on as before. */
import { MoreThan } from 'typeorm';
import { ReminderPause } from '../../../entities/reminder-pause';
import type { Unit } from '../../../entities/unit';
import { recordAudit } from '../../access/audit';
import { dayOf, instantAt } from '../../calendar/civil-day';
import { formatDay, formatMoment } from '../../calendar/periods';
import { nextRound } from '../../calendar/reminder-steps';
import { nextWorkingDay } from '../../calendar/working-days';
import { type Content, say } from '../../channels/content';
import { pauseNote } from '../../reminders/pauses';
import type { Command, Outcome, Talk } from '../command';
import { namesOf, type Order, readOrder } from '../meant/orders';
import { callOffAllReminders } from './pending-reminders';

const roles = ['staff'] as const;
const pauseVerb = /(?:请|帮我)?(?:暂停|停止|先停)(?:催报|催办|提醒)|停催/;
const resumeVerb = /(?:请|帮我)?(?:恢复|重新开始)(?:催报|催办|提醒)|(?:取消|结束|解除)暂停(?:催报)?/;
const pauseAsked = new RegExp(`^.{0,12}(?:${pauseVerb.source})`);
const resumeAsked = new RegExp(`^.{0,12}(?:${resumeVerb.source})`);
const pauseWords = '暂停催报 息县 因防汛 至7月12日';
const resumeWords = '恢复催报 息县';

export const pauseReminders: Command = {
  words: pauseWords,
  help: '到那天为止不催这个单位；可写几个单位，须写原因和日期',
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => pauseAsked.test(text),
  async run(talk) {
    const read = await readOrder(talk, pauseVerb, pauseWords);
    if (!read.ok) return read;
    return pause(talk, read.order);
  },
};

export const resumeReminders: Command = {
  words: resumeWords,
  help: '提前结束暂停，接着原来的步骤催',
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => resumeAsked.test(text),
  async run(talk) {
    const read = await readOrder(talk, resumeVerb, resumeWords);
    if (!read.ok) return read;
    const lines = [];
    for (const unit of read.order.units) lines.push(await resumeOne(talk, unit));
    return { content: say(lines) };
  },
};

async function pause(talk: Talk, { units, until, reason }: Order): Promise<Outcome> {
  const asked = whatIsMissing(talk, { units, until, reason });
  if (asked) return { content: asked };
  if (until === null) return { content: say([]) };
  const before: string[] = [];
  for (const unit of units) before.push(...(await pauseOne(talk, unit, { until, reason })));
  const next = nextRound(instantAt(until, '24:00'));
  const back = `回“恢复催报 ${units[0].short}”可提前结束。`;
  return {
    content: say([
      `已暂停催报：${namesOf(units)}，至${formatDay(until)}24:00，因${reason}。`,
      ...before,
      `在此期间不给${units.length > 1 ? '这些单位' : units[0].short}的联络员和分管领导发催报；报表照常可报，截止和锁定日不变。`,
      `期间该催的步骤，${formatMoment(next)}接着办一次，之前的不补。${back}`,
    ]),
  };
}

/** Asked for, with words to complete; nothing is done until both are there. */
function whatIsMissing(
  { now }: Talk,
  { units, until, reason }: Pick<Order, 'units' | 'until' | 'reason'>,
): Content | null {
  const words = `暂停催报 ${namesOf(units)}`;
  const soon = formatDay(nextWorkingDay(dayOf(now)));
  if (reason === '') {
    const end = until === null ? soon : formatDay(until);
    return say([`请写明原因${until === null ? '和到哪天为止' : ''}，如“${words} 因防汛 至${end}”。还没有暂停。`]);
  }
  if (until === null) {
    const ends = [soon, '周五', '月底'];
    const choices = ends.map((end) => ({ label: `至${end}`, text: `${words} 因${reason} 至${end}` }));
    return say([`暂停到哪天为止？请写明日期，如“${words} 因${reason} 至${soon}”。还没有暂停。`], choices);
  }
  return instantAt(until, '24:00') <= now ? say([`${formatDay(until)}已经过去，没有暂停。请写今天以后的日期。`]) : null;
}

/** What was in force before, if anything. A second first pause meets the unique key and is decided again. */
async function pauseOne(
  talk: Talk,
  unit: Unit,
  { until, reason }: { readonly until: string; readonly reason: string },
): Promise<readonly string[]> {
  const { tx, now, speaker } = talk;
  const row = { unitId: unit.id, reason, until: instantAt(until, '24:00'), pausedBy: speaker.personId };
  const before = await tx.findOneBy(ReminderPause, { unitId: unit.id });
  if (before) await tx.update(ReminderPause, { id: before.id }, row);
  else await tx.insert(ReminderPause, row);
  await callOffAllReminders(talk, unit.id);
  const subject = `${unit.short} 至${formatDay(until)}，因${reason}`;
  await recordAudit(tx, { at: now, personId: speaker.personId, action: '暂停催报', subject });
  return before && before.until > now ? [`${unit.short}原来${pauseNote(before)}，已改为这次的。`] : [];
}

async function resumeOne({ tx, now, speaker }: Talk, unit: Unit): Promise<string> {
  const pause = await tx.findOneBy(ReminderPause, { unitId: unit.id, until: MoreThan(now) });
  const { affected } = await tx.update(ReminderPause, { unitId: unit.id, until: MoreThan(now) }, { until: now });
  if (!pause || affected !== 1) return `${unit.short}没有暂停催报，没有改动。`;
  await recordAudit(tx, { at: now, personId: speaker.personId, action: '恢复催报', subject: unit.short });
  return `已恢复催报：${unit.short}（此前${pauseNote(pause)}）。还没报的，${formatMoment(nextRound(now))}起接着原来的步骤催，暂停期内的不补。`;
}
