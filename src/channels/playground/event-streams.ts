/**
 * The open pages, each listening on a stream of server-sent events. A page that stops reading is cut off: it reconnects
 * and fetches what it missed, so nothing is kept for it here.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
import { Readable } from 'node:stream';
import type { Log } from '../../log';
import type { PlaygroundEvent } from './wire';

/** Proxies close connections that are silent for a minute. */
const heartbeatMs = 15_000;
const backlogLimitBytes = 1_000_000;

export class EventStreams {
  private readonly open = new Set<Readable>();
  private heartbeat: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(private readonly log: Log) {}

  connect(): Readable {
    const stream = new Readable({ read: () => {} });
    if (this.closed) {
      stream.push(null);
      return stream;
    }
    stream.on('close', () => this.drop(stream));
    this.open.add(stream);
    this.heartbeat ??= setInterval(() => this.write(': still here\n\n'), heartbeatMs).unref();
    stream.push('retry: 1000\n\n');
    return stream;
  }

  publish(event: PlaygroundEvent): void {
    this.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  drop(stream: Readable): void {
    this.open.delete(stream);
    if (!stream.destroyed) stream.destroy();
    if (this.open.size === 0) this.stopHeartbeat();
  }

  close(): void {
    this.closed = true;
    for (const stream of this.open) stream.push(null);
    this.open.clear();
    this.stopHeartbeat();
  }

  private stopHeartbeat(): void {
    if (this.heartbeat) clearInterval(this.heartbeat);
    this.heartbeat = null;
  }

  private write(chunk: string): void {
    for (const stream of this.open) {
      if (stream.readableLength > backlogLimitBytes) {
        this.log.warn({ event: 'playground.slow_page', backlogBytes: stream.readableLength }, 'a page was cut off');
        this.drop(stream);
      } else stream.push(chunk);
    }
  }
}
