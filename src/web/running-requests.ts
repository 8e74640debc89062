/** The requests that are not answered yet, so that a stop can wait for them instead of cutting a reply in half. */
import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { whenOver } from './response-end';

export class RunningRequests {
  private readonly open = new Set<ServerResponse>();
  private readonly events = new EventEmitter();

  /** Counts a request until its response has left or its connection broke. */
  track(response: ServerResponse): void {
    this.open.add(response);
    whenOver(response, () => {
      this.open.delete(response);
      if (this.open.size === 0) this.events.emit('none');
    });
  }

  /** Ends the responses that would stream for as long as a page is open. */
  endEventStreams(): void {
    for (const response of this.open) {
      const type = response.getHeader('content-type');
      if (response.headersSent && String(type).startsWith('text/event-stream')) response.end();
    }
  }

  /** Resolves when nothing runs any more, at the latest after the given time. */
  async settle(withinMs: number): Promise<void> {
    if (this.open.size === 0) return;
    await once(this.events, 'none', { signal: AbortSignal.timeout(withinMs) }).catch(() => undefined);
  }
}
