/** A channel that sends each word of a text as a part of its own, and knows when. */
import type { Outbound, SendResult } from '../../src/channels/channel';
import { sendParts } from '../../src/channels/part-run';
import { FakeChannel, failure, textOf } from './setup';

export const partsOf = (message: Pick<Outbound, 'content'>): readonly string[] => textOf(message).split(' ');

export class WordsChannel extends FakeChannel {
  readonly words: { readonly to: string; readonly word: string; readonly atMs: number }[] = [];
  refused: string | null = null;
  pauseMs = 0;
  before: (word: string) => Promise<void> | void = () => undefined;
  now: () => Date = () => new Date(0);

  override async send(message: Outbound): Promise<SendResult> {
    return sendParts(message, partsOf(message), (word) => this.say(word, message), this.pauseMs);
  }

  async say(word: string, { chat: { id: to } }: Outbound) {
    await this.before(word);
    if (word === this.refused) return failure() as Extract<SendResult, { ok: false }>;
    this.words.push({ to, word, atMs: this.now().getTime() });
    return { ok: true, receipt: word } as const;
  }

  get said(): string {
    return this.words.map(({ word }) => word).join(' ');
  }

  /** The most within a minute, to one person or to all. */
  most(isMeant: (to: string) => boolean = () => true): number {
    const times = this.words.filter(({ to }) => isMeant(to)).map(({ atMs }) => atMs);
    return Math.max(...times.map((end) => times.filter((time) => time > end - 60_000 && time <= end).length));
  }
}
