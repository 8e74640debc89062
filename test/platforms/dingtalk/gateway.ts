/**
 * The gateway of Stream mode: tickets that are good for 90 seconds and one connection, connections that it picks from at
 * random, frames that it pushes again after 60 seconds without an acknowledgement. Time is the world's clock: whoever moves
 * it calls `resendDue`.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Call, jsonOf, ok, type Reply, refuse } from './http';
import type { World } from './world';

export const botTopic = '/v1.0/im/bot/messages/get';
export const cardTopic = '/v1.0/card/instances/callback';

const ticketMs = 90_000;
const resendMs = 60_000;

export interface Ack {
  readonly code: number;
  readonly messageId: string;
  readonly data: unknown;
  /** The connection that it came over. */
  readonly from: StreamConnection;
}

/** How the server end of a connection behaves. */
export class StreamConnection {
  /** It was told to go and gets nothing more pushed. */
  retired = false;
  pings = 0;

  constructor(readonly socket: WebSocket) {}

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** Ends it as the platform does ten seconds after a disconnect frame. */
  close(): void {
    this.socket.terminate();
  }
}

interface Pushed {
  readonly frame: Record<string, unknown>;
  readonly messageId: string;
  readonly atMs: number;
}

export class Gateway {
  readonly connections: StreamConnection[] = [];
  readonly acks: Ack[] = [];
  /** What the client is asked: bodies of connections/open. */
  readonly asked: Record<string, unknown>[] = [];
  /** Frames that no connection was there for, acknowledgements of nothing, handshakes without a good ticket. */
  readonly dropped = { frames: 0, acks: 0, handshakes: 0 };
  resent = 0;
  /** Takes connections but answers no ping of theirs. */
  mute = false;
  /** Takes the request for a connection and never answers it. */
  hangHandshakes = false;
  /** How many handshakes are waiting for an answer. */
  hanging = 0;
  /** How many of the next handshakes are refused. */
  refuseHandshakes = 0;
  random: () => number = Math.random;
  private readonly tickets = new Map<string, number>();
  private readonly unacknowledged = new Map<string, Pushed>();
  private counter = 0;

  private constructor(
    private readonly world: World,
    private readonly server: Server,
  ) {}

  static async open(world: World): Promise<Gateway> {
    const http = createServer();
    const server: WebSocketServer = new WebSocketServer({
      server: http,
      path: '/connect',
      autoPong: false,
      verifyClient: ({ req }, decide) => gateway.judge(req, decide),
    });
    const gateway: Gateway = new Gateway(world, http);
    server.on('connection', (socket) => gateway.take(socket));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    // A test that fails before it can close the double must not keep the run from ending.
    http.unref();
    return gateway;
  }

  /** POST /v1.0/gateway/connections/open */
  give(call: Call): Reply {
    const body = jsonOf(call);
    // Whoever does not ask for JSON may get XML.
    if (!body || !call.headers['accept']?.includes('application/json')) return refuse(400, 'param.error');
    this.asked.push(body);
    this.world.watch.ring();
    const { clientId, clientSecret } = this.world.options;
    if (body['clientId'] !== clientId || body['clientSecret'] !== clientSecret) return refuse(401, 'authFailed');
    const topics = JSON.stringify(body['subscriptions'] ?? null);
    if (!topics.includes(`"${botTopic}"`)) return refuse(400, 'subscriptions.empty');
    const ticket = `ticket ${this.nextId()}+/=&#`;
    this.tickets.set(ticket, this.world.nowMs() + ticketMs);
    const { port } = this.server.address() as AddressInfo;
    return ok({ endpoint: `ws://127.0.0.1:${port}/connect`, ticket });
  }

  get open(): readonly StreamConnection[] {
    return this.connections.filter(({ isOpen }) => isOpen);
  }

  /** Resolves with the newest connection once this many were made. */
  untilConnected(count = 1): Promise<StreamConnection> {
    return this.world.watch.until(() => (this.connections.length >= count ? this.connections.at(-1) : undefined));
  }

