/** 说明: the reasons that came with unusual figures of a period, unit by unit. */
import { In } from 'typeorm';
import { FilingNote } from '../../entities/filing-note';
import { list, say } from '../channels/content';
import { showValue } from '../dialogue/wording';
import type { UnitStanding } from '../filing/standing';
import { fieldOf, type TableDefinition } from '../table/definition';
import { type Command, figureTables, topUnit } from './command';
import { currentPeriod, loadOverview } from './overview';
import { periodIn, tableIn } from './period-words';

const roles = ['staff', 'leader', 'lead'] as const;

export const explained: Command = {
  words: '说明',
  help: '本期有说明或不适用的数',
  roles,
  inGroup: false,
  match: (text) => /^(说明|有说明|有说明的|说明清单)$/.test(text),
  async run({ tx, now, speaker, text, tables }) {
    const definition = tableIn(text, figureTables(tables));
    const top = topUnit(speaker, roles);
    if (!definition || !top) return { content: say(['没有可查看的范围。']) };
    const period = periodIn(text, now) ?? currentPeriod(definition, now);
    const { terms, standings } = await loadOverview(tx, definition, period, top.path);
    const versionIds = standings.flatMap((unit) => (unit.values && unit.versionId !== null ? [unit.versionId] : []));
    const notes = await tx.findBy(FilingNote, { versionId: In(versionIds) });
    const lines = standings.flatMap((unit) => linesFor(definition, unit, notes));
    if (lines.length === 0) return { content: say([`${terms.label}${definition.short}没有带说明的数。`]) };
    return { content: say([`${terms.label}${definition.short}带说明的数：`, list(lines, true)]) };
  },
};

function linesFor(definition: TableDefinition, unit: UnitStanding, notes: readonly FilingNote[]): readonly string[] {
  return notes
    .filter((note) => note.versionId === unit.versionId)
    .map((note) => {
      const field = fieldOf(definition, note.field);
      const value = unit.values?.[note.field];
      const shown = note.kind === 'not_applicable' || value === undefined ? '不适用' : showValue(field, value);
      return `${unit.short} ${field.short}${shown}：${note.text}`;
    });
}
