/**
 * WeCom's end of the long connection of smart robots (path 101463), as strict as the real one: one connection a robot that
 * subscribes no more often than it should, answers under the id of what they answer and in its time, 30 messages a minute and
 * 1000 an hour to a chat.
 */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../../src/clock';
import { Watch } from '../../support/watch';
import type { Said } from './callbacks';
import { codeOf, MediaDesk } from './media-desk';
import { checkReply, checkText, type Occasion, type Shown } from './replies';

export interface GatewayOptions {
  readonly clock: Clock;
  readonly botId: string;
  readonly secret: string;
  /** Whether a stream may not bring a card along, as one page says. */
  readonly refusesCards?: boolean;
}

/** A message that the robot sent of its own accord. */
export interface Pushed {
  readonly chat: string;
  readonly kind: 'private' | 'group';
  readonly text: string;
  readonly file: { readonly name: string; readonly bytes: Buffer } | null;
}

export interface Spoken {
  readonly from: string;
  readonly text?: string;
  readonly said?: Said;
  readonly group?: string;
  readonly msgid?: string;
}

/** What happens to the next frame with this command. */
export type NextFailure = { readonly cmd: string } & (
  | { readonly errcode: number }
  /** It is taken, and never acknowledged. */
  | { readonly silent: true }
  /** The connection breaks before anything is done. */
  | { readonly drop: true }
);

type Json = Readonly<Record<string, unknown>>;

interface Open {
  readonly socket: WebSocket;
  readonly occasion: Occasion;
  readonly chat: string;
  readonly isPrivate: boolean;
  readonly taskId: string;
  readonly at: number;
  /** Streams that were told to their end, with what ended them. */
  readonly endedStreams: Map<string, string>;
  streamAt: number | null;
}

interface Frame {
  readonly cmd: string;
  readonly requestId: string;
  readonly body: Json;
}

const limits = [
  { count: 30, ms: 60_000 },
  { count: 1000, ms: 3600_000 },
];

const mostSubscriptions = 20;

export class BotGateway {
  /** What people see: answers and pushes, in order. */
  readonly answers: Shown[] = [];
  readonly pushed: Pushed[] = [];
  /** What a real gateway would refuse as against its rules. */
  readonly violations: string[] = [];
  readonly commands: string[] = [];
  subscriptions = 0;
  answersPings = true;

  private readonly watch = new Watch();
  private readonly server: WebSocketServer;
  private readonly failures: NextFailure[] = [];
  private readonly open = new Map<string, Open>();
  private readonly usedIds = new Set<string>();
  private readonly acquainted = new Set<string>();
  private readonly shownAt = new Map<string, number[]>();
  private readonly subscribedAt: number[] = [];
  private readonly media: MediaDesk;
  private current: WebSocket | null = null;