  /** Pushes a callback to one connection, and returns the id to acknowledge. */
  push(data: unknown, topic = botTopic): string {
    const messageId = `${this.nextId()}_stream`;
    const headers = { topic, messageId, contentType: 'application/json', time: String(this.world.nowMs()) };
    const frame = { specVersion: '1.0', type: 'CALLBACK', headers, data: JSON.stringify(data) };
    this.pushFrame({ frame, messageId, atMs: this.world.nowMs() });
    return messageId;
  }

  /** Pushes again what has been waiting for its acknowledgement for 60 seconds. */
  resendDue(): void {
    const due = [...this.unacknowledged.values()].filter(({ atMs }) => this.world.nowMs() - atMs >= resendMs);
    for (const pushed of due) {
      this.resent += 1;
      this.pushFrame({ ...pushed, atMs: this.world.nowMs() });
    }
  }

  /** A SYSTEM frame on one connection; returns its id. */
  system(connection: StreamConnection, topic: string, data: unknown): string {
    const messageId = `${this.nextId()}_system`;
    const headers = { topic, messageId, contentType: 'application/json', time: String(this.world.nowMs()) };
    connection.sendText(JSON.stringify({ specVersion: '1.0', type: 'SYSTEM', headers, data: JSON.stringify(data) }));
    return messageId;
  }

  /** Announces the end of a connection as the samples do: without specVersion and messageId. */
  disconnect(connection: StreamConnection): void {
    connection.retired = true;
    const data = JSON.stringify({ reason: 'connection is expired' });
    connection.sendText(JSON.stringify({ type: 'SYSTEM', headers: { topic: 'disconnect' }, data }));
  }

  ackOf(messageId: string): Promise<Ack> {
    return this.world.watch.until(() => this.acks.find((ack) => ack.messageId === messageId));
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pushFrame(pushed: Pushed): void {
    const takers = this.open.filter(({ retired }) => !retired);
    const taker = takers[Math.floor(this.random() * takers.length)];
    if (!taker) {
      this.dropped.frames += 1;
      return;
    }
    this.unacknowledged.set(pushed.messageId, pushed);
    taker.sendText(JSON.stringify(pushed.frame));
  }

  private judge(request: IncomingMessage, decide: (good: boolean, status?: number) => void): void {
    if (this.hangHandshakes) {
      this.hang(request);
      return;
    }
    const ticket = new URL(request.url ?? '', 'http://double').searchParams.get('ticket') ?? '';
    const isGood = (this.tickets.get(ticket) ?? 0) > this.world.nowMs() && this.refuseHandshakes <= 0;
    this.tickets.delete(ticket);
    this.refuseHandshakes -= 1;
    if (!isGood) this.dropped.handshakes += 1;
    decide(isGood, 401);
  }

  private hang({ socket }: IncomingMessage): void {
    this.hanging += 1;
    this.world.watch.ring();
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      this.hanging -= 1;
      this.world.watch.ring();
    });
    socket.resume();
  }

  private take(socket: WebSocket): void {
    const connection = new StreamConnection(socket);
    socket.on('ping', (data) => {
      connection.pings += 1;
      if (!this.mute) socket.pong(data);
      this.world.watch.ring();
    });
    socket.on('message', (data) => this.hear(data.toString(), connection));
    socket.on('close', () => this.world.watch.ring());
    socket.on('error', () => undefined);
    this.connections.push(connection);
    this.world.watch.ring();
  }

  private hear(text: string, from: StreamConnection): void {
    const { code, headers, data } = JSON.parse(text) as { code: number; headers: { messageId: string }; data: string };
    if (!headers.messageId.endsWith('_system') && !this.unacknowledged.delete(headers.messageId))
      this.dropped.acks += 1;
    this.acks.push({ code, messageId: headers.messageId, data: JSON.parse(data), from });
    this.world.watch.ring();
  }

  private nextId(): string {
    this.counter += 1;
    return `id${this.counter}`;
  }
}
