/** 进度: 应报, 已报, 未报 and the totals, now. */
import { composeProgress } from '../bulletins/compose';
import { say } from '../channels/content';
import { type Command, figureTables, topUnit } from './command';
import { currentPeriod, loadOverview } from './overview';
import { periodIn, tableIn } from './period-words';

const roles = ['staff', 'leader', 'lead'] as const;

export const progress: Command = {
  words: '进度',
  help: '本期应报、已报、未报和合计',
  roles,
  inGroup: false,
  match: (text) =>
    /^(\d{1,2}月|\d{4}[年-]\d{1,2}月?|上个?月|本月)?(统计表|报表|报送)?(进度|进展|报送情况|汇总情况|报了多少)$/.test(
      text,
    ),
  async run({ tx, now, speaker, text, tables }) {
    const definition = tableIn(text, figureTables(tables));
    const top = topUnit(speaker, roles);
    if (!definition || !top) return { content: say(['没有可查看的范围。']) };
    const period = periodIn(text, now) ?? currentPeriod(definition, now);
    const { terms, units } = await loadOverview(tx, definition, period, top.path);
    return { content: composeProgress({ definition, terms, asOf: now, units }) };
  },
};
