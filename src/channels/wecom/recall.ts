/**
 * Messages of the app taken back (`message/recall`, path 94867): by their `msgid`, within 24 hours, for everybody who got
 * them. Copies in WeCom's plugin for WeChat stay.
 */
import type { Recall, SendFailure, SendResult, Shown } from '../channel';
import type { WecomApi } from './api';
import { type Fault, failureOf } from './failures';

const hours = 24;
/** Of another app, or too long ago. */
const unknownMessage = 40058;

export const recallThrough = (api: WecomApi): Recall => ({ hours, take: (shown) => takeBack(api, shown) });

/** What WeCom refuses holds up nothing: the rest is taken back, and what has to be tried again is told before what is final. */
async function takeBack(api: WecomApi, { receipts, took }: Shown): Promise<SendResult> {
  const failures: SendFailure[] = [];
  for (const msgid of receipts) {
    const called = await api.post('message/recall', { msgid });
    if (called.ok) took?.(msgid);
    else failures.push(describe(called.fault));
  }
  const failure = failures.find(({ retryable }) => retryable) ?? failures[0];
  return failure ? { ok: false, failure } : { ok: true };
}

function describe(fault: Fault): SendFailure {
  // Taking back what is gone already changes nothing, so a call without an answer may be repeated.
  const failure = failureOf(fault, true);
  const isTooLate = fault.kind === 'errcode' && fault.errcode === unknownMessage;
  return isTooLate ? { ...failure, ours: false, userText: tooLate } : failure;
}

const tooLate = '企业微信已不能收回这条消息（只能收回 24 小时内发出的）。请另发一条说明更正。';
