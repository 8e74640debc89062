/** The kinds of verdict on a failed send that WeCom's app and robot share. */
import type { SendFailure } from '../channel';

export type Verdict = Pick<SendFailure, 'userText' | 'retryable' | 'ours' | 'waitMs'>;

/** WeCom's side, and passing. */
export const later = (waitMs: number | null = null): Verdict => ({
  userText: '企业微信暂时没有接收，稍后会自动重发。',
  retryable: true,
  ours: false,
  waitMs,
});
/** Ours to mend, in the settings or the console. */
export const configured = (userText: string): Verdict => ({ userText, retryable: false, ours: true, waitMs: null });
/** This addressee or this content; trying again does not help. */
export const addressed = (userText: string): Verdict => ({ userText, retryable: false, ours: false, waitMs: null });
