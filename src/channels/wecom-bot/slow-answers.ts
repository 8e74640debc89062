/**
 * Answers that were not ready when WeCom had to hear something: it then asks again and again, under the id of the stream,
 * until it gets the end (path 100719). Whichever copy of the bot is asked looks up what was stored; what nobody fetches is
 * pushed by the sender.
 */
import type { Clock } from '../../clock';
import type { Log } from '../../log';
import type { Answer, LookUp } from '../channel';
import type { Later } from '../later';
import { keyOf, streamIdOf } from './stream-id';

/** WeCom asks for at most six minutes, and a last time after the end (path 101031). */
const keptMs = 8 * 60_000;
/** How long another copy, or one that broke down, is waited for. */
const patienceMs = 60_000;

export const waitingText = '正在处理，请稍候……';
const nothingText = '已处理。';
const elsewhereText = '答复已另外发来。';
const failedText = '系统出了故障，这条消息没有处理。请稍后再发一次。';
const unknownText = '答复会另外发来。过一会儿还没有收到，请再发一次。';

export interface SlowParts {
  readonly clock: Clock;
  readonly later: Later;
  readonly log: Log;
  readonly lookUp: LookUp;
}

export interface Current {
  readonly finish: boolean;
  readonly text: string;
  readonly done?: (left: boolean) => void;
}

const waiting: Current = { finish: false, text: waitingText };

interface Own {
  /** Of the message, which an id made from an over-long one does not tell. */
  readonly key: string;
  readonly state: 'at work' | 'over' | 'failed';
}

export class SlowAnswers {
  /** What this copy took in, by the id of the stream. */
  private readonly own = new Map<string, Own>();
  /** Since when this copy is asked for what it knows nothing of. */
  private readonly askedSince = new Map<string, number>();

  constructor(private readonly parts: SlowParts) {}

  keep(key: string, work: Promise<Answer | null>): void {
    const id = streamIdOf(key);
    if (this.own.has(id)) return;
    this.own.set(id, { key, state: 'at work' });
    this.parts.later(() => this.own.delete(id), keptMs);
    work.then(
      () => this.own.set(id, { key, state: 'over' }),
      () => {
        this.own.set(id, { key, state: 'failed' });
        this.parts.log.error(
          { code: 'wecom_bot.not_stored' },
          'a message that WeCom counts as received was not stored',
        );
      },
    );
  }

  /** @param write the answer as text. */
  async current(id: string, write: (answer: Answer) => string): Promise<Current> {
    const own = this.own.get(id);
    if (own?.state === 'at work') return waiting;
    if (own?.state === 'failed') return { finish: true, text: failedText };
    // A database that is away is asked again, as WeCom asks again.
    const earlier = await this.parts.lookUp(own?.key ?? keyOf(id)).catch(() => null);
    switch (earlier?.kind) {
      case undefined:
        return waiting;
      case 'answer': {
        const { answer } = earlier;
        return { finish: true, text: write(answer), done: (left) => (left ? answer.settle(true) : undefined) };
      }
      case 'silent':
        return { finish: true, text: nothingText };
      case 'sending':
        return { finish: true, text: elsewhereText };
      default:
        return this.isTooLong(id) ? { finish: true, text: unknownText } : waiting;
    }
  }

  private isTooLong(id: string): boolean {
    const now = this.parts.clock.now().getTime();
    const since = this.askedSince.get(id) ?? now;
    if (!this.askedSince.has(id)) {
      this.askedSince.set(id, now);
      this.parts.later(() => this.askedSince.delete(id), keptMs);
    }
    return now - since >= patienceMs;
  }
}
