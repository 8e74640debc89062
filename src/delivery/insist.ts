/**
 * Writing what must not be lost: what became of a message that has gone. Without it the lease brings the message back, and
 * people read it twice; so a database that is away for a moment is asked again for about as long as a lease lasts.
 */
import type { Later } from './later';

export interface Patience {
  readonly later: Later;
  /** Whether there is time for a pause. */
  readonly mayWait: (pauseMs: number) => boolean;
}

const secondsOf = [1, 2, ...Array<number>(19).fill(5)];

/** @param work may have been done although it failed, so it must do no harm to do it again. */
export async function insist<T>(work: () => Promise<T>, { later, mayWait }: Patience): Promise<T> {
  for (const seconds of secondsOf) {
    const pauseMs = seconds * 1000;
    try {
      return await work();
    } catch (fault) {
      if (!mayWait(pauseMs)) throw fault;
    }
    await new Promise<void>((resolve) => void later(resolve, pauseMs));
  }
  return work();
}
