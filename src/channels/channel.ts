/**
 * The one contract between the product and a chat platform. A channel verifies, decodes, renders and sends; it knows
 * nothing of reports. The rest of the product knows this file and no platform.
 */
import type { Readable } from 'node:stream';
import type { Content } from './content';

export type ChatKind = 'private' | 'group';

/** A place where people talk. In a private chat `id` is the other person's user id on that channel. */
export interface Chat {
  readonly channel: string;
  readonly kind: ChatKind;
  readonly id: string;
}

export type InboundContent =
  | { readonly kind: 'text'; readonly text: string }
  /** Speech that the platform turned into text; never as sure as typing. */
  | { readonly kind: 'voice'; readonly text: string }
  | { readonly kind: 'picture'; readonly ref: string }
  | { readonly kind: 'file'; readonly name: string; readonly ref: string; readonly load?: LoadFile }
  /**
   * A tap on an answer of a message that was sent, by its place among them. What it stands for is read from that message:
   * `isOf` tells whether a content is the one that was tapped, since numbers of messages begin again in a new database.
   */
  | {
      readonly kind: 'choice';
      readonly outboundId: string;
      readonly index: number;
      readonly isOf: (sent: Content) => boolean;
      /**
       * Where every tap of a person on it bears the same key: how long one is taken for a repetition of the last, and after
       * which it is a tap of its own. Absent where each has a key of its own.
       */
      readonly repeatedWithinMs?: number;
    }
  /** The person opened the chat or started to follow the bot. */
  | { readonly kind: 'opened' }
  | { readonly kind: 'other'; readonly type: string };

/** Fetches what a person sent, outside any transaction. Absent where the platform has no way to. */
export type LoadFile = (limitBytes: number) => Promise<LoadedFile>;

export type LoadedFile =
  /** `name` where the platform tells it only with the file. */
  | { readonly ok: true; readonly bytes: Buffer; readonly name?: string }
  | { readonly ok: false; readonly reason: 'too_large' | 'expired' | 'unreachable' };

/** A free way back that the platform gave with a message, good until `expiresAt` (ISO instant). Stored as JSON. */
export interface ReplyVia {
  readonly handle: string;
  readonly expiresAt: string;
}

/** One message from a person, verified and decoded. */
export interface Inbound {
  readonly chat: Chat;
  readonly userId: string;
  /** The channel under which these people's accounts are registered too: robots of one platform share its accounts. */
  readonly directory?: string;
  /** Identifies this message among all of its channel's, however often the platform delivers it. Any length. */
  readonly key: string;
  readonly content: InboundContent;
  readonly replyVia: ReplyVia | null;
}

/**
 * What was committed as the answer. It already lies in the outbox: `settle(true)` after the platform has taken it in the
 * HTTP response; `settle(false)` when the channel cannot answer there, so that the sender pushes it at once.
 */
export interface Answer {
  readonly content: Content;
  /** What the choice is called that was tapped; absent when nothing of ours was. */
  readonly chosen?: string;
  settle(delivered: boolean): void;
}

/** Resolves once everything is committed; null when there is nothing to say. Rejects when nothing was stored (answer 500). */
export type Receive = (inbound: Inbound) => Promise<Answer | null>;

/** What became of a message that was delivered before. */
export type Earlier =
  /** It was not taken in, or not yet. */
  | { readonly kind: 'unknown' }
  /** There was nothing to say. */
  | { readonly kind: 'silent' }
  /** The sender has the answer in hand, or has sent it. */
  | { readonly kind: 'sending' }
  | { readonly kind: 'answer'; readonly answer: Answer };

/** Looks a message up by its key, whichever copy of the bot took it in. */
export type LookUp = (key: string) => Promise<Earlier>;

/** A free way back that came with a message and was not needed for its answer: it takes one message more. */
export interface SpareWay {
  readonly via: ReplyVia;
  /** Where the platform did not take it. */
  giveBack(): Promise<void>;
}

/** Gives each away once, whichever copy of the bot heard the message; null when this person left none. */
export type TakeSpareWay = (account: string) => Promise<SpareWay | null>;

export interface WebRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface WebResponse {
  readonly status: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Readable;
  /** Called once the response has left (true) or the connection broke before (false). */
  readonly done?: (left: boolean) => void;
}

