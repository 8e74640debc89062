/**
 * One WebSocket to WeCom from its opening to its end: frames of JSON in both directions, where an acknowledgement is known by
 * the id of its request alone (path 101463).
 */
import { randomUUID } from 'node:crypto';
import { type RawData, WebSocket } from 'ws';
import { z } from 'zod';
import type { Later } from '../../later';
import type { BotFault } from '../failures';
import type { Json } from '../render';

const frameShape = z.looseObject({
  cmd: z.string().optional(),
  headers: z.looseObject({ req_id: z.string() }),
  errcode: z.number().optional(),
  body: z.unknown().optional(),
});

const ackBody = z.record(z.string(), z.unknown()).catch({});

export type Ack = { readonly ok: true; readonly body: Json } | { readonly ok: false; readonly fault: BotFault };

export interface WireEvents {
  opened(): void;
  /** A message or an event, to be answered under the same id. */
  called(requestId: string, json: unknown): void;
  /** Once, whatever the reason; the code is for the log. */
  closed(code: string): void;
}

const handshakeMs = 15_000;
/** As long as the official SDK waits. */
const ackMs = 5_000;
const frameLimitBytes = 4 * 1024 * 1024;
const callbacks: readonly string[] = ['aibot_msg_callback', 'aibot_event_callback'];

export class Wire {
  private readonly socket: WebSocket;
  private readonly waiting = new Map<string, (ack: Ack) => void>();
  private code: string | null = null;

  constructor(
    url: string,
    private readonly events: WireEvents,
    private readonly later: Later,
  ) {
    const limits = { handshakeTimeout: handshakeMs, maxPayload: frameLimitBytes, perMessageDeflate: false };
    this.socket = new WebSocket(url, limits);
    this.socket.on('open', () => events.opened());
    this.socket.on('message', (data) => this.take(data));
    // The text of an error may hold the address; its code cannot.
    this.socket.on('error', (error) => this.blame('code' in error ? String(error.code) : 'broken'));
    this.socket.on('close', (status) => this.end(status));
  }

  /** Frames under one id follow one another: the next is sent when the last is acknowledged. */
  request(cmd: string, body: Json | null, requestId = `${cmd}_${randomUUID()}`): Promise<Ack> {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.resolve(failed({ kind: 'offline' }));
    const frame = { cmd, headers: { req_id: requestId }, ...(body && { body }) };
    return new Promise((resolve) => {
      const callOff = this.later(() => settle(failed({ kind: 'timeout' })), ackMs);
      const settle = (ack: Ack): void => {
        callOff();
        if (this.waiting.get(requestId) === settle) this.waiting.delete(requestId);
        resolve(ack);
      };
      this.waiting.set(requestId, settle);
      this.socket.send(JSON.stringify(frame), () => undefined);
    });
  }

  /** Ends it without the other side; the first code given is the one that is told. */
  cut(code: string): void {
    this.blame(code);
    this.socket.terminate();
  }

  private blame(code: string): void {
    this.code ??= code;
  }

  private take(data: RawData): void {
    const frame = frameShape.safeParse(parse(data.toString())).data;
    if (!frame) return;
    const { cmd, headers, errcode = 0, body } = frame;
    if (cmd !== undefined) {
      if (callbacks.includes(cmd)) this.events.called(headers.req_id, body);
      return;
    }
    const ack: Ack = errcode === 0 ? { ok: true, body: ackBody.parse(body) } : failed({ kind: 'errcode', errcode });
    this.waiting.get(headers.req_id)?.(ack);
  }

  private end(status: number): void {
    for (const settle of [...this.waiting.values()]) settle(failed({ kind: 'broken' }));
    this.events.closed(this.code ?? `ws${status}`);
  }
}

const failed = (fault: BotFault): Ack => ({ ok: false, fault });

/** Bare control characters have been seen inside the texts of frames, where JSON has no place for them. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseJson(text.replaceAll(/\p{Cc}/gu, ' '));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
