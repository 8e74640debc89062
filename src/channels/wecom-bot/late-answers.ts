/**
 * What a robot behind a callback address says outside the response: through the address that came with the message, or with
 * an earlier one that did not need it (path 101138). There is no other way to speak first.
 */
import type { Clock } from '../../clock';
import type { Chat, Outbound, SendResult, SpareWay, TakeSpareWay } from '../channel';
import type { Accounts } from './accounts';
import type { Heard } from './decode';
import { type BotFault, failureOf } from './failures';
import { cutToOne, type Json, markdownText, sayNoFiles } from './render';
import { isUsable, postAnswer, replyViaOf } from './response-url';

export interface LateParts {
  readonly accounts: Accounts;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly limitMs: number;
  readonly takeSpareWay: TakeSpareWay;
}

export class LateAnswers {
  constructor(private readonly parts: LateParts) {}

  async send({ chat, content, replyVia, went }: Outbound): Promise<SendResult> {
    const { apiUrl, clock, limitMs } = this.parts;
    const body = markdown(cutToOne(markdownText(sayNoFiles(content))));
    const own = isUsable(replyVia, apiUrl, clock.now()) ? replyVia : null;
    const spare = own ? null : await this.spareWay(chat);
    const via = own ?? spare?.via;
    if (!via) return refused({ kind: 'no_way' });
    const fault = await postAnswer(via, body, limitMs);
    if (fault) return spare ? refusedElsewhere(spare, fault) : refused(fault);
    went(null);
    return { ok: true };
  }

  /** As far as the message that it follows brought an address. */
  async say({ responseUrl }: Heard, text: string): Promise<void> {
    const { apiUrl, clock, limitMs } = this.parts;
    const via = replyViaOf(responseUrl, apiUrl, clock.now());
    if (via) await postAnswer(via, markdown(text), limitMs);
  }

  /** Only of their own chat: in a group it would answer somebody's message. */
  private async spareWay({ kind, id }: Chat): Promise<SpareWay | null> {
    const { accounts, apiUrl, clock, takeSpareWay } = this.parts;
    const spare = kind === 'private' ? await takeSpareWay(await accounts.accountOf(id)) : null;
    return spare && isUsable(spare.via, apiUrl, clock.now()) ? spare : null;
  }
}

/** What WeCom says of an address that was not meant for this message tells staff nothing. */
async function refusedElsewhere(spare: SpareWay, fault: BotFault): Promise<SendResult> {
  const result = refused(fault);
  if (result.failure.unknown) return result;
  if (!result.failure.retryable) return refused({ kind: 'no_way' });
  await spare.giveBack();
  return result;
}

const refused = (fault: BotFault) => ({ ok: false, failure: failureOf(fault) }) as const;

const markdown = (content: string): Json => ({ msgtype: 'markdown', markdown: { content } });
