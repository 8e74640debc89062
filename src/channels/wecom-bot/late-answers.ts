/**
 * What a robot behind a callback address says outside the response: through the address that came with the message, or with
 * an earlier one that did not need it (path 101138). There is no other way to speak first.
 */
import type { Clock } from '../../clock';
import type { Chat, Outbound, ReplyVia, SendResult } from '../channel';
import type { Accounts } from './accounts';
import type { Heard } from './decode';
import { type BotFault, failureOf } from './failures';
import { cutToOne, type Json, markdownText, sayNoFiles } from './render';
import { isUsable, postAnswer, replyViaOf } from './response-url';
import { WaysBack } from './ways-back';

export interface LateParts {
  readonly accounts: Accounts;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly limitMs: number;
}

export class LateAnswers {
  readonly waysBack: WaysBack;

  constructor(private readonly parts: LateParts) {
    this.waysBack = new WaysBack(parts.apiUrl);
  }

  async send({ chat, content, replyVia, went }: Outbound): Promise<SendResult> {
    const { apiUrl, clock, limitMs } = this.parts;
    const own = isUsable(replyVia, apiUrl, clock.now()) ? replyVia : null;
    const via = own ?? this.otherWay(chat);
    if (!via) return refused({ kind: 'no_way' });
    const fault = await postAnswer(via, markdown(cutToOne(markdownText(sayNoFiles(content)))), limitMs);
    if (fault) return own ? refused(fault) : this.refusedElsewhere(chat, via, fault);
    went(null);
    return { ok: true };
  }

  /** As far as the message that it follows brought an address. */
  async say({ responseUrl }: Heard, text: string): Promise<void> {
    const { apiUrl, clock, limitMs } = this.parts;
    const via = replyViaOf(responseUrl, apiUrl, clock.now());
    if (via) await postAnswer(via, markdown(text), limitMs);
  }

  private otherWay({ kind, id }: Chat): ReplyVia | null {
    const { accounts, clock } = this.parts;
    return kind === 'private' ? this.waysBack.take(accounts.known(id), clock.now()) : null;
  }

  /** What WeCom says of an address that was not meant for this message tells staff nothing. */
  private refusedElsewhere({ id }: Chat, via: ReplyVia, fault: BotFault): SendResult {
    const result = refused(fault);
    if (result.failure.unknown) return result;
    if (!result.failure.retryable) return refused({ kind: 'no_way' });
    this.waysBack.keep(this.parts.accounts.known(id), via);
    return result;
  }
}

const refused = (fault: BotFault) => ({ ok: false, failure: failureOf(fault) }) as const;

const markdown = (content: string): Json => ({ msgtype: 'markdown', markdown: { content } });
