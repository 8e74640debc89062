/**
 * Takes in what comes over HTTP: follows what is at work, knows how long WeCom waits for an answer, and tries again what
 * WeCom would not deliver again.
 */
import type { Answer, Receive } from '../channel';
import type { Later } from '../later';
import type { Heard } from './decode';
import { type Ears, toInbound } from './hear';

/** WeCom cuts the connection after 5 s. */
const answerWithinMs = 4_500;
/** How long to wait before storing is tried again: three times more while WeCom still waits. */
const retryMs: readonly number[] = [300, 700, 1_500];

export type HearingParts = Ears & { readonly later: Later };

export class Hearing {
  private readonly atWork = new Set<Promise<unknown>>();

  constructor(private readonly parts: HearingParts) {}

  /** Resolves when every turn is over. */
  async settle(): Promise<void> {
    while (this.atWork.size > 0) await Promise.allSettled(this.atWork);
  }

  /** Rejects when nothing was stored. */
  take(heard: Heard, receive: Receive): Promise<Answer | null> {
    return this.follow(toInbound(this.parts, heard).then(receive));
  }

  /** For what comes once only (path 101027): rejects when storing failed again and again. */
  takePatiently(heard: Heard, receive: Receive): Promise<Answer | null> {
    return this.follow(this.tryAgain(heard, receive));
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
    const forget = () => this.atWork.delete(work);
    this.atWork.add(work);
    work.then(forget, forget);
    return work;
  }

  private async tryAgain(heard: Heard, receive: Receive): Promise<Answer | null> {
    for (const waitMs of retryMs) {
      try {
        return await receive(await toInbound(this.parts, heard));
      } catch {
        await new Promise<void>((resolve) => void this.parts.later(resolve, waitMs));
      }
    }
    return receive(await toInbound(this.parts, heard));
  }
}
