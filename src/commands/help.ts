/** 帮助: what this person can do here, in the words to type. */
import { reportedUnits } from '../access/speaker';
import { list, say } from '../channels/content';
import { type Command, mayUse, type Talk } from './command';
import { dueLines } from './duty/due-lines';

export const help = (commands: readonly Command[]): Command => ({
  words: '帮助',
  help: '能做什么、怎么说',
  roles: [],
  inGroup: true,
  match: (text) =>
    /^(帮助|帮忙|\/?help|[?？]|怎么用|使用说明|菜单|(?:你)?(?:能|会|可以)(?:做什么|干什么|干啥)|你会什么|怎么操作|怎么说|怎么弄|我?不会(?:用|弄|操作)|教(?:一下)?我(?:一下|怎么用)?|功能|指令|命令)$/i.test(
      text,
    ),
  async run(talk) {
    if (talk.chat.kind === 'group') return { content: groupHelp };
    const usable = commands.filter((command) => mayUse(command, talk.speaker));
    const lines = [
      ...reportingLines(talk),
      ...usable.filter(({ help: what }) => what !== '').map((command) => `${command.words}：${command.help}`),
    ];
    const greeting = `${talk.speaker.name}，您好。我是报送助手。您可以说：`;
    const isContact = reportedUnits(talk.speaker).length > 0;
    return { content: say([greeting, list(lines), ...(await dueLines(talk))], isContact ? ['上报'] : []) };
  },
});

export const groupHelp = say(['在群里可以问“进度”（应报、已报、未报名单）和“截止哪天”。报数和查具体数请私聊我。']);

function reportingLines({ speaker, tables }: Talk): readonly string[] {
  const units = reportedUnits(speaker);
  if (units.length === 0) return [];
  const lists = tables.filter((table) => table.shape === 'list').map((table) => table.short);
  return [
    `上报：填报${units.map((unit) => unit.short).join('、')}的报表，逐项问答，也可以一句话说完，如“企业27，专利135，其余不变”`,
    '本月没变化：沿用上月各数',
    '不变、第一项改成5、企业还是27：沿用或更正',
    ...lists.map((name) => `${name}：查看、新增、修改、删除`),
    '发来填好的工作簿（.xlsx），或从Excel复制几行粘贴：先试算，您同意才写入',
    '取消、存草稿、继续：中途停下，以后接着填',
    '截止哪天、推送怎么算：随时可问',
  ];
}
