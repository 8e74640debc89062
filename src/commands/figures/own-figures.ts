/** 我报的数, 我们5月报了多少, 报上去了没有: a contact asks about the own unit without naming it. */
import { reportedUnits } from '../../access/speaker';
import type { Block } from '../../channels/content';
import { say } from '../../channels/content';
import { type Command, figureTables, type Talk } from '../command';
import { tableIn } from '../meant/period-words';
import { tellOwnProgress } from './own-progress';
import { tellUnit } from './unit-figures';

const who = '(?:我们?|咱们?|我县|我区|我局|我单位|我们[县区局]|本[县区局]|本单位|自己)';
const figures = new RegExp(
  `^(?:看看?|查看?|看一下)?${who}的?(?:上?报|填|交)?(?:了|过)?(?:的|了)?(?:数|数据|数字|报表|报告|结果|内容)?(?:是)?(?:多少|什么|啥|哪些)?$|^(?:已?报的?|报了)(?:数|数据)?(?:是)?(?:多少|什么|哪些)$|^(?:看看?|查看?|看一下)(?:已)?报的?(?:数|数据)?$|^(?:数|数据|报表)(?:给|发)(?:给)?我(?:看看|看一下|一份)?$|^${who}[^\\d]{1,8}(?:多少|几[家件项个])$`,
);
const only = new RegExp(`^${who}$`);
const standing =
  /^(?:我们?|咱们?|我[县区])?(?:是不是|有没有)?(?:已经)?(?:报|交|提交|报送|上报)(?:上去|成功|过|好|完)?(?:了)?(?:吗|没有|没|么)$|^(?:我的?)?回执(?:号|单)?(?:是)?(?:多少|呢|几号)?$|^(?:审核|审批)?(?:通过|过)了?(?:吗|没有|没|么)$|^(?:市局)?审核(?:了)?(?:吗|没有|没)$/;

export const ownFigures: Command = {
  words: '光山多少',
  help: '',
  roles: ['contact'],
  inGroup: false,
  match: (text) => (figures.test(text) && !only.test(text)) || standing.test(text),
  async run(talk) {
    const definition = tableIn(talk.text, figureTables(talk.tables));
    if (!definition || standing.test(bareOf(talk))) return { content: await tellOwnProgress(talk) };
    const blocks: Block[] = [];
    for (const unit of reportedUnits(talk.speaker)) {
      const { content } = await tellUnit(talk, unit, definition);
      blocks.push(...(content?.blocks ?? []));
    }
    // What is not filed may have a draft, of which the progress tells.
    return { content: blocks.some(({ kind }) => kind === 'figures') ? say(blocks) : await tellOwnProgress(talk) };
  },
};

const bareOf = ({ text }: Talk): string => text.normalize('NFKC').replace(/[\s?？。!！]+/g, '');
