/**
 * What every channel promises, whichever platform it speaks to: one suite, run against each of them beside a platform that
 * keeps its own rules. What only one platform has is tested in the folder of its channel.
 */
import type { Channel, Chat, Inbound, Outbound, ReplyVia, SendResult } from '../../src/channels/channel';
import { type Content, say } from '../../src/channels/content';
import { sendWhole } from './tries';

/** What makes a delivery one that the platform did not make. */
export type Flaw =
  | 'a wrong signature'
  | 'no signature'
  | 'another receiver'
  | 'a time of yesterday'
  | 'a page of another site'
  | 'no sense';

export interface Said {
  readonly text: string;
  /** The platform's name for this message; digits. */
  readonly key: string;
  readonly flaw?: Flaw;
  /** Not a text but something that nobody reads. */
  readonly isUnreadable?: boolean;
}

/** What the platform does with the next message that is sent to it. */
export type Trouble =
  | 'throttles it'
  | 'fails with a 5xx'
  | 'refuses it with a 200'
  | 'is slow'
  | 'breaks the connection'
  | 'has dropped the token';

/** One channel beside its platform. */
export interface Subject {
  readonly channel: Channel;
  readonly heard: readonly Inbound[];
  /** Where it can send to. */
  readonly chat: Chat;
  /** What no log and no failure may name: secrets, people. */
  readonly secrets: readonly string[];
  /** Resolves with whether the platform counts it as delivered. */
  speak?(said: Said): Promise<boolean>;
  /** From now on nothing can be stored. */
  breakStorage?(): Promise<unknown>;
  replyVia?(): ReplyVia;
  /** The words that people have in front of them, message by message. */
  shown(): Promise<readonly string[]>;
  /** Prepares it, and may resolve once the message had its chance. */
  trouble?(what: Trouble): (() => Promise<unknown>) | undefined;
  /** Ends everything, and returns all log lines. */
  end(): Promise<string>;
}

export interface Kind {
  readonly name: string;
  open(limits?: { readonly callLimitMs: number }): Promise<Subject>;
  readonly flaws: readonly Flaw[];
  readonly troubles: readonly Trouble[];
  /** Whether it hears at all, and what of it. */
  readonly hears: boolean;
  readonly hearsUnreadable?: boolean;
  /** An answer through it is one message, and ends with a word on what is missing. */
  readonly cutsLongTexts?: boolean;
}

const spoken = '机密数字27家';
const key = '7384729384729384729';
const quick = { callLimitMs: 100 };

let subject: Subject;
let ended: string | null;
const open = async (kind: Kind, limits?: { readonly callLimitMs: number }) => {
  ended = null;
  subject = await kind.open(limits);
};
const end = async () => {
  ended ??= await subject.end();
  return ended;
};

export function describeContract(kind: Kind): void {
  describe(kind.name, () => {
    afterEach(end);
    if (kind.hears) describe('hears', () => describeHearing(kind));
    describe('sends', () => describeSending(kind));
    it('logs and reports neither secrets nor people nor what they say', () => watchItsTongue(kind));
  });
}

const speak = async (more: Partial<Said> = {}): Promise<boolean> =>
  (await subject.speak?.({ text: spoken, key, ...more })) ?? false;

function describeHearing(kind: Kind): void {
  beforeEach(() => open(kind));

  it('a message, whole and once', async () => {
    expect(await speak()).toBe(true);
    expect(subject.heard.map(({ content }) => content)).toEqual([{ kind: 'text', text: spoken }]);
  });

  it('a message that is delivered again under the same key, and the next under another', async () => {
    await speak();
    await speak();
    await speak({ key: '7384729384729384730' });
    const keys = subject.heard.map((inbound) => inbound.key);
    expect(new Set(keys).size).toBe(2);
    expect(keys.at(-1)).not.toBe(keys[0]);
  });

  it('copies of a message that arrive at once under one key', async () => {
    expect(await Promise.all([speak(), speak(), speak()])).toEqual([true, true, true]);
    expect(new Set(subject.heard.map((inbound) => inbound.key)).size).toBe(1);
  });

  it('a long text as it was written', async () => {
    const text = `${'企业27，'.repeat(700)}完`;
    await speak({ text });
    expect(subject.heard.map(({ content }) => content)).toEqual([{ kind: 'text', text }]);
  });

  if (kind.flaws.length > 0) {
    it.each(kind.flaws)('nothing that comes with %s', async (flaw) => {
      expect(await speak({ flaw })).toBe(false);
      expect(subject.heard).toEqual([]);
      expect(await speak()).toBe(true);
    });

    it('what could not be stored as not delivered, so that it comes again', async () => {
      await subject.breakStorage?.();
      expect(await speak()).toBe(false);
    });
  }

  if (kind.hearsUnreadable !== false) {
    it('that there was something it cannot read', async () => {
      expect(await speak({ isUnreadable: true })).toBe(true);
      expect(subject.heard).toMatchObject([{ content: { kind: 'other', type: expect.stringMatching(/./) } }]);
    });
  }
}

