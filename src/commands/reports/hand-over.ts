/** After a 确认: the other contacts of the unit who were in the middle of the same report are told, and nothing of theirs is lost. */
import { In } from 'typeorm';
import { Assignment } from '../../../entities/assignment';
import { Conversation } from '../../../entities/conversation';
import { Identity } from '../../../entities/identity';
import { say } from '../../channels/content';
import type { Tx } from '../../database/database';
import type { Scene } from '../../dialogue/scene';
import { type DialogueState, idle, readState } from '../../dialogue/state';
import { reportName, showField } from '../../dialogue/wording';
import { addAnswers } from '../../filing/draft';
import type { Notice, Talk } from '../command';

interface OtherChat {
  readonly conversation: Conversation;
  readonly personId: number;
}

export async function handOver(talk: Talk, scene: Scene, receipt: string): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  for (const other of await othersAtWork(talk, scene)) {
    const state = readState(other.conversation.state);
    const kept = await keepUndecided(talk, scene, other.personId, state);
    const cleared: Partial<Conversation> = { state: idle, updatedAt: talk.now };
    await talk.tx.update(Conversation, other.conversation.id, cleared as object);
    const lines = [`${scene.person.name}已提交${reportName(scene)}（回执 ${receipt}）。`];
    if (kept.length > 0) lines.push(`您未定的“${kept.join('、')}”已转为更正草稿，回“继续”查看，回“放弃”作废。`);
    const { channel, chatId } = other.conversation;
    notices.push({
      chat: { channel, kind: 'private', id: chatId },
      content: say(lines, kept.length > 0 ? ['继续', '放弃'] : []),
    });
  }
  return notices;
}

/** Private chats of other contacts in which this very report is open. */
async function othersAtWork({ tx }: Talk, scene: Scene): Promise<readonly OtherChat[]> {
  const accounts = await accountsOfOthers(tx, scene);
  const chats = await privateChatsOf(tx, accounts);
  return chats.filter(({ conversation }) => isOpen(readState(conversation.state), scene));
}

type Account = Pick<Identity, 'channel' | 'userId' | 'personId'>;

function accountsOfOthers(tx: Tx, scene: Scene): Promise<readonly Account[]> {
  return tx
    .createQueryBuilder(Identity, 'identity')
    .innerJoin(Assignment, 'post', "post.personId = identity.personId AND post.role = 'contact' AND post.until IS NULL")
    .where('post.unitId = :unitId', { unitId: scene.unit.id })
    .andWhere('identity.personId <> :personId', { personId: scene.person.id })
    .getMany();
}

/** One account may have several chats, such as with an app and with a robot of the same platform. */
async function privateChatsOf(tx: Tx, accounts: readonly Account[]): Promise<readonly OtherChat[]> {
  if (accounts.length === 0) return [];
  const userId = In(accounts.map((account) => account.userId));
  const conversations = await tx.findBy(Conversation, { chatKind: 'private', userId });
  return conversations.flatMap((conversation) => {
    const { directory, channel } = conversation;
    const owner = accounts.find(
      (account) => account.userId === conversation.userId && [directory ?? channel, channel].includes(account.channel),
    );
    return owner ? [{ conversation, personId: owner.personId }] : [];
  });
}

function isOpen({ open }: DialogueState, scene: Scene): boolean {
  return open?.unitId === scene.unit.id && open.table === scene.definition.name && open.period === scene.terms.period;
}

/** Contested values that were not decided yet begin the next draft, in the name of who gave them. */
async function keepUndecided(
  { tx, now }: Talk,
  scene: Scene,
  personId: number,
  { pending }: DialogueState,
): Promise<readonly string[]> {
  const { filingId, draftNumber } = scene.report;
  if (pending?.kind !== 'conflict' || filingId === null) return [];
  await addAnswers(tx, { filingId, draftNumber: draftNumber + 1 }, pending.contested, { personId, now });
  return pending.contested.map(({ field, value }) => (value === null ? field : showField(scene, field, value)));
}
