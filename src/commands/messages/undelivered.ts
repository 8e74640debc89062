/** 未送达 and 重发: messages that were given up, why, and once more. Their text is not shown. */
import { In } from 'typeorm';
import { ChatBinding } from '../../../entities/chat-binding';
import { Conversation } from '../../../entities/conversation';
import { Identity } from '../../../entities/identity';
import { Person } from '../../../entities/person';
import { formatMoment } from '../../calendar/periods';
import type { Chat } from '../../channels/channel';
import { list, say } from '../../channels/content';
import type { Tx } from '../../database/database';
import { type DeadLetter, listDead, revive } from '../../delivery/dead-letters';
import { type Queue, readQueue } from '../../delivery/queue';
import type { Command } from '../command';

const roles = ['staff'] as const;
const shownAtMost = 20;
const resentAtMost = 500;

const purposeNames: Readonly<Record<string, string>> = {
  reply: '回复',
  notice: '通知',
  reminder: '催报',
  bulletin: '通报',
};

export const undelivered: Command = {
  words: '未送达',
  help: '没发出去的消息和原因；处理后回“重发”',
  roles,
  inGroup: false,
  match: (text) => /^(未送达|没送达|发送失败|死信)$/.test(text),
  async run({ tx, now }) {
    const letters = await listDead(tx, shownAtMost);
    const waiting = describeQueue(await readQueue(tx, now), now);
    if (letters.length === 0) return { content: say(['没有未送达的消息。', ...waiting]) };
    const nameOf = await namesOf(tx, letters);
    const lines = letters.map((letter) => describe(letter, nameOf(letter.chat) ?? '未登记账号'));
    return {
      content: say(
        [`未送达${letters.length}条（最近的在前）：`, list(lines, true), ...waiting, '处理后可回“重发”。'],
        ['重发'],
      ),
    };
  },
};

export const resend: Command = {
  words: '重发',
  help: '把未送达的消息再发一次',
  roles,
  inGroup: false,
  match: (text) => /^(重发|重新发送|再发一次)$/.test(text),
  async run({ tx, now }) {
    const ids = (await listDead(tx, resentAtMost)).map((letter) => letter.id);
    const count = await revive(tx, ids, now);
    return {
      content: say([count === 0 ? '没有需要重发的消息。' : `已安排重发${count}条。稍后可回“未送达”查看结果。`]),
    };
  },
};

const describe = (letter: DeadLetter, name: string): string =>
  `${formatMoment(letter.createdAt)} ${purposeNames[letter.purpose] ?? letter.purpose} → ${name}：${letter.failureText || letter.failureCode}`;

/** What the platforms' limits hold back goes by itself. */
function describeQueue({ waiting, waitingSince }: Queue, now: Date): readonly string[] {
  if (!waitingSince) return [];
  const minutes = Math.floor((now.getTime() - waitingSince.getTime()) / 60_000);
  return [`另有${waiting}条排队待发，最早的已等${minutes === 0 ? '不到1' : minutes}分钟。`];
}

type Names = (chat: Chat) => string | undefined;

async function namesOf(tx: Tx, letters: readonly DeadLetter[]): Promise<Names> {
  const ids = [...new Set(letters.map(({ chat }) => chat.id))];
  const groups = await tx.findBy(ChatBinding, { chatId: In(ids) });
  const conversations = await tx.findBy(Conversation, { chatKind: 'private', chatId: In(ids) });
  const nameOf = await accountNames(tx, [...ids, ...conversations.flatMap(({ userId }) => userId ?? [])]);
  return ({ channel, kind, id }) => {
    if (kind === 'group') return groups.find(({ chatId }) => chatId === id)?.name;
    const known = conversations.find((each) => each.channel === channel && each.chatId === id);
    const { directory, userId } = known ?? { directory: null, userId: null };
    return nameOf(channel, id) ?? nameOf(directory ?? channel, userId ?? id);
  };
}

async function accountNames(tx: Tx, userIds: readonly string[]) {
  const identities = await tx.findBy(Identity, { userId: In([...new Set(userIds)]) });
  const people = await tx.findBy(Person, { id: In(identities.map(({ personId }) => personId)) });
  return (channel: string, userId: string): string | undefined => {
    const identity = identities.find((each) => each.channel === channel && each.userId === userId);
    return people.find(({ id }) => id === identity?.personId)?.name;
  };
}
