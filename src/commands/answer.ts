/** One message of a known person → one answer: a command, else the talk about a report, else what could be said instead. */
import { reportedUnits } from '../access/speaker';
import { say, text } from '../channels/content';
import { fieldOf } from '../table/definition';
import { type Command, figureTables, mayUse, type Outcome, type Talk } from './command';
import { commandWords } from './command-words';
import { tellFormer } from './people/former';
import { refusalOf } from './refusal';
import { figureWords, isOfOwnFigures } from './reports/own-words';
import { talkAboutReport } from './reports/reporting';

export async function answer(talk: Talk, commands: readonly Command[]): Promise<Outcome> {
  const said = commandWords(talk.text, figureTables(talk.tables));
  const matching = commands.filter((each) => each.match(said));
  const command = await firstThatApplies(talk, matching);
  if (talk.chat.kind === 'group') return answerInGroup(talk, command);
  if (command) return runCommand(talk, command);
  const refused = matching.find((each) => !mayUse(each, talk.speaker));
  const isOwn = refused?.isPlain === true && !expectsWords(talk) && (await isOfOwnFigures(talk));
  if (refused?.isPlain && !expectsWords(talk) && !isOwn) return refuse(talk, refused, commands);
  const former = await tellFormer(talk);
  if (former) return countMiss(talk, { content: former });
  const words = isOwn ? { ...talk, text: figureWords(talk.text) } : talk;
  return (await talkAboutReport(words)) ?? (refused ? refuse(talk, refused, commands) : notUnderstood(talk));
}

async function firstThatApplies(talk: Talk, matching: readonly Command[]): Promise<Command | undefined> {
  for (const command of matching) {
    if (!mayUse(command, talk.speaker)) continue;
    if (!command.applies || (await command.applies(talk))) return command;
  }
  return undefined;
}

async function runCommand(talk: Talk, command: Command): Promise<Outcome> {
  const outcome = withOpenQuestion(talk, await command.run(talk));
  return talk.state.misses ? { state: { ...talk.state, misses: 0 }, ...outcome } : outcome;
}

/** A reason or a remark may begin like a command: 延期履行合同. */
const expectsWords = ({ state }: Talk): boolean => state.pending?.kind === 'explain' || state.entry !== null;

const refuse = (talk: Talk, command: Command, commands: readonly Command[]): Outcome =>
  withOpenQuestion(talk, { content: refusalOf(command, talk.speaker, commands) });

/** In a group: progress only. Figures of a unit and everything personal are for the private chat. */
async function answerInGroup(talk: Talk, command: Command | undefined): Promise<Outcome> {
  if (command?.inGroup && mayUse(command, talk.speaker)) return command.run(talk);
  return { content: say(['群里只谈进度。这条没有处理，也没有记数，请私聊我再说一遍：点我的头像发消息即可。']) };
}

/** Something else in the middle of a talk: its answer, then where the talk stands. */
export function withOpenQuestion(talk: Talk, outcome: Outcome): Outcome {
  if (!outcome.content) return outcome;
  const { open, asked, entry } = talk.state;
  const table = talk.tables.find((each) => each.name === (entry?.list ?? open?.table));
  const key = entry ? entry.asked : asked;
  if (!table || !key || outcome.state) return outcome;
  const question = text(`——回到刚才的问题：${fieldOf(table, key).question}？`);
  return { ...outcome, content: { ...outcome.content, blocks: [...outcome.content.blocks, question] } };
}

/** A person asks for help long before this; another bot would go on for ever. */
const missesAtMost = 10;

const farewell = '连续几次没听懂，我先不打扰了。随时回“帮助”或“上报”。';

const notUnderstood = (talk: Talk): Outcome => countMiss(talk, withOpenQuestion(talk, hint(talk)));

/** What led nowhere, until it is said no more. */
function countMiss(talk: Talk, answered: Outcome): Outcome {
  const misses = (talk.state.misses ?? 0) + 1;
  const state = { ...talk.state, misses };
  if (misses > missesAtMost) return { content: null, state };
  return { ...(misses === missesAtMost ? { content: say([farewell], ['帮助']) } : answered), state };
}

function hint(talk: Talk): Outcome {
  const { asked, entry } = talk.state;
  if (entry?.asked) return { content: say(['没听懂。请直接回答这一栏；不登记了回“取消”。'], ['取消', '帮助']) };
  if (asked)
    return { content: say(['没听懂。请直接回答这一项；先不填回“跳过”，看全部说法回“帮助”。'], ['跳过', '帮助']) };
  const isContact = reportedUnits(talk.speaker).length > 0;
  const words = isContact
    ? '没听懂。要报数请回“上报”，或直接说“企业27，专利135”；回“帮助”看全部说法。'
    : '没听懂。回“帮助”看能做什么。';
  return { content: say([words], isContact ? ['上报', '帮助'] : ['帮助']) };
}
