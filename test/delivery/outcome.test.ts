import type { SendResult } from '../../src/channels/channel';
import { outcomeOf } from '../../src/delivery/outcome';
import { at, failure, start } from './setup';

const busy = failure();

describe('what follows from a failure', () => {
  it.each<[string, number, SendResult, number, number]>([
    ['the first: five seconds', 1, busy, 0.5, 5_000],
    ['the first, at the short end of chance', 1, busy, 0, 4_000],
    ['the first, towards the long end', 1, busy, 0.75, 5_500],
    ['the fifth: an hour', 5, busy, 0.5, 3_600_000],
    ['the platform asks for longer', 1, failure({ waitMs: 60_000 }), 0.5, 60_000],
    ['the platform asks for less', 2, failure({ waitMs: 1_000 }), 0.5, 30_000],
  ])('%s', (_label, attempts, result, random, waitMs) => {
    expect(outcomeOf({ attempts, result, now: start, random })).toMatchObject({ kind: 'retry', dueAt: at(waitMs) });
  });

  it.each<[string, number, SendResult]>([
    ['after the sixth', 6, busy],
    ['when trying again is of no use', 1, failure({ retryable: false })],
    ['when the message may have arrived', 1, failure({ unknown: true })],
  ])('is given up %s', (_label, attempts, result) => {
    expect(outcomeOf({ attempts, result, now: start, random: 0.5 })).toMatchObject({ kind: 'dead' });
  });
});
