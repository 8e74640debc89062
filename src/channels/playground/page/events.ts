/**
 * Keeps the page listening. Browsers allow six connections to a server over HTTP/1.1, so a hidden tab gives its own up;
 * an `EventSource` that met an error status never tries again by itself, so it is replaced.
 */
import type { PlaygroundEvent } from '../wire';

export interface EventHandlers {
  onEvent(event: PlaygroundEvent): void;
  /** Connected, for the first time or again: whatever was said in between must be fetched. */
  onLive(): void;
  onLost(): void;
}

const retryMs = 2_000;

export function listen(handlers: EventHandlers): void {
  let source: EventSource | null = null;
  let retry: number | undefined;

  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const connect = () => {
    close();
    const opened = new EventSource('/playground/events');
    source = opened;
    opened.onopen = () => handlers.onLive();
    opened.onmessage = (message: MessageEvent<string>) => handlers.onEvent(JSON.parse(message.data));
    opened.onerror = () => {
      handlers.onLost();
      if (opened.readyState === EventSource.CLOSED) retry = window.setTimeout(connect, retryMs);
    };
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : connect()));
  window.addEventListener('online', connect);
  connect();
}
