/** 进度: 应报, 已报, 未报 and the totals, now. */
import { ChatBinding } from '../../../entities/chat-binding';
import { Unit } from '../../../entities/unit';
import type { UnitRef } from '../../access/speaker';
import { composeGroupProgress, composeProgress } from '../../bulletins/compose';
import { say } from '../../channels/content';
import { type Command, figureTables, type Talk, topUnit } from '../command';
import { commandWords } from '../command-words';
import { periodIn, tableIn } from '../meant/period-words';
import { currentPeriod, loadOverview } from './overview';
import { tellOwnProgress } from './own-progress';

const plain = /^(报表|报送)?(进度|进展|报送情况|汇总情况|报了多少)$/;
/** 报得怎么样了, 合计多少, 全市企业一共多少 */
const overall =
  /^(?:报送|填报|上报)?(?:进度|进展|情况|总体情况|整体情况)(?:怎么样|如何|咋样)了?$|^(?:现在|目前|全市|各县区?)?(?:都)?报(?:得|的|送)?(?:怎么样|如何|咋样|了几[家个]|了多少[家个]|齐了吗?|完了吗?)(?:了)?$|^(?:全市|总体|整体)?(?:的)?(?:汇总|合计|总计|总数|总体情况|整体情况|情况)(?:数|是)?(?:多少)?$|^全(?:市|县|区)\S{0,10}(?:多少|几家|合计|总数|情况)\S{0,3}$/;

const roles = ['staff', 'leader', 'lead'] as const;

export const progress: Command = {
  words: '进度',
  help: '报送进度，如“进度”“5月进度”',
  roles: ['contact', ...roles],
  inGroup: true,
  match: (text) => plain.test(text) || overall.test(text),
  /** 汇总 from a contact is about the own draft. */
  applies: async ({ text, tables, speaker, chat }) =>
    chat.kind === 'group' || plain.test(commandWords(text, figureTables(tables))) || topUnit(speaker, roles) !== null,
  async run(talk) {
    const { tx, now, chat, speaker, text, tables } = talk;
    const definition = tableIn(text, figureTables(tables));
    const top = chat.kind === 'group' ? await groupTop(talk) : topUnit(speaker, roles);
    if (!top) return { content: chat.kind === 'group' ? ownInPrivate : await tellOwnProgress(talk) };
    if (!definition) return { content: say(['没有可查看的范围。']) };
    const period = periodIn(text, now) ?? currentPeriod(definition, now);
    const { terms, units } = await loadOverview(tx, { definition, period, within: top.path, now });
    const facts = { definition, terms, asOf: now, units };
    return { content: chat.kind === 'group' ? composeGroupProgress(facts) : composeProgress(facts) };
  },
};

/** A draft, or why a report was sent back, is nobody else's business. */
const ownInPrivate = say(['您单位的进度请私聊我问：点我的头像发消息即可。']);

/** A group hears of the units it is for; one that is bound to nothing, of those of the speaker. */
async function groupTop({ tx, chat, speaker }: Talk): Promise<Pick<UnitRef, 'path'> | null> {
  const bound = await tx.findOneBy(ChatBinding, { channel: chat.channel, chatId: chat.id });
  if (!bound) return topUnit(speaker, roles);
  return tx.findOneBy(Unit, { id: bound.unitId });
}
