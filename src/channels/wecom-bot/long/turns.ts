/**
 * One turn with the robot over the long connection: what is heard is answered under the id of its frame (path 101463).
 * WeCom delivers a message here once and knows no "not stored", so storing is tried again before the message is given up.
 */
import type { Log } from '../../../log';
import { problems } from '../../../problems';
import { AtWork } from '../../at-work';
import type { Answer, Receive } from '../../channel';
import type { Content } from '../../content';
import type { Later } from '../../later';
import { decode, type FileOpener, type Heard, type Tapped } from '../decode';
import { type BotFault, mayHaveArrived, nameFault } from '../failures';
import { type Ears, hearPatiently } from '../hear';
import {
  answerReply,
  chosenCard,
  hasFiles,
  type Json,
  markdownLimitBytes,
  markdownText,
  stream,
  welcome,
} from '../render';
import { readCallback } from '../shapes';
import { streamIdOf } from '../stream-id';
import type { Link } from './link';
import type { Ack } from './wire';

export interface TurnParts extends Ears {
  readonly link: Link;
  readonly later: Later;
  readonly open: FileOpener;
}

/** How long to wait before storing is tried again. */
const retryMs: readonly number[] = [500, 2_000, 8_000];
const lostText = '系统出了故障，这条消息没有处理。请稍后再发一次。';
const stoppingText = '系统正在重新启动，这条消息没有处理。请一分钟后再发一次。';
/** What WeCom says to a kind of message that it does not take. */
const notTaken: readonly number[] = [40008, 40035, 40058, 42014, 42045];

export class LongTurns {
  private readonly atWork = new AtWork();
  private readonly log: Log;
  private receive: Receive | null = null;
  /** Whether a stream may bring a card along is told both ways (path 101463); the platform's word decides. */
  private withCards = true;

  constructor(private readonly parts: TurnParts) {
    this.log = parts.log;
  }

  start(receive: Receive): void {
    this.receive = receive;
  }

  /** Takes nothing more in, and resolves when every turn is over. */
  async stop(): Promise<void> {
    this.receive = null;
    await this.atWork.settle();
  }

  /** Never rejects: there is nobody to tell. */
  take(requestId: string, json: unknown): void {
    const work = this.react(requestId, json).catch((error: unknown) => {
      const name = error instanceof Error ? error.name : null;
      this.log.error({ code: 'wecom_bot.fault', name }, 'a turn with the robot broke off');
    });
    void this.atWork.follow(work);
  }

  private async react(requestId: string, json: unknown): Promise<void> {
    const callback = readCallback(json);
    const decoded = callback ? decode(callback, this.parts.open) : ({ kind: 'malformed' } as const);
    switch (decoded.kind) {
      case 'message':
        return this.answerMessage(requestId, decoded.heard);
      case 'opened':
        return this.greet(requestId, decoded.heard);
      case 'tap':
        return this.answerTap(requestId, decoded.heard);
      case 'disconnected':
        return this.parts.link.giveWay();
      case 'malformed':
        return this.log.warn({ code: 'wecom_bot.malformed' }, 'a frame is not one of the documented kinds');
      default:
    }
  }

  private async answerMessage(requestId: string, heard: Heard): Promise<void> {
    const id = streamIdOf(heard.key);
    const answer = await this.hear(heard);
    if (answer === 'stopping' || answer === 'lost') {
      const text = answer === 'lost' ? lostText : stoppingText;
      await this.parts.link.request('aibot_respond_msg', stream(id, true, text), requestId);
      return;
    }
    if (!answer) return;
    if (!fitsOne(answer.content)) return answer.settle(false);
    this.settle(
      answer,
      await this.respond(requestId, answerReply(id, answer.content, this.cardsIn(heard)), answer, id),
    );
  }

  private cardsIn({ chat }: Heard): Heard['chat']['kind'] {
    return this.withCards ? chat.kind : 'group';
  }

  private async respond(requestId: string, reply: Json, { content }: Answer, id: string): Promise<Ack> {
    const ack = await this.sayTwice(requestId, reply);
    const isRefused = !ack.ok && ack.fault.kind === 'errcode' && notTaken.includes(ack.fault.errcode);
    if (!isRefused || reply['msgtype'] === 'stream') return ack;
    this.withCards = false;
    return this.sayTwice(requestId, answerReply(id, content, 'group'));
  }

  /**
   * The same stream under the same id takes the place of its first copy, so an answer without acknowledgement may be repeated;
   * a push would be read as a second one.
   */
  private async sayTwice(requestId: string, reply: Json): Promise<Ack> {
    const ack = await this.parts.link.request('aibot_respond_msg', reply, requestId);
    if (ack.ok || ack.fault.kind !== 'timeout') return ack;
    const again = await this.parts.link.request('aibot_respond_msg', reply, requestId);
    return again.ok ? again : ack;
  }

  private async greet(requestId: string, heard: Heard): Promise<void> {
    const answer = await this.hear(heard);
    if (!answer || answer === 'stopping' || answer === 'lost') return;
    const json = welcome(answer.content);
    if (!json) return answer.settle(false);
    this.settle(answer, await this.parts.link.request('aibot_respond_welcome_msg', json, requestId));
  }

  /** A tap takes only the change of its card, within five seconds; the answer itself is pushed. */
  private async answerTap(requestId: string, tapped: Tapped): Promise<void> {
    const { taskId, chosen, userId } = tapped;
    if (this.receive) {
      const card = chosenCard(taskId, chosen, userId);
      void this.parts.link.request('aibot_respond_update_msg', card, requestId);
    }
    const answer = await this.hear(tapped);
    if (answer === 'stopping') return;
    if (answer === 'lost') {
      const { chat } = tapped;
      const body = { chatid: chat.id, chat_type: chat.kind === 'private' ? 1 : 2 };
      await this.parts.link.request('aibot_send_msg', {
        ...body,
        msgtype: 'markdown',
        markdown: { content: lostText },
      });
      return;
    }
    answer?.settle(false);
  }

  private settle(answer: Answer, ack: Ack): void {
    const isUnknown = !ack.ok && mayHaveArrived(ack.fault);
    if (!ack.ok) this.tellWhy(ack.fault, isUnknown);
    answer.settle(ack.ok || isUnknown);
  }

  private tellWhy(fault: BotFault, isUnknown: boolean): void {
    const facts = { code: `wecom_bot.${nameFault(fault)}`, unknown: isUnknown };
    if (isUnknown) this.log.warn(facts, 'an answer without acknowledgement may have been shown, and is not sent again');
    else this.log.info(facts, 'an answer is left to the sender');
  }

  private async hear(heard: Heard): Promise<Answer | null | 'lost' | 'stopping'> {
    const { later } = this.parts;
    try {
      return await hearPatiently(this.parts, heard, { later, retryMs, receiver: () => this.receiver() });
    } catch {
      if (!this.receive) return 'stopping';
      this.log.error({ code: 'wecom_bot.not_stored', attempts: retryMs.length + 1 }, 'a message was not stored');
      return 'lost';
    }
  }

  private receiver(): Receive {
    if (!this.receive) throw problems.stopping();
    return this.receive;
  }
}

/** One reply carries no files, and WeCom refuses what is longer. */
const fitsOne = (content: Content): boolean =>
  !hasFiles(content) && Buffer.byteLength(markdownText(content)) <= markdownLimitBytes;
