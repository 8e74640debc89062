/**
 * One turn with the robot over HTTP: what is heard, and what goes back in the response. WeCom waits five seconds; what takes
 * longer is begun as a stream, which WeCom then asks for (paths 100719 and 101031).
 */
import type { Log } from '../../log';
import { problems } from '../../problems';
import type { Answer, Receive } from '../channel';
import type { Later } from '../later';
import type { Decoded, Heard, Tapped } from './decode';
import { type Ears, toInbound } from './hear';
import {
  answerReply,
  cardResult,
  chosenCard,
  cutToOne,
  type Json,
  markdownText,
  sayNoFiles,
  stream,
  streamIdOf,
  welcome,
} from './render';
import { SlowAnswers, waitingText } from './slow-answers';

/** WeCom cuts the connection after 5 s. */
const answerWithinMs = 4_500;

/** What goes back, before it is sealed; `done` hears whether it left. */
export interface Reply {
  readonly json: Json | null;
  readonly done?: (left: boolean) => void;
}

const silence: Reply = { json: null };

/** The end of a turn, or that it is not in sight yet. */
type Outcome = { readonly answer: Answer | null } | 'slow';

export class Turns {
  private readonly atWork = new Set<Promise<unknown>>();
  private readonly slow: SlowAnswers;
  private readonly log: Log;

  constructor(private readonly parts: Ears & { readonly later: Later }) {
    this.slow = new SlowAnswers(parts.later, parts.log);
    this.log = parts.log;
  }

  /** Resolves when every turn is over. */
  async settle(): Promise<void> {
    while (this.atWork.size > 0) await Promise.allSettled(this.atWork);
  }

  async react(decoded: Decoded, receive: Receive): Promise<Reply> {
    switch (decoded.kind) {
      case 'message':
        return this.answerMessage(decoded.heard, receive);
      case 'opened':
        return this.greet(decoded.heard, receive);
      case 'tap':
        return this.answerTap(decoded.heard, receive);
      case 'refresh':
        return this.goOn(decoded.streamId);
      case 'malformed':
        throw problems.malformed('the sealed message lacks what every message has');
      default:
        return silence;
    }
  }

  private async answerMessage(heard: Heard, receive: Receive): Promise<Reply> {
    const id = streamIdOf(heard.key);
    const work = this.hear(heard, receive);
    const outcome = await this.inTime(work);
    if (outcome === 'slow') {
      this.slow.keep(id, work, ({ content }) => cutToOne(markdownText(sayNoFiles(content), true)));
      return { json: stream(id, false, waitingText) };
    }
    if (!outcome.answer) return silence;
    return this.handOver(outcome.answer, answerReply(id, sayNoFiles(outcome.answer.content), heard.chat.kind));
  }

  private async greet(heard: Heard, receive: Receive): Promise<Reply> {
    const work = this.hear(heard, receive);
    const outcome = await this.inTime(work);
    if (outcome === 'slow') this.leaveToSender(work);
    if (outcome === 'slow' || !outcome.answer) return silence;
    const json = welcome(outcome.answer.content);
    if (json) return this.handOver(outcome.answer, json);
    outcome.answer.settle(false);
    return silence;
  }

  /** WeCom shows only the card's change here: the answer follows by the address that came along, or stands on the card. */
  private async answerTap(tapped: Tapped, receive: Receive): Promise<Reply> {
    const { taskId, chosen, userId, responseUrl } = tapped;
    const work = this.hear(tapped, receive);
    const outcome = await this.inTime(work);
    const card = chosenCard(taskId, chosen, userId);
    if (outcome === 'slow') this.leaveToSender(work);
    if (outcome === 'slow' || !outcome.answer) return { json: card };
    const { answer } = outcome;
    const result = responseUrl ? null : cardResult(answer.content);
    if (result !== null) return this.handOver(answer, chosenCard(taskId, chosen, userId, result));
    return { json: card, done: () => answer.settle(false) };
  }

  private goOn(streamId: string): Reply {
    const { finish, text, done } = this.slow.current(streamId);
    return { json: stream(streamId, finish, text), ...(done && { done }) };
  }

  private hear(heard: Heard, receive: Receive): Promise<Answer | null> {
    const work = toInbound(this.parts, heard).then(receive);
    const forget = () => this.atWork.delete(work);
    this.atWork.add(work);
    work.then(forget, forget);
    return work;
  }

  /** Rejects when the work fails in time: nothing was stored, and WeCom may deliver again. */
  private async inTime(work: Promise<Answer | null>): Promise<Outcome> {
    let callOff = (): void => undefined;
    const bell = new Promise<'slow'>((ring) => {
      callOff = this.parts.later(() => ring('slow'), answerWithinMs);
    });
    try {
      return await Promise.race([work.then((answer) => ({ answer })), bell]);
    } finally {
      callOff();
    }
  }

  private leaveToSender(work: Promise<Answer | null>): void {
    const lost = () =>
      this.log.error({ code: 'wecom_bot.not_stored' }, 'an event that WeCom counts as received was not stored');
    work.then((answer) => answer?.settle(false), lost);
  }

  private handOver(answer: Answer, json: Json): Reply {
    const done = (left: boolean): void => {
      if (!left) this.log.warn({ code: 'wecom_bot.hung_up' }, 'WeCom did not wait for the answer');
      answer.settle(left);
    };
    return { json, done };
  }
}
