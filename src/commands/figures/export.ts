/** 导出: the official workbook of a period, to whoever oversees the units in it. */
import { say } from '../../channels/content';
import { buildWorkbook } from '../../exports/workbook';
import type { Command } from '../command';
import { askedOverview, nothingToSee } from './overview';

const roles = ['staff', 'leader', 'lead'] as const;

export const exportWorkbook: Command = {
  words: '导出',
  help: '官方格式的汇总表（附件1、附件2），如“导出 6月”',
  roles,
  inGroup: false,
  match: (text) => /^(导出|下载|汇总表)/.test(text) && text.length <= 20,
  async run(talk) {
    const overview = await askedOverview(talk, roles);
    if (!overview) return nothingToSee;
    const { definition, top } = overview;
    const file = await buildWorkbook(talk.tx, { ...talk, ...overview, scope: top.short });
    const filed = overview.standings.filter((unit) => unit.values !== null).length;
    const missing = overview.standings.length - filed;
    const returned = overview.standings.filter((unit) => unit.status === 'returned').map((unit) => unit.short);
    const without = returned.length > 0 ? `（其中${returned.join('、')}退回修改中，留空）` : '';
    const lines = [
      `${overview.terms.label}${definition.short}：已报${filed}家${without}`,
      missing > 0 ? `，未报${missing}家（留空）` : '',
    ];
    return {
      content: say([`${lines.join('')}。合计为${returned.length > 0 ? '其余' : ''}已报单位之和。`]),
      files: [file],
    };
  },
};
