/**
 * Answers that were not ready when WeCom had to hear something: it then asks again and again, under the id of the stream,
 * until it gets the end (path 100719). They are kept in memory only; one that nobody fetches is pushed by the sender.
 */
import type { Log } from '../../log';
import type { Answer } from '../channel';
import type { Later } from '../later';

/** WeCom asks for at most six minutes, and a last time after the end (path 101031). */
const keptMs = 8 * 60_000;

export const waitingText = '正在处理，请稍候……';
const nothingText = '已处理。';
const failedText = '系统出了故障，这条消息没有处理。请稍后再发一次。';
/** After a restart, or where another copy of the bot knows more. */
const unknownText = '答复会另外发来。过一会儿还没有收到，请再发一次。';

interface Slow {
  text: string | null;
  answer: Answer | null;
}

export interface Current {
  readonly finish: boolean;
  readonly text: string;
  readonly done?: (left: boolean) => void;
}

export class SlowAnswers {
  private readonly slow = new Map<string, Slow>();

  constructor(
    private readonly later: Later,
    private readonly log: Log,
  ) {}

  /** @param write the answer as text. */
  keep(id: string, work: Promise<Answer | null>, write: (answer: Answer) => string): void {
    if (this.slow.has(id)) return;
    const entry: Slow = { text: null, answer: null };
    this.slow.set(id, entry);
    this.later(() => this.slow.delete(id), keptMs);
    work.then(
      (answer) => {
        entry.text = answer ? write(answer) : nothingText;
        entry.answer = answer;
      },
      () => {
        entry.text = failedText;
        this.log.error({ code: 'wecom_bot.not_stored' }, 'a message that WeCom counts as received was not stored');
      },
    );
  }

  current(id: string): Current {
    const entry = this.slow.get(id);
    if (!entry) return { finish: true, text: unknownText };
    if (entry.text === null) return { finish: false, text: waitingText };
    const { answer } = entry;
    return { finish: true, text: entry.text, done: (left) => (left ? answer?.settle(true) : undefined) };
  }
}
