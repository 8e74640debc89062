/**
 * The channel of the trial: a web page that feels like WeCom or DingTalk, where one person can speak as anybody. It keeps
 * nothing but the open pages; people, history and files belong to its host.
 */
import { type Clock, systemClock } from '../../clock';
import type { Log } from '../../log';
import { problems } from '../../problems';
import { AtWork } from '../at-work';
import type {
  Channel,
  Chat,
  Inbound,
  InboundContent,
  LoadFile,
  Outbound,
  Recall,
  Receive,
  Route,
  SendResult,
  Shown,
  WebRequest,
  WebResponse,
} from '../channel';
import { type Content, say } from '../content';
import { fileResponse, locatePage, pageRoutes } from './assets';
import { EventStreams } from './event-streams';
import type { PlaygroundHost } from './host';
import { RecentKeys } from './recent-keys';
import { readChat, readClockMove, readFileId, readPostedFile, readPostedMessage, refuseOtherSites } from './requests';
import {
  type ChatRef,
  fileLimitBytes,
  type PlaygroundMessage,
  type PlaygroundState,
  type PostedMessage,
  type TrialClock,
} from './wire';

const channelName = 'playground';
/** As on WeCom and DingTalk. */
const recallHours = 24;
const historyLimit = 200;
const bodyLimitBytes = 32 * 1024;
const fileBodyLimitBytes = fileLimitBytes + 1024 * 1024;
/** Two readings of the same real clock lie closer together than this. */
const sameTimeMs = 1_500;

/** The channel `playground`; `page` is the folder of the built page. */
export function createPlayground(host: PlaygroundHost, clock: Clock, log: Log, page: string = locatePage()): Channel {
  return new Playground(host, clock, log, page);
}

class Playground implements Channel {
  readonly name = channelName;
  readonly quotas = [];
  readonly recall: Recall = { hours: recallHours, take: (shown) => this.takeBack(shown) };
  readonly routes: readonly Route[];
  private readonly streams: EventStreams;
  private readonly recorded = new RecentKeys(1_000);
  private readonly atWork = new AtWork();
  private receive: Receive | null = null;

  constructor(
    private readonly host: PlaygroundHost,
    private readonly clock: Clock,
    log: Log,
    page: string,
  ) {
    this.streams = new EventStreams(log);
    this.routes = [
      ...pageRoutes(page),
      guarded('GET', '/playground/state', () => this.answerState()),
      guarded('GET', '/playground/messages', (request) => this.answerHistory(request)),
      guarded('POST', '/playground/messages', (request) => this.takeMessage(request)),
      guarded('POST', '/playground/files', (request) => this.takeFile(request), fileBodyLimitBytes),
      guarded('POST', '/playground/clock', (request) => this.moveClock(request)),
      guarded('GET', '/playground/files/:id', async (request) => fileResponse(await host.load(readFileId(request)))),
      guarded('GET', '/playground/events', async () => this.openStream()),
    ];
  }

  async start(receive: Receive): Promise<void> {
    this.receive = receive;
  }

  async stop(): Promise<void> {
    this.receive = null;
    await this.atWork.settle();
    this.streams.close();
  }

  async send(outbound: Outbound): Promise<SendResult> {
    const id = `sent:${outbound.id}`;
    this.show(outbound.chat, this.fromBot(id, outbound.content), null);
    outbound.went(id);
    return { ok: true };
  }

  private async takeBack({ chat, receipts }: Shown): Promise<SendResult> {
    for (const id of receipts) this.streams.publish({ type: 'recalled', chat: { kind: chat.kind, id: chat.id }, id });
    return { ok: true };
  }

  private async answerState(): Promise<WebResponse> {
    const [people, groups] = await Promise.all([this.host.people(), this.host.groups()]);
    return json(200, { people, groups, clock: this.readClock() } satisfies PlaygroundState);
  }

  private async answerHistory(request: WebRequest): Promise<WebResponse> {
    const chat = ofChannel(readChat(request));
    return json(200, await this.host.history(chat, historyLimit));
  }

  private async takeMessage(request: WebRequest): Promise<WebResponse> {
    const posted = readPostedMessage(request);
    return this.take(posted, { kind: 'text', text: posted.text });
  }