  constructor(private readonly options: GatewayOptions) {
    this.media = new MediaDesk(options.clock, (errcode, why) => this.refuse(errcode, why));
    this.server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    this.server.on('connection', (socket) => {
      socket.on('message', (data) => this.take(socket, data.toString()));
      socket.on('close', () => this.forget(socket));
      this.watch.ring();
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get connections(): number {
    return this.server.clients.size;
  }

  get isConnected(): boolean {
    return this.current !== null;
  }

  async listening(): Promise<void> {
    if (!this.server.address()) await new Promise((resolve) => this.server.once('listening', resolve));
  }

  async stop(): Promise<void> {
    for (const socket of this.server.clients) socket.terminate();
    await new Promise((resolve) => this.server.close(resolve));
  }

  until<T>(look: () => T | undefined | false): Promise<T> {
    return this.watch.until(look);
  }

  failNext(failure: NextFailure): void {
    this.failures.push(failure);
  }

  /** Breaks the connection without a word. */
  drop(): void {
    this.current?.terminate();
  }

  forgetMedia(): void {
    this.media.clear();
  }

  /** Somebody talked to the robot before this connection. */
  acquaint(chat: string): void {
    this.acquainted.add(chat);
  }

  /** Sends a message or an event to the robot; returns the id to answer it under. */
  speak({ from, text = '', said, group, msgid }: Spoken): string {
    const { current } = this;
    if (!current) throw new Error('no robot is connected');
    const body: Json = {
      msgid: msgid ?? `CAIQ${randomBytes(12).toString('base64url')}`,
      aibotid: this.options.botId,
      chattype: group ? 'group' : 'single',
      ...(group && { chatid: group }),
      from: { userid: from },
      ...(said ?? { msgtype: 'text', text: { content: text } }),
    };
    const requestId = randomBytes(12).toString('hex');
    this.acquainted.add(group ?? from);
    this.open.set(requestId, { ...openingOf(body, group ?? from, group === undefined), socket: current, at: this.now });
    const cmd = body['msgtype'] === 'event' ? 'aibot_event_callback' : 'aibot_msg_callback';
    current.send(JSON.stringify({ cmd, headers: { req_id: requestId }, body }));
    return requestId;
  }

  /** Sends text as it is. */
  sendRaw(text: string): void {
    this.current?.send(text);
  }

  private get now(): number {
    return this.options.clock.now().getTime();
  }

  private forget(socket: WebSocket): void {
    if (this.current === socket) this.current = null;
    this.watch.ring();
  }

  private take(socket: WebSocket, text: string): void {
    const { cmd, headers, body } = JSON.parse(text) as { cmd: string; headers: { req_id: string }; body?: Json };
    this.commands.push(cmd);
    const index = this.failures.findIndex((failure) => failure.cmd === cmd);
    const [failure] = index < 0 ? [] : this.failures.splice(index, 1);
    if (failure && 'drop' in failure) {
      socket.terminate();
      return;
    }
    const frame = { cmd, requestId: headers.req_id, body: body ?? {} };
    const answer = failure && 'errcode' in failure ? failure.errcode : this.judge(socket, frame);
    const isMuted = (failure && 'silent' in failure) || (cmd === 'ping' && !this.answersPings);
    if (!isMuted) socket.send(JSON.stringify({ headers, ...(typeof answer === 'number' ? codeOf(answer) : answer) }));
    if (cmd === 'aibot_subscribe' && answer === 0) this.takeOver(socket);
    this.watch.ring();
  }

  /** A new subscription throws the older one out. */
  private takeOver(socket: WebSocket): void {
    const { current: old } = this;
    this.current = socket;
    this.subscriptions += 1;
    if (!old || old === socket) return;
    const body = {
      msgid: 'kick',
      aibotid: this.options.botId,
      msgtype: 'event',
      event: { eventtype: 'disconnected_event' },
    };
    old.send(JSON.stringify({ cmd: 'aibot_event_callback', headers: { req_id: 'kick' }, body }), () => old.close());
  }

  private judge(socket: WebSocket, frame: Frame): number | Json {
    const { cmd, body } = frame;
    if (frame.requestId === '') return this.refuse(40058, 'no req_id');
    if (cmd === 'aibot_subscribe') {
      return this.subscribe(body);
    }
    if (socket !== this.current) return 846609;
    if (cmd === 'ping') return 0;
    if (cmd.startsWith('aibot_respond_')) return this.takeAnswer(socket, frame);
    if (this.usedIds.has(frame.requestId) || this.open.has(frame.requestId))
      return this.refuse(846605, 'a used req_id');
    this.usedIds.add(frame.requestId);
    if (cmd === 'aibot_send_msg') return this.push(body);
    return this.media.take(cmd, body);
  }

  /** How often is too often is not documented; a robot that follows the official SDK stays far below. */
  private subscribe({ bot_id: botId, secret }: Json): number {
    const recent = this.subscribedAt.filter((at) => at > this.now - 60_000);
    if (recent.length >= mostSubscriptions) return this.refuse(45009, 'subscribes too often');
    this.subscribedAt.push(this.now);
    return botId === this.options.botId && secret === this.options.secret ? 0 : 853000;
  }

  private takeAnswer(socket: WebSocket, { cmd, requestId, body }: Frame): number {
    const opened = this.open.get(requestId);
    if (!opened || opened.socket !== socket || commandFor[opened.occasion] !== cmd) return 846605;
    const windowMs = opened.occasion === 'message' ? 24 * 3600_000 : 5_000;
    if (this.now - opened.at > windowMs) return 846605;
    if (this.options.refusesCards && body['msgtype'] === 'stream_with_template_card') return 40008;
    try {
      return this.showAnswer(checkReply(body, opened), opened, JSON.stringify(body));
    } catch (error) {
      return this.refuse(40058, String(error));
    }
  }

  private showAnswer(shown: Shown, opened: Open, asSent: string): number {
    const { streamId, finished } = shown;
    // What was not acknowledged may be said again: it takes the place of the same words.
    const ended = streamId === null ? undefined : opened.endedStreams.get(streamId);
    if (ended !== undefined) return ended === asSent ? 0 : this.refuse(40058, 'a stream that ended');
    if (streamId !== null) opened.streamAt ??= this.now;
    if (opened.streamAt !== null && this.now - opened.streamAt > 360_000) return 846608;
    if (this.isOverQuota(opened.chat)) return 45009;
    if (streamId !== null && finished) opened.endedStreams.set(streamId, asSent);
    this.answers.push(shown);
    return 0;
  }

  private push(body: Json): number {
    const { chatid, chat_type: kind, msgtype } = body;
    if (typeof chatid !== 'string' || (kind !== 1 && kind !== 2)) return this.refuse(40058, 'chatid or chat_type');
    if (!this.acquainted.has(chatid)) return 93006;
    const part = body[String(msgtype)] as Json | undefined;
    const base = { chat: chatid, kind: kind === 1 ? 'private' : 'group' } as const;
    if (msgtype === 'markdown') {
      const text = checkText(part, 20_480);
      return this.isOverQuota(chatid) ? 45009 : this.show({ ...base, text, file: null });
    }
    const file = this.media.find(String(part?.['media_id']));
    if (!file) return 40007;
    if (file.type !== msgtype) return this.refuse(40004, 'another type than was uploaded');
    return this.isOverQuota(chatid) ? 45009 : this.show({ ...base, text: '', file });
  }

  private show(pushed: Pushed): 0 {
    this.pushed.push(pushed);
    return 0;
  }

  private isOverQuota(chat: string): boolean {
    const times = this.shownAt.get(chat) ?? [];
    if (limits.some(({ count, ms }) => times.filter((at) => at > this.now - ms).length >= count)) return true;
    this.shownAt.set(chat, [...times, this.now]);
    return false;
  }

  private refuse(errcode: number, why: string): number {
    this.violations.push(`${errcode} ${why}`);
    return errcode;
  }
}

const commandFor: Readonly<Record<Occasion, string | null>> = {
  message: 'aibot_respond_msg',
  enter_chat: 'aibot_respond_welcome_msg',
  tap: 'aibot_respond_update_msg',
  refresh: null,
  feedback: null,
};

function openingOf(body: Json, chat: string, isPrivate: boolean): Omit<Open, 'socket' | 'at'> {
  const { eventtype, template_card_event: tap } = (body['event'] ?? {}) as {
    eventtype?: string;
    template_card_event?: { task_id?: string };
  };
  const occasions: Partial<Record<string, Occasion>> = { enter_chat: 'enter_chat', template_card_event: 'tap' };
  const occasion = eventtype === undefined ? 'message' : (occasions[eventtype] ?? 'feedback');
  return { occasion, chat, isPrivate, taskId: tap?.task_id ?? '', endedStreams: new Map(), streamAt: null };
}

export async function startBotGateway(options: GatewayOptions): Promise<BotGateway> {
  const gateway = new BotGateway(options);
  await gateway.listening();
  return gateway;
}
