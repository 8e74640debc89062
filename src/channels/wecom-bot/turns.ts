/**
 * One turn with the robot over HTTP: what is heard, and what goes back in the response. WeCom waits five seconds; what takes
 * longer is begun as a stream, which WeCom then asks for (paths 100719 and 101031).
 */
import type { Log } from '../../log';
import { problems } from '../../problems';
import type { Answer, LookUp, Receive } from '../channel';
import type { Decoded, Heard, Tapped } from './decode';
import { Hearing, type HearingParts } from './hearing';
import {
  againCard,
  answerReply,
  cardResult,
  chosenCard,
  cutToOne,
  type Json,
  markdownText,
  sayNoFiles,
  stream,
  welcome,
} from './render';
import { SlowAnswers, waitingText } from './slow-answers';
import { streamIdOf } from './stream-id';

/** What goes back, before it is sealed; `done` hears whether it left. */
export interface Reply {
  readonly json: Json | null;
  readonly done?: (left: boolean) => void;
}

export interface TurnParts extends HearingParts {
  readonly lookUp: LookUp;
  /** Says something to whoever tapped, outside the response; never rejects. */
  readonly sayLate: (heard: Heard, text: string) => Promise<void>;
}

const silence: Reply = { json: null };
const lostText = '系统出了故障，您刚才点的没有记下。请再发一次。';

export class Turns {
  private readonly hearing: Hearing;
  private readonly slow: SlowAnswers;
  private readonly log: Log;

  constructor(private readonly parts: TurnParts) {
    this.hearing = new Hearing(parts);
    this.slow = new SlowAnswers(parts);
    this.log = parts.log;
  }

  /** Resolves when every turn is over. */
  settle(): Promise<void> {
    return this.hearing.settle();
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

  /** Rejects when nothing was stored in time: WeCom may deliver again. */
  private async answerMessage(heard: Heard, receive: Receive): Promise<Reply> {
    const id = streamIdOf(heard.key);
    const work = this.hearing.take(heard, receive);
    const outcome = await this.hearing.inTime(work);
    if (outcome === 'slow') {
      this.slow.keep(heard.key, work);
      return { json: stream(id, false, waitingText) };
    }
    const { result: answer } = outcome;
    return answer ? this.handOver(answer, answerReply(id, sayNoFiles(answer.content), heard.chat.kind)) : silence;
  }

  private async greet(heard: Heard, receive: Receive): Promise<Reply> {
    const work = this.hearing.take(heard, receive);
    const outcome = await this.hearing.inTime(work);
    if (outcome === 'slow') {
      work.then((answer) => answer?.settle(false), this.lost);
      return silence;
    }
    const { result: answer } = outcome;
    const json = answer && welcome(answer.content);
    if (answer && json) return this.handOver(answer, json);
    answer?.settle(false);
    return silence;
  }

  /** WeCom shows only the card's change here: the answer follows by the address that came along, or stands on the card. */
  private async answerTap(tapped: Tapped, receive: Receive): Promise<Reply> {
    const { taskId, chosen, userId, responseUrl } = tapped;
    const work = this.hearing.takePatiently(tapped, receive);
    const outcome = await this.hearing.inTime(work).catch(this.lost);
    if (outcome === 'lost') return { json: againCard(taskId, chosen, userId) };
    if (outcome === 'slow') this.leaveToSender(work, tapped);
    const card = chosenCard(taskId, chosen, userId);
    const answer = outcome === 'slow' ? null : outcome.result;
    if (!answer) return { json: card };
    const result = responseUrl ? null : cardResult(answer.content);
    if (result !== null) return this.handOver(answer, chosenCard(taskId, chosen, userId, result));
    return { json: card, done: () => answer.settle(false) };
  }

  private async goOn(streamId: string): Promise<Reply> {
    const write = ({ content }: Answer): string => cutToOne(markdownText(sayNoFiles(content)));
    const { finish, text, done } = await this.slow.current(streamId, write);
    return { json: stream(streamId, finish, text), ...(done && { done }) };
  }

  /** The card says already what was chosen: whoever tapped has to hear when it was lost after all. */
  private leaveToSender(work: Promise<Answer | null>, tapped: Tapped): void {
    const lost = async (): Promise<void> => {
      this.lost();
      await this.parts.sayLate(tapped, lostText);
    };
    void this.hearing.follow(work.then((answer) => answer?.settle(false), lost));
  }

  private readonly lost = (): 'lost' => {
    this.log.error({ code: 'wecom_bot.not_stored' }, 'an event that WeCom delivers once only was not stored');
    return 'lost';
  };

  private handOver(answer: Answer, json: Json): Reply {
    const done = (left: boolean): void => {
      if (!left) this.log.warn({ code: 'wecom_bot.hung_up' }, 'WeCom did not wait for the answer');
      answer.settle(left);
    };
    return { json, done };
  }
}
