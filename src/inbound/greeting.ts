/**
 * Who opens a chat is greeted once a day and never in the middle of a question: WeCom tells of every time that somebody
 * enters the app (path 90240), and a help text each time would push what was asked out of sight.
 */
import { Conversation } from '../../entities/conversation';
import { dayOf } from '../calendar/civil-day';
import type { Chat } from '../channels/channel';
import type { Tx } from '../database/database';
import type { DialogueState } from '../dialogue/state';

/** True once a day for each chat, whichever copy of the bot asks. */
export async function isFirstToday(tx: Tx, { channel, kind, id }: Chat, now: Date): Promise<boolean> {
  const greetedOn = dayOf(now);
  const where = { channel, chatKind: kind, chatId: id } as const;
  const known = await tx.findOne(Conversation, { select: { id: true, greetedOn: true }, where });
  if (known?.greetedOn === greetedOn) return false;
  if (known) await tx.update(Conversation, known.id, { greetedOn });
  return true;
}

export const hasOpenQuestion = ({ asked, pending, entry }: DialogueState): boolean =>
  asked !== null || pending !== null || entry !== null;