  private async takeFile(request: WebRequest): Promise<WebResponse> {
    const { bytes, name, ...posted } = readPostedFile(request);
    const load: LoadFile = async (limit) =>
      bytes.length > limit ? { ok: false, reason: 'too_large' } : { ok: true, bytes };
    return this.take(
      { ...posted, text: `[文件] ${name}`, mention: true },
      { kind: 'file', name, ref: posted.key, load },
    );
  }

  private async take(posted: PostedMessage, content: InboundContent): Promise<WebResponse> {
    const { receive } = this;
    if (!receive) throw problems.stopping();
    await this.atWork.follow(this.hear(posted, content, receive));
    return json(202, {});
  }

  private async hear(posted: PostedMessage, content: InboundContent, receive: Receive): Promise<void> {
    const chat = ofChannel(posted.chat);
    await this.showPosted(chat, posted);
    if (chat.kind === 'group' && !posted.mention) return;
    const answer = await receive(inboundOf(chat, posted, content));
    if (!answer) return;
    this.show(chat, this.fromBot(`answer:${posted.key}`, answer.content), null);
    answer.settle(true);
  }

  /** Keeps and shows what the person said; a message posted again after a failure is already there. */
  private async showPosted(chat: Chat, posted: PostedMessage): Promise<void> {
    const { userId, text, key } = posted;
    const name = await this.findSpeaker(chat, userId);
    if (!this.recorded.add(key)) return;
    const at = this.clock.now();
    const id = await this.host.record(chat, { userId, text, at }).catch((fault: unknown) => {
      this.recorded.forget(key);
      throw fault;
    });
    this.show(chat, { id, from: 'person', userId, name, at: at.toISOString(), content: say([text]) }, key);
  }

  private async findSpeaker(chat: Chat, userId: string): Promise<string> {
    const [people, groups] = await Promise.all([this.host.people(), this.host.groups()]);
    const speaker = people.find((person) => person.userId === userId);
    if (!speaker) throw problems.malformed('userId');
    if (chat.kind === 'group' && !groups.some((group) => group.id === chat.id)) throw problems.malformed('chat.id');
    return speaker.name;
  }

  private async moveClock(request: WebRequest): Promise<WebResponse> {
    const { to } = readClockMove(request);
    await this.atWork.follow(this.host.moveClock(to === null ? null : new Date(to)));
    const clock = this.readClock();
    this.streams.publish({ type: 'clock', clock });
    return json(200, clock);
  }

  private readClock(): TrialClock {
    const now = this.clock.now();
    const moved = Math.abs(now.getTime() - systemClock.now().getTime()) > sameTimeMs;
    return { now: now.toISOString(), moved };
  }

  private openStream(): WebResponse {
    const stream = this.streams.connect();
    return {
      status: 200,
      type: 'text/event-stream; charset=utf-8',
      // nginx would otherwise hold events back until its buffer is full.
      headers: { 'x-accel-buffering': 'no' },
      body: stream,
      done: () => this.streams.drop(stream),
    };
  }

  private fromBot(id: string, content: Content): PlaygroundMessage {
    return { id, from: 'bot', userId: null, name: null, at: this.clock.now().toISOString(), content };
  }

  private show(chat: Chat, message: PlaygroundMessage, key: string | null): void {
    this.streams.publish({ type: 'message', chat: { kind: chat.kind, id: chat.id }, message, key });
  }
}

const ofChannel = (chat: ChatRef): Chat => ({ channel: channelName, kind: chat.kind, id: chat.id });

const inboundOf = (chat: Chat, { userId, key }: PostedMessage, content: InboundContent): Inbound => ({
  chat,
  userId,
  key,
  content,
  replyVia: null,
});

function guarded(method: Route['method'], path: string, handle: Route['handle'], limitBytes = bodyLimitBytes): Route {
  return {
    method,
    path,
    bodyLimitBytes: method === 'POST' ? limitBytes : 0,
    handle: async (request) => {
      refuseOtherSites(request);
      return handle(request);
    },
  };
}

function json(status: number, value: unknown): WebResponse {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}
