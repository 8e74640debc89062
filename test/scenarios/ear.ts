/** Listens to the playground's events as its page does, and hands each answer to whoever waits for it. */
import type { Content } from '../../src/channels/content';
import { EventReader } from '../channels/playground/event-reader';

interface Waiting {
  resolve(content: Content): void;
  reject(reason: Error): void;
}

export class Ear {
  private readonly waiting = new Map<string, Waiting>();

  private constructor(private readonly events: EventReader) {}

  static async open(url: string): Promise<Ear> {
    const ear = new Ear(await EventReader.open(url));
    ear.listen().catch((reason: Error) => ear.giveUp(reason));
    return ear;
  }

  /** To be called before the message with this key is posted. */
  answerTo(key: string): Promise<Content> {
    const answer = new Promise<Content>((resolve, reject) => this.waiting.set(`answer:${key}`, { resolve, reject }));
    // Whoever posts may fail first and then waits no more.
    answer.catch(() => undefined);
    return answer;
  }

  close(): void {
    this.events.close();
    this.giveUp(new Error('the bot stopped before it answered'));
  }

  private async listen(): Promise<never> {
    for (;;) {
      const event = await this.events.next();
      if (event.type !== 'message') continue;
      const { id, content } = event.message;
      this.waiting.get(id)?.resolve(content);
      this.waiting.delete(id);
    }
  }

  private giveUp(reason: Error): void {
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }
}
