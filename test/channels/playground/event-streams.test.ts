/** Pages that stop reading must not cost the server its memory. */
import { describe, expect, it } from '@jest/globals';
import { say } from '../../../src/channels/content';
import { EventStreams } from '../../../src/channels/playground/event-streams';
import { createLog } from '../../../src/log';

const event = {
  type: 'message',
  chat: { kind: 'group', id: 'work' },
  message: { id: '1', from: 'bot', userId: null, name: null, at: '', content: say(['长'.repeat(300_000)]) },
  key: null,
} as const;

describe('EventStreams', () => {
  it('cuts off a page that does not read, and goes on serving the others', () => {
    const streams = new EventStreams(createLog('silent'));
    const asleep = streams.connect();
    const awake = streams.connect();
    const readAll: unknown[] = [];
    for (let sent = 0; sent < 4; sent += 1) {
      streams.publish(event);
      readAll.push(awake.read());
    }
    expect(asleep.destroyed).toBe(true);
    expect(awake.destroyed).toBe(false);
    expect(readAll.every((chunk) => chunk !== null)).toBe(true);
    streams.close();
  });

  it('ends at once for a page that connects while the server stops', () => {
    const streams = new EventStreams(createLog('silent'));
    streams.close();
    const stream = streams.connect();
    stream.resume();
    return new Promise<void>((resolve) => stream.on('end', resolve));
  });
});
