/**
 * What is done about a tap: it goes the way of a message, and the card says what was chosen. DingTalk waits two seconds and
 * does not say whether it calls again, so a tap that cannot be stored is tried again from memory.
 */
import type { Log } from '../../../log';
import { describeFault } from '../../../log';
import { AtWork } from '../../at-work';
import type { Answer, Inbound, Receive } from '../../channel';
import type { Later } from '../../later';
import type { RobotApi } from '../api';
import type { Json } from '../exchange';
import { describeFault as describeCall } from '../failures';
import { toRobotApiMessage } from '../parts';
import type { Persistence } from '../persistence';
import { chosenUpdate, decodeTap, unchanged } from './tap';

/** 请在 2 秒内完成业务处理并响应; the way there and back is part of it. */
const answerWithinMs = 1_500;

export const lostTapText = '抱歉，系统刚才出了故障，您点的按钮没有记下。请直接输入文字；如仍不行，请联系市局管理员。';

export interface TapsParts {
  readonly persistence: Persistence;
  readonly api: RobotApi;
  readonly later: Later;
  readonly log: Log;
}

export class Taps {
  private readonly atWork = new AtWork();

  constructor(private readonly parts: TapsParts) {}

  /** Resolves in time to how the card changes; never rejects. */
  async take(callback: unknown, receive: Receive): Promise<Json> {
    const inbound = decodeTap(callback);
    if (!inbound) {
      this.parts.log.warn({ code: 'dingtalk.card.unreadable' }, 'a callback is no tap on a card of ours');
      return unchanged;
    }
    const work = this.passOn(inbound, receive).catch((error: unknown) => {
      this.parts.log.error({ fault: describeFault(error) }, 'a tap was not answered');
      return null;
    });
    const answer = await this.inTime(this.atWork.follow(work));
    return answer?.chosen === undefined ? unchanged : chosenUpdate(answer.chosen);
  }

  /** Resolves when every tap is answered or given up, without waiting for better times. */
  async finish(): Promise<void> {
    this.parts.persistence.hurry();
    await this.atWork.settle();
  }

  private async passOn(inbound: Inbound, receive: Receive): Promise<Answer | null> {
    const taken = await this.parts.persistence.take(inbound, receive);
    if (taken.ok) {
      // The response can only change the card: the sender pushes the answer.
      taken.answer?.settle(false);
      return taken.answer;
    }
    this.parts.log.error({ code: 'dingtalk.card.lost' }, 'a tap was given up and is lost');
    await this.tellLost(inbound.userId);
    return null;
  }

  /** Past the outbox, which could not be written. */
  private async tellLost(userId: string): Promise<void> {
    const message = toRobotApiMessage({ kind: 'text', text: lostTapText });
    const [told] = await this.parts.api.sendPrivate([userId], message);
    if (told?.ok === false) this.parts.log.warn({ code: describeCall(told.fault).code }, 'a person could not be told');
  }

  private async inTime(work: Promise<Answer | null>): Promise<Answer | null> {
    let callOff = (): void => undefined;
    const bell = new Promise<null>((ring) => {
      callOff = this.parts.later(() => ring(null), answerWithinMs);
    });
    try {
      return await Promise.race([work, bell]);
    } finally {
      callOff();
    }
  }
}
