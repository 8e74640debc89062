/**
 * Taking back what people were shown: a robot's message by its key, and a card, which has none, by leaving nothing on it.
 */
import type { Chat, Recall, SendFailure, SendResult, Shown } from '../channel';
import { type RobotApi, recalledAtMost } from './api';
import type { Board } from './cards/board';
import { outTrackIdIn } from './cards/card';
import type { Fault } from './exchange';
import { describeFault, describeRefusal } from './failures';

export interface RecallParts {
  readonly api: RobotApi;
  readonly board: Board;
}

/** Of both kinds of chat (pages 批量撤回人与机器人会话中机器人消息, 企业机器人撤回内部群消息). */
const hours = 24;

const cardStays = '消息卡片上的文字没有收回，对方仍看得到；请另发一条说明更正。';

export const createRecall = (parts: RecallParts): Recall => ({ hours, take: (shown) => takeBack(parts, shown) });

/** What DingTalk refuses holds up nothing, and what has to be tried again is told before what is final. */
async function takeBack(parts: RecallParts, { chat, receipts, took }: Shown): Promise<SendResult> {
  const failures: SendFailure[] = [];
  for (const receipt of receipts) {
    const outTrackId = outTrackIdIn(receipt);
    if (outTrackId === null) continue;
    const failure = await clear(parts, outTrackId);
    if (failure) failures.push(failure);
    else took?.(receipt);
  }
  const keys = receipts.filter((receipt) => outTrackIdIn(receipt) === null);
  for (let start = 0; start < keys.length; start += recalledAtMost) {
    const some = keys.slice(start, start + recalledAtMost);
    const { taken, failure } = await recallMessages(parts, chat, some);
    for (const key of taken) took?.(key);
    if (failure) failures.push(failure);
  }
  const failure = failures.find(({ retryable }) => retryable) ?? failures[0];
  return failure ? { ok: false, failure } : { ok: true };
}

async function clear({ board }: RecallParts, outTrackId: string): Promise<SendFailure | null> {
  const outcome = await board.clear(outTrackId);
  if (outcome.ok) return null;
  const failure = describe(outcome.fault);
  return failure.retryable ? failure : { ...failure, userText: cardStays };
}

interface Recalled {
  readonly taken: readonly string[];
  readonly failure: SendFailure | null;
}

async function recallMessages({ api }: RecallParts, chat: Chat, keys: readonly string[]): Promise<Recalled> {
  const outcome = await api.recall(chat, keys);
  if (!outcome.ok) return { taken: [], failure: describe(outcome.fault) };
  const kept = outcome.value;
  const failure = kept.length > 0 ? describeRefusal('recall.failed') : null;
  return { taken: keys.filter((key) => !kept.includes(key)), failure };
}

/** Taking back what is gone already changes nothing, so a call without an answer may be repeated by hand. */
const describe = (fault: Fault): SendFailure => ({ ...describeFault(fault), unknown: false });
