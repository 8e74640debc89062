/**
 * Taking back what people were shown: a robot's message by its key, and a card, which has none, by leaving nothing on it.
 */
import type { Recall, SendFailure, SendResult, Shown } from '../channel';
import { type RobotApi, recalledAtMost } from './api';
import type { Board } from './cards/board';
import { outTrackIdIn } from './cards/card';
import type { Fault, Outcome } from './exchange';
import { describeFault } from './failures';

export interface RecallParts {
  readonly api: RobotApi;
  readonly board: Board;
}

/** Of both kinds of chat (pages 批量撤回人与机器人会话中机器人消息, 企业机器人撤回内部群消息). */
const hours = 24;

const cardStays = '消息卡片上的文字没有收回，对方仍看得到；请另发一条说明更正。';

export const createRecall = (parts: RecallParts): Recall => ({ hours, take: (shown) => takeBack(parts, shown) });

/**
 * What DingTalk refuses for good holds up nothing and is told at the end; what may go well later does, since a message that
 * was taken back is not to be asked for again. So the cards come first: clearing one twice changes nothing.
 */
async function takeBack(parts: RecallParts, shown: Shown): Promise<SendResult> {
  let failure: SendFailure | null = null;
  for (const call of callsFor(parts, shown)) {
    const failed = await call();
    if (failed?.retryable) return { ok: false, failure: failed };
    failure ??= failed;
  }
  return failure ? { ok: false, failure } : { ok: true };
}

type Call = () => Promise<SendFailure | null>;

function callsFor({ api, board }: RecallParts, { chat, receipts }: Shown): readonly Call[] {
  const cards = receipts.map(outTrackIdIn).filter((each) => each !== null);
  const keys = receipts.filter((each) => outTrackIdIn(each) === null);
  const chunks = Array.from({ length: Math.ceil(keys.length / recalledAtMost) }, (_, index) =>
    keys.slice(index * recalledAtMost, (index + 1) * recalledAtMost),
  );
  return [
    ...cards.map((outTrackId) => async () => {
      const failure = failureOf(await board.clear(outTrackId));
      return failure && !failure.retryable ? { ...failure, userText: cardStays } : failure;
    }),
    ...chunks.map((chunk) => async () => failureOf(await api.recall(chat, chunk))),
  ];
}

/** Taking back what is gone already changes nothing, so a call without an answer may be repeated by hand. */
const failureOf = (outcome: Outcome<unknown>): SendFailure | null => (outcome.ok ? null : describe(outcome.fault));

const describe = (fault: Fault): SendFailure => ({ ...describeFault(fault), unknown: false });
