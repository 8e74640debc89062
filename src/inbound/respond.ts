/** What a message is answered with, by what kind of message it is and who sent it. */
import type { Speaker } from '../access/speaker';
import type { Chat, Inbound, InboundContent } from '../channels/channel';
import { say, text } from '../channels/content';
import { answer, withOpenQuestion } from '../commands/answer';
import type { Command, Outcome, Talk } from '../commands/command';
import { answerFile, type SentFile } from '../commands/reports/importing';
import type { Tx } from '../database/database';
import type { DialogueState } from '../dialogue/state';
import { answerStranger } from '../registration/strangers';
import type { TableDefinition } from '../table/definition';
import { hasOpenQuestion, isFirstToday } from './greeting';

export interface Received {
  readonly inbound: Inbound;
  /** Null when nobody knows the account. */
  readonly speaker: Speaker | null;
  /** The file that the message brought, fetched and read. */
  readonly sent: SentFile | null;
  readonly state: DialogueState;
  readonly now: Date;
}

interface Means {
  readonly tables: readonly TableDefinition[];
  readonly commands: readonly Command[];
}

/** Longer messages are not figures; reading them would only cost. */
const longestText = 4000;

export async function respond(means: Means, tx: Tx, received: Received): Promise<Outcome> {
  const outcome = await reply(means, tx, received);
  const { chat, userId } = received.inbound;
  if (chat.kind === 'private' || !outcome.content) return outcome;
  // Among others, whoever asked is told that this is the answer.
  return { ...outcome, content: { ...outcome.content, mentions: [{ userId }] } };
}

async function reply(means: Means, tx: Tx, { inbound, speaker, sent, state, now }: Received): Promise<Outcome> {
  const { chat, content } = inbound;
  if (content.kind === 'opened' && !(await isGreeted(tx, chat, { state, now }))) return { content: null };
  if (!speaker) return answerStranger(tx, inbound, now);
  const { userId, directory = chat.channel } = inbound;
  const talk: Talk = { tx, now, chat, userId, directory, speaker, state, tables: means.tables, text: '' };
  if (content.kind === 'text') return answerText({ ...talk, text: content.text }, means);
  if (content.kind === 'voice')
    return heard(await answerText({ ...talk, text: content.text }, means), content.text, chat);
  if (content.kind === 'opened') return answer({ ...talk, text: '帮助' }, means.commands);
  if (content.kind === 'file') return withOpenQuestion(talk, await answerFile(talk, sent));
  return withOpenQuestion(talk, { content: say([declined(content)]) });
}

/** The day counts as greeted also when a question is open: it greets well enough. */
async function isGreeted(tx: Tx, chat: Chat, { state, now }: Pick<Received, 'state' | 'now'>): Promise<boolean> {
  return (await isFirstToday(tx, chat, now)) && !hasOpenQuestion(state);
}

async function answerText(talk: Talk, means: Means): Promise<Outcome> {
  if (talk.text.trim() === '') return withOpenQuestion(talk, { content: say(['没看到内容，请再发一次。']) });
  if (talk.text.length > longestText) {
    const tooLong = `消息太长（超过${longestText}字），没有记下任何内容。请分几次发。`;
    return withOpenQuestion(talk, { content: say([tooLong]) });
  }
  return answer(talk, means.commands);
}

/** What was heard is said first, since speech is never as sure as typing; not in a group, where no figures stand. */
function heard(outcome: Outcome, words: string, { kind }: Chat): Outcome {
  if (!outcome.content || kind === 'group') return outcome;
  const blocks = [text(`听到的是：“${words}”。请核对。`), ...outcome.content.blocks];
  return { ...outcome, content: { ...outcome.content, blocks } };
}

function declined(content: Exclude<InboundContent, { kind: 'text' | 'voice' | 'opened' | 'file' }>): string {
  switch (content.kind) {
    case 'picture':
      return '图片收到了，但图里的数我读不准，没有记下任何内容。请把数打出来，如“企业27，专利135”。';
    case 'choice':
      return '这张卡片已失效，请直接输入文字。';
    case 'other':
      return '这类消息我看不懂，没有记下任何内容。请发文字；回“帮助”看能做什么。';
  }
}
