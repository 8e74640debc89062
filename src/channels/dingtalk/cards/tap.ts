/**
 * A tap on a button of a card, as DingTalk calls it back (page 事件回调): over HTTP and over Stream the same. It tells who
 * tapped which button; what that button says is known to whoever sent the card.
 */
import { z } from 'zod';
import type { Inbound } from '../../channel';
import { channelName } from '../decode';
import type { Json } from '../exchange';
import { mostChoices, printOf, readOutTrackId } from './card';

const callback = z.object({ outTrackId: z.string(), userId: z.string().min(1), content: z.string() });
const content = z.object({ cardPrivateData: z.object({ actionIds: z.array(z.coerce.string()).min(1) }) });

/** Nothing in a callback tells a second tap from a second delivery; Stream delivers again after a minute. */
const repeatedWithinMs = 180_000;

/** Null for what is no tap on a card of ours. */
export function decodeTap(value: unknown): Inbound | null {
  const called = callback.safeParse(value);
  const told = called.success ? content.safeParse(parse(called.data.content)) : null;
  const tracked = called.success ? readOutTrackId(called.data.outTrackId) : null;
  if (!called.success || !told?.success || !tracked) return null;
  const { outTrackId, userId } = called.data;
  const [actionId = ''] = told.data.cardPrivateData.actionIds;
  const index = Number(actionId) - 1;
  if (!Number.isInteger(index) || index < 0 || index >= mostChoices) return null;
  return {
    chat: { channel: channelName, kind: 'private', id: userId },
    userId,
    key: `card ${JSON.stringify([outTrackId, userId, actionId])}`,
    content: {
      kind: 'choice',
      outboundId: tracked.outboundId,
      index,
      isOf: (sent) => printOf(sent) === tracked.print,
      repeatedWithinMs,
    },
    replyVia: null,
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Leaves the card as it is. */
export const unchanged: Json = {};

/** For whoever tapped, alone: a card may be with many people. */
export const chosenUpdate = (label: string): Json => ({
  userPrivateData: { cardParamMap: { chosen: `已选：${label}` } },
  cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
});
