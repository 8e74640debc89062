/** 说明: the reasons that came with unusual figures of a period, unit by unit. */
import { In } from 'typeorm';
import { FilingNote } from '../../../entities/filing-note';
import { list, say } from '../../channels/content';
import { showValue } from '../../dialogue/wording';
import type { UnitStanding } from '../../filing/standing';
import { fieldOf, type TableDefinition } from '../../table/definition';
import type { Command } from '../command';
import { askedOverview, nothingToSee } from './overview';

const roles = ['staff', 'leader', 'lead'] as const;

export const explained: Command = {
  words: '说明',
  help: '本期有说明或不适用的数',
  roles,
  inGroup: false,
  match: (text) => /^(说明|有说明|有说明的|说明清单)$/.test(text),
  async run(talk) {
    const asked = await askedOverview(talk, roles);
    if (!asked) return nothingToSee;
    const { definition, terms, standings } = asked;
    const versionIds = standings.flatMap((unit) => (unit.values && unit.versionId !== null ? [unit.versionId] : []));
    const notes = await talk.tx.findBy(FilingNote, { versionId: In(versionIds) });
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
