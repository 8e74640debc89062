/** The words of a command without what says which period or table it is about: 未报 5月, 5月未报 and 统计表未报 are one command. */
import { bare } from '../dialogue/intents';
import type { TableDefinition } from '../table/definition';

const period =
  /(?:20\d{2}年?[-./]?)?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|期)?|20\d{2}-\d{2}|上个?月|本月|本期|这个月/g;

export function commandWords(text: string, tables: readonly TableDefinition[]): string {
  const said = bare(text).replace(period, '');
  const names = tables.flatMap((table) => [table.title, table.short, table.attachment]);
  const without = names.reduce((words, name) => words.replace(name, ''), said);
  return without.replace(/^[的,，:：]+|[的,，:：]+$/g, '');
}
