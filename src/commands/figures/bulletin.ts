/** 通报: the last bulletin once more, as it was told; it is not composed anew, since its figures were given out. */
import { Bulletin } from '../../../entities/bulletin';
import { termsOf } from '../../calendar/periods';
import { say } from '../../channels/content';
import { type Command, figureTables, topUnit } from '../command';
import { monthOf, periodIn, tableIn } from '../meant/period-words';

const roles = ['staff', 'leader'] as const;

export const bulletin: Command = {
  words: '通报',
  help: '再看最近一次通报，如“通报”“5月通报”',
  roles,
  inGroup: false,
  match: (text) =>
    /^(?:看|查|查看|看看|看一下|发一?下?|给我)?(?:最近的?|最新的?|上次的?|上一次的?)?的?通报(?:呢|在哪)?$/.test(text),
  async run({ tx, now, speaker, text, tables }) {
    const definition = tableIn(text, figureTables(tables));
    const top = topUnit(speaker, roles);
    if (!definition || !top) return { content: say(['没有可查看的通报。']) };
    const period = periodIn(text, now);
    const where = { tableName: definition.name, scope: top.path, ...(period === null ? {} : { period }) };
    const last = await tx.findOne(Bulletin, { where, order: { id: 'DESC' } });
    if (last) return { content: last.content };
    const month = period === null ? '' : monthOf(termsOf(definition.cadence, period));
    return {
      content: say(
        [`还没有${month}${definition.short}的通报。截止后出暂定稿，锁定后出定稿；现在的情况回“进度”。`],
        ['进度'],
      ),
    };
  },
};