const outbound = (content: Content, more: Partial<Outbound> = {}): Outbound => ({
  id: '1',
  chat: subject.chat,
  content,
  replyVia: subject.replyVia?.() ?? null,
  gone: 0,
  went: () => undefined,
  load: () => Promise.reject(new Error('there is no file')),
  ...more,
});

const send = (content: Content, more: Partial<Outbound> = {}): Promise<SendResult> =>
  subject.channel.send(outbound(content, more));

function describeSending(kind: Kind): void {
  it('what is said', async () => {
    await open(kind);
    expect(await send(say([spoken]))).toMatchObject({ ok: true });
    expect(await subject.shown()).toEqual([spoken]);
  });

  it('a text of any length in messages that the platform takes', async () => {
    await open(kind);
    const lines = Array.from({ length: 1200 }, (_, index) => `第${index}行光山县`);
    expect(await sendWhole(subject.channel, outbound(say([lines.join('\n')])))).toMatchObject({ ok: true });
    const shown = (await subject.shown()).join('\n').split(/\n+/);
    if (kind.cutsLongTexts) expect(shown.at(-1)).toContain('内容太长');
    else expect(shown).toEqual(lines);
  });

  if (kind.troubles.length > 0) {
    it.each(kind.troubles)('and says what to make of a platform that %s', async (trouble) => {
      await open(kind, trouble === 'is slow' ? quick : undefined);
      expect(await sendInto(trouble)).toMatchObject(expected[trouble]);
    });
  }
}

const said = { userText: expect.stringMatching(/\p{Script=Han}/u), message: expect.stringMatching(/\w/) };
const failure = (facts: object) => ({ ok: false, failure: { ...said, ...facts } });
/** Sent again, or told apart as perhaps shown: never given up in silence. */
const notLost = { judged: 'again or unknown' };

const expected: Readonly<Record<Trouble, object>> = {
  'throttles it': failure({ retryable: true, unknown: false, ours: false }),
  'fails with a 5xx': failure({ retryable: true, ours: false }),
  'refuses it with a 200': failure({ retryable: false, unknown: false }),
  'is slow': failure({ ...notLost, ours: false }),
  'breaks the connection': failure({ ...notLost, ours: false }),
  'has dropped the token': { ok: true },
};

async function sendInto(trouble: Trouble): Promise<object> {
  // A token that was never used cannot be dropped.
  if (trouble === 'has dropped the token') await send(say(['1']), { id: '0' });
  const after = subject.trouble?.(trouble);
  const sending = send(say([spoken]));
  await after?.();
  const result = await sending;
  if (result.ok) return result;
  const { retryable, unknown } = result.failure;
  return { ok: false, failure: { ...result.failure, judged: retryable || unknown ? 'again or unknown' : 'lost' } };
}

async function watchItsTongue(kind: Kind): Promise<void> {
  await open(kind);
  await speak();
  for (const flaw of kind.flaws) await speak({ flaw });
  const results: object[] = [];
  for (const trouble of kind.troubles.filter((each) => each !== 'is slow')) results.push(await sendInto(trouble));
  if (subject.breakStorage) {
    await subject.breakStorage();
    await speak({ key: '7384729384729384731' });
  }
  const told = JSON.stringify(results) + (await end());
  for (const secret of [spoken, ...subject.secrets]) expect(told).not.toContain(secret);
}
