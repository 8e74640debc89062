/** Reads the playground's events one by one, as a page would. */
import type { PlaygroundEvent } from '../../../src/channels/playground/wire';

export class EventReader {
  private buffer = '';

  private constructor(private readonly reader: ReadableStreamDefaultReader<string>) {}

  /** Resolves once the server listens to this reader, so that nothing said afterwards is missed. */
  static async open(url: string): Promise<EventReader> {
    const response = await fetch(`${url}/playground/events`);
    if (!response.body) throw new Error('no stream');
    const events = new EventReader(response.body.pipeThrough(new TextDecoderStream()).getReader());
    await events.nextBlock();
    return events;
  }

  async next(): Promise<PlaygroundEvent> {
    const block = await this.nextBlock();
    return block.startsWith('data: ') ? JSON.parse(block.slice('data: '.length)) : this.next();
  }

  close(): void {
    void this.reader.cancel();
  }

  private async nextBlock(): Promise<string> {
    const end = this.buffer.indexOf('\n\n');
    if (end >= 0) {
      const block = this.buffer.slice(0, end);
      this.buffer = this.buffer.slice(end + 2);
      return block;
    }
    const { value, done } = await this.reader.read();
    if (done) throw new Error('the stream ended');
    this.buffer += value;
    return this.nextBlock();
  }
}
