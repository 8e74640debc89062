/** 截止: when the open report is due, for the help, the greeting and whoever asks without a report of their own. */
import { reportedUnits } from '../../access/speaker';
import { noLeave, termsWith } from '../../calendar/leave';
import { explainDue, periodFor } from '../../calendar/periods';
import { say } from '../../channels/content';
import { intentOf } from '../../dialogue/intents';
import { seeLeave } from '../../filing/leave';
import { type Command, figureTables, type Talk } from '../command';

/** Of a unit with an extension its own; not in a group, where it is nobody else's business. */
export async function dueLines({ tx, now, chat, speaker, tables }: Talk): Promise<readonly string[]> {
  const units = chat.kind === 'group' ? [] : reportedUnits(speaker);
  const lines: string[] = [];
  for (const definition of figureTables(tables)) {
    const { open } = periodFor(definition.cadence, now);
    if (!open) continue;
    const own: string[] = [];
    for (const unit of units) {
      const leave = await seeLeave(tx, { unitId: unit.id, definition, period: open.period });
      const terms = termsWith(open, leave ?? noLeave);
      if (terms.extendedFrom) own.push(`${unit.short}${open.label}${definition.short}截止${explainDue(terms)}。`);
    }
    lines.push(...(own.length > 0 ? own : [`${open.label}${definition.short}截止${explainDue(open)}。`]));
  }
  return lines;
}

/** For a contact in private the dialogue answers, with the question that is open. */
export const deadline: Command = {
  words: '截止哪天',
  help: '',
  roles: [],
  inGroup: true,
  match: (text) => intentOf(text) === 'deadline',
  applies: async ({ chat, speaker }) => chat.kind === 'group' || reportedUnits(speaker).length === 0,
  async run(talk) {
    const lines = await dueLines(talk);
    const none = '现在没有正在填报的报表，每月1日开放上月的。';
    return { content: say(lines.length > 0 ? lines : [none]) };
  },
};
