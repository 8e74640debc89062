/** What a group is for: which groups receive the progress or the bulletins of a unit and all below it. */
import { isDeepStrictEqual } from 'node:util';
import { ChatBinding } from '../../entities/chat-binding';
import type { Tx } from '../database/database';

export type Purpose = ChatBinding['purpose'];

/** What became of a binding. */
export type Bound = 'added' | 'changed' | 'same';

/** 进度 · 通报 */
export const purposeNames: Readonly<Record<Purpose, string>> = { progress: '进度', bulletins: '通报' };

export function isPurpose(word: string): word is Purpose {
  return Object.hasOwn(purposeNames, word);
}

/** A group has a purpose once: bound again, it takes the new name, unit and mentions. */
export async function bindChat(tx: Tx, binding: Omit<ChatBinding, 'id' | 'secret'>): Promise<Bound> {
  const { channel, chatId, purpose, ...terms } = binding;
  const bound = await tx.findOneBy(ChatBinding, { channel, chatId, purpose });
  if (!bound) {
    await tx.insert(ChatBinding, binding);
    return 'added';
  }
  if (isDeepStrictEqual({ ...bound, ...terms }, { ...bound })) return 'same';
  await tx.update(ChatBinding, bound.id, terms);
  return 'changed';
}

export async function listChats(tx: Tx): Promise<readonly ChatBinding[]> {
  return tx.find(ChatBinding, { order: { id: 'ASC' } });
}

/** The binding that was removed; null when there is none of this id. */
export async function unbindChat(tx: Tx, id: number): Promise<ChatBinding | null> {
  const bound = await tx.findOneBy(ChatBinding, { id });
  if (bound) await tx.delete(ChatBinding, id);
  return bound;
}
