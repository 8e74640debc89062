/** 你好, 谢谢, 收到: short answers, with where things stand and how to go on. */
import { reportedUnits } from '../access/speaker';
import { say } from '../channels/content';
import { intentOf } from '../dialogue/intents';
import type { Command, Talk } from './command';
import { dueLines } from './duty/due-lines';
import { tellOwnProgress } from './figures/own-progress';
import { groupHelp } from './help';

const hello =
  /^(?:你好|您好|大家好|领导好|老师好|在吗|在不在|有人吗|早|早上好|上午好|中午好|下午好|晚上好|hi|hello|嗨|哈喽)(?:呀|啊)?$|^你(?:是谁|是什么|叫什么(?:名字)?|是(?:个)?(?:机器人|真人|人工|ai|人|智能助手)(?:吗|么)?)$/i;

export const greeting: Command = {
  words: '帮助',
  help: '',
  roles: [],
  inGroup: true,
  match: (text) => hello.test(text),
  async run(talk) {
    if (talk.chat.kind === 'group') return { content: groupHelp };
    const opening = `${talk.speaker.name}，您好，我是报送助手（机器人）。`;
    const [lines, how, choices] = await standing(talk);
    return { content: say([opening, ...lines, how], choices) };
  },
};

type Standing = readonly [lines: Parameters<typeof say>[0], how: string, choices: readonly string[]];

async function standing(talk: Talk): Promise<Standing> {
  if (reportedUnits(talk.speaker).length > 0) {
    const { blocks } = await tellOwnProgress(talk);
    return [blocks, '填报请回“上报”，看全部说法请回“帮助”。', ['上报', '帮助']];
  }
  return [await dueLines(talk), '看报送情况请回“进度”，看全部说法请回“帮助”。', ['进度', '帮助']];
}

/** To a contact in private the dialogue answers, which knows what is open. */
export const thanks: Command = {
  words: '谢谢',
  help: '',
  roles: [],
  inGroup: true,
  // Of 谢谢 alone the polite ending is all that there is.
  match: (text) => text === '' || intentOf(text) === 'thanks',
  applies: async ({ text, chat, speaker }) =>
    intentOf(text) === 'thanks' && (chat.kind === 'group' || reportedUnits(speaker).length === 0),
  run: async () => ({ content: say(['不客气。']) }),
};
