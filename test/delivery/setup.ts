/** An outbox on a fresh database, a clock that stands still, and a channel that remembers what it was given to send. */
import { OutboxMessage } from '../../entities/outbox-message';
import { createDataSource } from '../../ormconfig';
import type { Channel, Chat, Outbound, Quota, SendFailure, SendResult } from '../../src/channels/channel';
import { say } from '../../src/channels/content';
import { FixedClock } from '../../src/clock';
import { Database } from '../../src/database/database';
import { type Draft, post } from '../../src/delivery/outbox';
import { createSender, type Sender, type SenderParts } from '../../src/delivery/sender';
import { createLog } from '../../src/log';
import type { TestDatabase } from '../support/databases';

export const start = new Date('2026-07-07T02:00:00.000Z');

export const failure = (given: Partial<SendFailure> = {}): SendResult => ({
  ok: false,
  failure: {
    code: 'fake.busy',
    message: 'busy',
    userText: '平台繁忙，请稍后再试。',
    retryable: true,
    ours: false,
    unknown: false,
    waitMs: null,
    ...given,
  },
});

type Answer = (message: Outbound) => SendResult | Promise<SendResult>;

/** The one fake: it takes everything unless told otherwise. */
export class FakeChannel implements Channel {
  readonly routes = [];
  readonly sent: Outbound[] = [];
  answer: Answer = (message) => {
    message.went(`p${message.id}`);
    return { ok: true };
  };

  constructor(
    readonly name: string,
    readonly quotas: readonly Quota[] = [],
  ) {}

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  async send(message: Outbound): Promise<SendResult> {
    this.sent.push(message);
    return this.answer(message);
  }

  /** What was sent, by its text, in order. */
  get texts(): readonly string[] {
    return this.sent.map(textOf);
  }
}

export function textOf(message: Pick<Outbound, 'content'>): string {
  const [block] = message.content.blocks;
  return block?.kind === 'text' ? block.text : '';
}

export const chat = (id: string, channel = 'fake'): Chat => ({ channel, kind: 'private', id });

export const draft = (text: string, to: string | Chat = 'zhang', rest: Partial<Draft> = {}): Draft => ({
  chat: typeof to === 'string' ? chat(to) : to,
  content: say([text]),
  purpose: 'notice',
  ...rest,
});

export class Office {
  readonly clock = new FixedClock(start);
  readonly lines: string[] = [];
  readonly log = createLog('debug', { write: (line) => void this.lines.push(line) });
  private constructor(
    readonly database: Database,
    private readonly url: string,
    private readonly closing: (() => Promise<void>)[],
  ) {}

  static async open(on: TestDatabase): Promise<Office> {
    const opened = await on.open();
    return new Office(new Database(opened.dataSource), opened.url, [() => opened.close()]);
  }

  /** A second copy of the bot: its own connections to the same database. */
  async secondDatabase(): Promise<Database> {
    const dataSource = await createDataSource(this.url).initialize();
    this.closing.unshift(() => dataSource.destroy());
    return new Database(dataSource);
  }

  sender(channels: readonly Channel[], parts: Partial<SenderParts> = {}): Sender {
    const { database, clock, log } = this;
    return createSender({ database, clock, log, channels, random: () => 0.5, ...parts });
  }

  post(...drafts: readonly Draft[]): Promise<readonly number[]> {
    return this.database.transact((tx) => post(tx, drafts, this.clock.now()));
  }

  row(id: number | undefined): Promise<OutboxMessage> {
    return this.database.read((tx) => tx.findOneByOrFail(OutboxMessage, { id: id ?? 0 }));
  }

  /** Moves the clock on. */
  pass(milliseconds: number): void {
    this.clock.set(at(milliseconds, this.clock.now()));
  }

  async close(): Promise<void> {
    for (const close of this.closing) await close();
  }
}

export const at = (milliseconds: number, from = start): Date => new Date(from.getTime() + milliseconds);

/** A promise with its own resolver, to hold a send at work. */
export function gate() {
  let open: () => void = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), passed };
}
