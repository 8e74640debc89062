/** Rows on their way through a channel together: what it is given of each, and what has gone so far. */
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Channel, Outbound, SendResult } from '../channels/channel';
import { inShanghai } from '../clock';
import { loadFile } from './files';
import { type HoldParts, renewHold } from './hold';
import type { Progress } from './outcome';
import { chatOf } from './places';

/** Rows for one channel: one, or several that its broadcast takes in one call. */
export type Cast = readonly [OutboxMessage, ...OutboxMessage[]];

export interface Tried {
  readonly row: OutboxMessage;
  readonly result: SendResult;
  readonly gone: number;
  readonly receipts: readonly string[];
}

export type Attempts = readonly [Attempt, ...Attempt[]];

/** What one decision sends of the bot's own accord goes together, also after a try that only some of it came through. */
export const batchOf = ({ purpose, createdAt }: Pick<OutboxMessage, 'purpose' | 'createdAt'>): string | undefined =>
  purpose === 'reply' ? undefined : `${purpose} ${createdAt.getTime()}`;

export function progressOf(
  { row, gone, receipts }: Omit<Tried, 'result'>,
  channel: Channel | undefined,
  now: Date,
): Progress {
  const hours = receipts.length > 0 && !row.recalls ? channel?.recall?.hours : undefined;
  return { gone, receipts, recallableUntil: hours ? inShanghai(now).plus({ hours }).toJSDate() : null };
}

/** @param behind rows in the same hand, to be sent to the same chats after these. */
export function attemptsOf(
  parts: HoldParts,
  channel: Channel | undefined,
  [first, ...others]: Cast,
  behind: readonly OutboxMessage[],
): Attempts {
  const hold = new Hold(parts, channel, behind);
  return [new Attempt(first, parts, hold), ...others.map((row) => new Attempt(row, parts, hold))];
}

class Attempt {
  readonly outbound: Outbound;
  gone: number;
  receipts: readonly string[];

  constructor(
    readonly row: OutboxMessage,
    { database }: HoldParts,
    hold: Hold,
  ) {
    this.gone = row.gone;
    this.receipts = row.receipts ?? [];
    this.outbound = {
      id: String(row.id),
      batch: batchOf(row),
      chat: chatOf(row),
      content: row.content,
      replyVia: row.replyVia,
      gone: row.gone,
      went: (receipt) => this.went(receipt),
      roomIn: () => hold.roomIn(this),
      load: (fileId) => database.read((tx) => loadFile(tx, fileId)),
    };
    hold.join(this);
  }

  tried(result: SendResult): Tried {
    return { row: this.row, result, gone: this.gone, receipts: this.receipts };
  }

  /** A message that takes others back has so much less to do. */
  took(taken: readonly string[]): void {
    this.receipts = this.receipts.filter((receipt) => !taken.includes(receipt));
  }

  private went(receipt: string | null): void {
    this.gone += 1;
    if (receipt !== null) this.receipts = [...this.receipts, receipt];
  }
}

/** The quotas are asked once for all that have come equally far. */
class Hold {
  private readonly attempts: Attempt[] = [];
  private readonly asked = new Map<number, Promise<ReadonlyMap<number, number>>>();

  constructor(
    private readonly parts: HoldParts,
    private readonly channel: Channel | undefined,
    private readonly behind: readonly OutboxMessage[],
  ) {}

  join(attempt: Attempt): void {
    this.attempts.push(attempt);
  }

  async roomIn({ row, gone }: Attempt): Promise<number> {
    const asking = this.asked.get(gone) ?? this.askAt(gone);
    this.asked.set(gone, asking);
    return (await asking).get(row.id) ?? 0;
  }

  private askAt(gone: number): Promise<ReadonlyMap<number, number>> {
    const now = this.parts.clock.now();
    const abreast = this.attempts.filter((each) => each.gone === gone);
    const held = abreast.map((each) => ({ row: each.row, progress: progressOf(each, this.channel, now) }));
    return renewHold(this.parts, held, this.behind);
  }
}
