/** Whom an act on a report concerns: the contacts of its unit, and the staff over it, in every account they have. */
import { addresseesOf } from '../access/holders';
import type { UnitRef } from '../access/speaker';
import type { Content } from '../channels/content';
import { staffChats } from '../registration/staff';
import type { Notice, Talk } from './command';

type Teller = Pick<Talk, 'tx' | 'now' | 'chat'>;

/** To the unit's contacts, except whoever speaks. */
export const tellContacts = (talk: Teller, unit: Pick<UnitRef, 'id'>, content: Content): Promise<readonly Notice[]> =>
  tellContactsOfEach(talk, new Map([[unit.id, content]]));

/** @param contents what the contacts of each unit are told, by its id. */
export async function tellContactsOfEach(
  talk: Teller,
  contents: ReadonlyMap<number, Content>,
): Promise<readonly Notice[]> {
  const contacts = await addresseesOf(talk.tx, ['contact'], talk.now, [...contents.keys()]);
  const others = contacts.filter(({ chat }) => chat.channel !== talk.chat.channel || chat.id !== talk.chat.id);
  return others.flatMap(({ unitId, chat }) => {
    const content = contents.get(unitId);
    return content ? [{ chat, content }] : [];
  });
}

/** To the staff of the unit and above it. */
export async function tellStaff(
  { tx, now }: Teller,
  unit: Pick<UnitRef, 'path'>,
  content: Content,
): Promise<readonly Notice[]> {
  const chats = await staffChats(tx, unit.path, now);
  return chats.map((chat) => ({ chat, content }));
}
