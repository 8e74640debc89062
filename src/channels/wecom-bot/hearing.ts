/**
 * Takes in what comes over HTTP: follows what is at work, knows how long WeCom waits for an answer, and tries again what
 * WeCom would not deliver again.
 */
import { AtWork } from '../at-work';
import type { Answer, Receive } from '../channel';
import type { Later } from '../later';
import type { Heard } from './decode';
import { type Ears, hearPatiently, toInbound } from './hear';

/** WeCom cuts the connection after 5 s. */
const answerWithinMs = 4_500;
/** How long to wait before storing is tried again: three times more while WeCom still waits. */
const retryMs: readonly number[] = [300, 700, 1_500];

export type HearingParts = Ears & { readonly later: Later };

export class Hearing {
  private readonly atWork = new AtWork();

  constructor(private readonly parts: HearingParts) {}

  /** Resolves when every turn is over. */
  settle(): Promise<void> {
    return this.atWork.settle();
  }

  /** Rejects when nothing was stored. */
  take(heard: Heard, receive: Receive): Promise<Answer | null> {
    return this.follow(toInbound(this.parts, heard).then(receive));
  }

  /** For what comes once only (path 101027): rejects when storing failed again and again. */
  takePatiently(heard: Heard, receive: Receive): Promise<Answer | null> {
    const { later } = this.parts;
    return this.follow(hearPatiently(this.parts, heard, { later, retryMs, receiver: () => receive }));
  }

  /** Rejects when the work fails in time. */
  async inTime<Result>(work: Promise<Result>): Promise<{ readonly result: Result } | 'slow'> {
    let callOff = (): void => undefined;
    const bell = new Promise<'slow'>((ring) => {
      callOff = this.parts.later(() => ring('slow'), answerWithinMs);
    });
    try {
      return await Promise.race([work.then((result) => ({ result })), bell]);
    } finally {
      callOff();
    }
  }

  /** Keeps the channel from stopping before it is over. */
  follow<Result>(work: Promise<Result>): Promise<Result> {
    return this.atWork.follow(work);
  }
}
