/** What contacts ask again and again that is no figure and no command: whom to turn to, what is counted, what to do when people change. */
import { In } from 'typeorm';
import { Assignment } from '../../entities/assignment';
import { Person } from '../../entities/person';
import { Unit } from '../../entities/unit';
import { reportedUnits } from '../access/speaker';
import { say } from '../channels/content';
import type { Command, Outcome, Talk } from './command';
import { dueLines } from './duty/due-lines';

interface Question {
  readonly asked: RegExp;
  answer(talk: Talk): Promise<readonly string[]>;
}

const questions: readonly Question[] = [
  {
    asked:
      /^(?:有问题|有事|不懂|不会)?(?:应该|可以|要)?(?:找谁|问谁|联系谁|找哪个)(?:问|联系|咨询)?$|^(?:市局|科室)?的?(?:联系)?(?:电话|联系人|联系方式)(?:是)?(?:多少|呢|谁)?$|^(?:转)?人工(?:客服)?$|^(?:系统|机器人)(?:有问题|坏了|出错了?|打不开|用不了)$|^(?:报不了|报不上去?|提交不了)$/,
    answer: whomToAsk,
  },
  {
    asked:
      /^(?:这个?|这些)?数?(?:是|报|填)?(?:报|填)?(?:累计|当月|本月|新增)的?(?:数)?(?:还是|或)(?:报|填)?(?:累计|当月|本月|新增)的?(?:数)?$/,
    answer: async (talk) => ['各项都报累计数：从试点开始到本期末一共多少，不是当月新增。', ...(await dueLines(talk))],
  },
  {
    asked:
      /^(?:能不能|能否|可不可以|可以|能)?(?:晚|迟|缓|宽限)(?:几|两|三|一)?天?(?:再)?(?:报|交)?(?:吗|么|行吗)?$|^来不及了?$|^(?:报|填)不完了?$/,
    answer: async (talk) => [
      '延期由市局人员办理。请向市局说明原因，同意后我会告诉您新的截止时间。',
      ...(await whomToAsk(talk)),
    ],
  },
  {
    asked:
      /^(?:我们?(?:这)?(?:边|县|里)?)?(?:联络员)?换人了?$|^我(?:退休|调走|调岗|换岗|不干|不负责)了?.{0,16}$|^我?(?:换|改)(?:手机号|电话|号码|邮箱)了?$|^我(?:的)?(?:手机号|电话|邮箱)(?:变|换|改)了?$/,
    answer: async (talk) => [
      '更换联络员、改电话邮箱由市局人员办理，请告诉市局；换人后草稿和待办会转给新联络员。',
      ...(await whomToAsk(talk)),
    ],
  },
  {
    asked:
      /^(?:有|能|可以)?(?:没有)?(?:用|发|传)?(?:模板|表格|文件|excel|附件)(?:上报|报)?(?:行)?(?:吗|么|行吗)$|^我(?:能|可以)?(?:发|传)(?:个)?(?:文件|表格|表|excel)(?:过来)?(?:行|可以)?(?:吗|么)?$/i,
    answer: async () => [
      '用通知附件1、附件2的原表（.xlsx）填好，直接发给我，或从Excel复制几行粘贴过来，先试算，您同意才写入；聊天里发不了文件的回“上传”。',
    ],
  },
  {
    asked: /^(?:没|没有|无)网址(?:怎么办|怎么填|的呢|呢)?$/,
    answer: async () => ['没有网址的，请带一句原因，如“网址不适用，因为平台是线下大厅”。'],
  },
  {
    asked: /^专利号(?:在哪(?:里|儿)?(?:看|找|查)?|怎么(?:看|找|查)|是什么样的?)$/,
    answer: async () => ['专利号在专利证书首页，以ZL开头，如 ZL202110234567.5；CN开头的是公告号，不能填。'],
  },
  {
    asked: /^(?:零报告|零上报|无新增|本月没有|这个月没有|我们?(?:县|区)?没有|都没有|没有|无|没有新增的)$/,
    answer: async () => ['报的是累计数，本月没有新增也要报：回“本月没变化”，各项沿用上月。'],
  },
];

const questionIn = (text: string): Question | undefined => questions.find(({ asked }) => asked.test(text));

export const commonQuestions: Command = {
  words: '帮助',
  help: '',
  roles: ['contact'],
  inGroup: false,
  match: (text) => questionIn(text) !== undefined,
  /** As the answer to a question or a reason, 没有 and the like are something else. */
  applies: async ({ state }) => state.asked === null && state.entry === null && state.pending === null,
  async run(talk): Promise<Outcome> {
    const question = questionIn(said(talk));
    return { content: say(question ? await question.answer(talk) : []) };
  },
};

const said = ({ text }: Talk): string =>
  text
    .normalize('NFKC')
    .replace(/[\s?？。.!！~]+/g, '')
    .replace(/(?:啊|呢|呀|吧)$/, '');

/** The staff over the speaker's units, with their office telephones. */
async function whomToAsk({ tx, now, speaker }: Talk): Promise<readonly string[]> {
  const unitIds = [
    ...new Set(reportedUnits(speaker).flatMap(({ path }) => path.split('/').filter(Boolean).map(Number))),
  ];
  const posts = await tx.findBy(Assignment, { role: 'staff', unitId: In(unitIds) });
  const current = posts.filter(({ since, until }) => since <= now && (until === null || until > now));
  const people = await tx.findBy(Person, { id: In(current.map(({ personId }) => personId)) });
  const units = await tx.findBy(Unit, { id: In(current.map(({ unitId }) => unitId)) });
  const lines = current.flatMap(({ personId, unitId }) => {
    const person = people.find(({ id }) => id === personId);
    if (!person) return [];
    const phone = person.officePhone ? `，办公电话${person.officePhone}` : '';
    return [`${units.find(({ id }) => id === unitId)?.short ?? ''}${person.title || '市局人员'}${person.name}${phone}`];
  });
  return lines.length > 0 ? [`请联系：${[...new Set(lines)].join('；')}。`] : ['请联系市局知识产权科。'];
}
