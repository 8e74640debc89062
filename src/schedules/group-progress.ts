/**
 * 进度 in the groups that are bound to it, on the working day before the deadline and on the last morning: how many have
 * filed and which counties have not, no figures and no names of people.
 */
import { composeGroupProgress } from '../bulletins/compose';
import { bulletinUnitOf } from '../bulletins/unit-progress';
import { explainDue, previousPeriod, termsOf } from '../calendar/periods';
import type { ReminderStep } from '../calendar/reminder-steps';
import { text } from '../channels/content';
import type { Draft } from '../delivery/outbox';
import { loadStanding } from '../filing/standing';
import { groupsFor, toGroup } from './groups';
import type { ScheduledWork } from './reminder';

const steps: readonly (ReminderStep | null)[] = ['T-1', 'T-0'];

export async function groupProgressDrafts({
  tx,
  definition,
  occurrence,
  now,
}: ScheduledWork): Promise<readonly Draft[]> {
  const { schedule, step, period } = occurrence;
  if (schedule !== 'reminder' || !steps.includes(step)) return [];
  const terms = termsOf(definition.cadence, period);
  const drafts: Draft[] = [];
  for (const group of await groupsFor(tx, 'progress')) {
    const query = { definition, period, previousPeriod: previousPeriod(period), within: group.path };
    const units = (await loadStanding(tx, query)).map(bulletinUnitOf);
    const isComplete = units.every(({ state }) => state !== 'none' && state !== 'draft');
    // Good news of yesterday needs no repeating.
    if (units.length === 0 || (isComplete && step === 'T-0')) continue;
    const told = composeGroupProgress({ definition, terms, asOf: now, units });
    const content = { ...told, blocks: [...told.blocks, text(`截止${explainDue(terms)}。`)] };
    drafts.push({ chat: group.chat, content: toGroup(content, group), purpose: 'notice' });
  }
  return drafts;
}
