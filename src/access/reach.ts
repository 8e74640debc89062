/** Which chats belong to a subtree of units: those of its people, and the groups that are bound to its units. */
import { In } from 'typeorm';
import { Assignment } from '../../entities/assignment';
import { ChatBinding } from '../../entities/chat-binding';
import { Identity } from '../../entities/identity';
import { Unit } from '../../entities/unit';
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';

interface Address {
  readonly channel: string;
  readonly id: string;
}

const keyOf = ({ channel, id }: Address): string => `${channel} ${id}`;

/** Whether a chat lies within one of the subtrees. A person's post counts also when it has ended. */
export async function chatsWithin(
  tx: Tx,
  chats: readonly Chat[],
  within: readonly string[],
): Promise<(chat: Chat) => boolean> {
  const isWithin = (path: string): boolean => within.some((top) => path.startsWith(top));
  const [people, groups] = [await personalPaths(tx, chats), await groupPaths(tx, chats)];
  return (chat) => ((chat.kind === 'private' ? people : groups).get(keyOf(chat)) ?? []).some(isWithin);
}

type Paths = ReadonlyMap<string, readonly string[]>;

async function personalPaths(tx: Tx, chats: readonly Chat[]): Promise<Paths> {
  const userIds = idsOf(chats, 'private');
  if (userIds.length === 0) return new Map();
  const rows = await tx
    .createQueryBuilder(Identity, 'identity')
    .innerJoin(Assignment, 'post', 'post.personId = identity.personId')
    .innerJoin(Unit, 'unit', 'unit.id = post.unitId')
    .select('identity.channel', 'channel')
    .addSelect('identity.userId', 'id')
    .addSelect('unit.path', 'path')
    .where('identity.userId IN (:...userIds)', { userIds })
    .getRawMany<Address & { path: string }>();
  return gather(rows);
}

async function groupPaths(tx: Tx, chats: readonly Chat[]): Promise<Paths> {
  const bindings = await tx.findBy(ChatBinding, { chatId: In(idsOf(chats, 'group')) });
  const units = await tx.findBy(Unit, { id: In(bindings.map(({ unitId }) => unitId)) });
  const paths = new Map(units.map(({ id, path }) => [id, path]));
  return gather(
    bindings.map(({ channel, chatId, unitId }) => ({ channel, id: chatId, path: paths.get(unitId) ?? '' })),
  );
}

const idsOf = (chats: readonly Chat[], kind: Chat['kind']): readonly string[] => [
  ...new Set(chats.filter((chat) => chat.kind === kind).map(({ id }) => id)),
];

function gather(rows: readonly (Address & { readonly path: string })[]): Paths {
  const paths = new Map<string, readonly string[]>();
  for (const row of rows) paths.set(keyOf(row), [...(paths.get(keyOf(row)) ?? []), row.path]);
  return paths;
}