/** An address that the web server mounts for a channel. A handler throws a `Problem` to refuse. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly bodyLimitBytes: number;
  handle(request: WebRequest): Promise<WebResponse>;
}

export interface OutboundFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface Outbound {
  /** Stable over retries: the channel offers it to the platform as idempotency key where there is one. */
  readonly id: string;
  /**
   * The same for all messages of one decision, in every try and however they are gathered in calls: who says `content` under
   * it to the same chat once more repeats it. Absent for what goes to one chat alone.
   */
  readonly batch?: string;
  readonly chat: Chat;
  readonly content: Content;
  readonly replyVia: ReplyVia | null;
  /** How many of the parts that the platform takes it in have gone before: a retry goes on from there. */
  readonly gone: number;
  /** To be called for each part that has gone, with the platform's name for it where it has one. */
  went(receipt: string | null): void;
  /**
   * To be asked before each part but the first of a try: for how many milliseconds the quotas have no room for it, or 0.
   * Absent where nothing limits.
   */
  roomIn?(): Promise<number>;
  load(fileId: number): Promise<OutboundFile>;
}

/** Why a send failed, in the facts that the sender decides by. */
export interface SendFailure {
  /** Stable, for the log and the dead letter: `wecom.45009`. */
  readonly code: string;
  /** For us; names no person, secret or text. */
  readonly message: string;
  /** For staff, in Chinese: what went wrong and what to do. */
  readonly userText: string;
  readonly retryable: boolean;
  /** Our mistake (configuration, rendering) rather than the platform's or the addressee's. */
  readonly ours: boolean;
  /** The platform may have taken it all the same: the call timed out and has no idempotency key. */
  readonly unknown: boolean;
  /** Do not try before this many milliseconds. */
  readonly waitMs: number | null;
  /** Nothing went wrong: the rest has to wait for `waitMs`, and the try does not count. */
  readonly isPause?: true;
}

export type SendResult = { readonly ok: true } | { readonly ok: false; readonly failure: SendFailure };

/** What people were shown and may be spared again. */
export interface Shown {
  readonly chat: Chat;
  /** The platform's names for it, as `went` was told them. */
  readonly receipts: readonly string[];
  /** To be told of each that was taken back where they are asked for one by one: a retry leaves it out. */
  took?(receipt: string): void;
}

/** The way to take back what was sent. */
export interface Recall {
  /** How long after it was sent the platform still does so. */
  readonly hours: number;
  take(shown: Shown): Promise<SendResult>;
}

/** The way to tell many people the same in one call. */
export interface Broadcast {
  /** People in one call. */
  readonly most: number;
  /** Messages to people, alike in content and in what of them has gone; the results in their order. */
  send(messages: readonly [Outbound, ...Outbound[]]): Promise<readonly SendResult[]>;
}

/**
 * At most `count` calls in `seconds`, to one chat or over the whole channel. A call is a part of a message, whether it goes
 * to one person or, in a broadcast, to many.
 */
export interface Quota {
  readonly per: 'chat' | 'channel';
  readonly count: number;
  readonly seconds: number;
  /** Answers that the channel handed over itself count too. */
  readonly withAnswers?: true;
}

export interface Channel {
  readonly name: string;
  /** Names of channels that are not there, whose messages it carries too: to the same people, out of the same quotas. */
  readonly alsoCarries?: readonly string[];
  readonly routes: readonly Route[];
  readonly quotas: readonly Quota[];
  start(receive: Receive): Promise<void>;
  /** Refuses new messages and resolves when the ones at work are answered. */
  stop(): Promise<void>;
  /** Gives up the way out, when nothing more is to be sent. Absent where it needs no connection. */
  close?(): Promise<void>;
  send(message: Outbound): Promise<SendResult>;
  /** Whether its lasting connection stands; absent where it needs none. */
  isConnected?(): boolean;
  /**
   * Whether its way out stands just now: as long as it does not, messages wait for it, or for another copy of the bot whose
   * way out does. Absent where there is always one.
   */
  canSend?(): boolean;
  /** Absent where the platform cannot. */
  readonly recall?: Recall;
  readonly broadcast?: Broadcast;
}
