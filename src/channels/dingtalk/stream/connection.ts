/**
 * One WebSocket from its handshake to its end. It notices by itself when the other side is gone: through firewalls and
 * sleeping machines a connection can look open for hours after it is dead.
 */
import { WebSocket } from 'ws';
import type { Clock } from '../../../clock';
import type { Later } from '../../later';

export interface Connection {
  /** Lost without a word when the connection is no longer there to take it. */
  send(text: string): void;
  /** Says goodbye; what the other side had on its way still comes in. */
  close(): void;
}

/** `opened` and later `closed`, or `failed` alone. Codes are for the log. */
export interface ConnectionEvents {
  opened(connection: Connection): void;
  failed(code: string): void;
  text(received: string, connection: Connection): void;
  closed(connection: Connection, code: string): void;
}

interface Tools {
  readonly clock: Clock;
  readonly later: Later;
}

const handshakeMs = 15_000;
const pingMs = 30_000;
const silenceMs = 90_000;
const goodbyeMs = 5_000;
const frameLimitBytes = 1024 * 1024;

/** @returns what gives it up, before it is open or after. */
export function openConnection(address: URL, events: ConnectionEvents, tools: Tools): () => void {
  const socket = new WebSocket(address, { maxPayload: frameLimitBytes, perMessageDeflate: false });
  const connection = new SocketConnection(socket, tools);
  const callOff = tools.later(() => connection.cut('timeout'), handshakeMs);
  let isOpen = false;
  socket.on('unexpected-response', (_request, response) => connection.cut(`http${response.statusCode}`));
  socket.on('error', (error) => connection.blame(codeOf(error)));
  socket.on('open', () => {
    isOpen = true;
    callOff();
    connection.watch();
    events.opened(connection);
  });
  socket.on('message', (data) => events.text(data.toString(), connection));
  socket.on('close', (status) => {
    callOff();
    const code = connection.end(status);
    if (isOpen) events.closed(connection, code);
    else events.failed(code);
  });
  return () => connection.cut('given_up');
}

/** The texts of errors can hold the address with its ticket; their codes cannot. */
function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : 'broken';
}

class SocketConnection implements Connection {
  private heardAt: Date;
  private code: string | null = null;
  private callOff: () => void = () => undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly tools: Tools,
  ) {
    this.heardAt = tools.clock.now();
    for (const sign of ['open', 'message', 'ping', 'pong'] as const) socket.on(sign, () => this.hear());
  }

  send(text: string): void {
    // A failure shows as the end of the connection.
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text, () => undefined);
  }

  close(): void {
    this.callOff();
    this.socket.close(1000);
    this.callOff = this.tools.later(() => this.cut('goodbye'), goodbyeMs);
  }

  /** Ends it without the other side. */
  cut(code: string): void {
    this.blame(code);
    this.socket.terminate();
  }

  /** The first reason counts; what follows are its consequences. */
  blame(code: string): void {
    this.code ??= code;
  }

  /** @returns why it ended. */
  end(status: number): string {
    this.callOff();
    return this.code ?? `ws${status}`;
  }

  /** Pings, and cuts the connection when nothing was heard for too long or the machine has slept. */
  watch(): void {
    this.callOff = this.tools.later(() => {
      const silentMs = this.tools.clock.now().getTime() - this.heardAt.getTime();
      // A clock that jumped, either way, says as little about the other side as silence does.
      if (Math.abs(silentMs) >= silenceMs) return this.cut('silent');
      this.socket.ping();
      this.watch();
    }, pingMs);
  }

  private hear(): void {
    this.heardAt = this.tools.clock.now();
  }
}
