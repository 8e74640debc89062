/**
 * What travels between the playground's server and its page, as JSON. Both sides import this file, so it may import
 * nothing of Node and nothing of the browser.
 */
import type { Content } from '../content';

export interface PlaygroundPerson {
  readonly userId: string;
  readonly name: string;
  /** In Chinese, as shown: 联络员, 副联络员, 分管领导, 市局人员, 市局领导, 未登记. The page sorts people into sections by it. */
  readonly role: string;
  /** Name of the unit; empty for somebody who has none yet. */
  readonly unit: string;
}

export interface PlaygroundGroup {
  readonly id: string;
  readonly name: string;
}

export interface PlaygroundMessage {
  readonly id: string;
  readonly from: 'bot' | 'person';
  readonly userId: string | null;
  readonly name: string | null;
  /** ISO instant on the trial's clock. */
  readonly at: string;
  readonly content: Content;
  /** It was taken back; its content is empty. */
  readonly recalled?: boolean;
}

/** A chat of this channel; in a private chat `id` is the person's user id. */
export interface ChatRef {
  readonly kind: 'private' | 'group';
  readonly id: string;
}

export interface TrialClock {
  /** ISO instant. */
  readonly now: string;
  /** Whether it differs from real time. */
  readonly moved: boolean;
}

export interface PlaygroundState {
  readonly people: readonly PlaygroundPerson[];
  readonly groups: readonly PlaygroundGroup[];
  readonly clock: TrialClock;
}

export interface PostedMessage {
  readonly chat: ChatRef;
  readonly userId: string;
  readonly text: string;
  /** Made by the page, one for each message however often it is posted. */
  readonly key: string;
  /** Whether the bot is spoken to; in a private chat it always is. */
  readonly mention: boolean;
}

export type PlaygroundEvent =
  | {
      readonly type: 'message';
      readonly chat: ChatRef;
      readonly message: PlaygroundMessage;
      /** Key under which the page posted this message; null for what the bot says. */
      readonly key: string | null;
    }
  /** The message of that id was taken back. */
  | { readonly type: 'recalled'; readonly chat: ChatRef; readonly id: string }
  | { readonly type: 'clock'; readonly clock: TrialClock };

/** Longest text that one message may have, in UTF-16 units. */
export const textLimit = 4000;

/** Largest file that one message may carry; the address takes a little more, so that the bot itself can say what is wrong. */
export const fileLimitBytes = 5 * 1024 * 1024;
