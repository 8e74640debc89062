/**
 * The address that WeCom calls: its check of the address (GET) and its messages (POST). Verifies, opens and decodes, hands
 * over to `receive`, and answers in the response where WeCom shows it. Nothing is answered before `receive` has committed:
 * WeCom hangs up after 5 s and delivers again (path 90238), and the repetition gets the answer. Knows nothing of what is said.
 */
import type { Clock } from '../../clock';
import type { WecomAppConfig } from '../../config';
import type { Log } from '../../log';
import { problems } from '../../problems';
import { AtWork } from '../at-work';
import type { Answer, Receive, Route, WebRequest, WebResponse } from '../channel';
import type { ChoiceCards } from './choice-cards';
import type { SealKeys } from './crypto';
import { type Decoded, type Decoding, decode } from './decode';
import { passiveReply } from './passive';
import type { FileOpener } from './received-file';
import { openEcho, openSealed } from './sealed-call';
import { readXml } from './xml';

const path = '/callback/wecom/app';
const bodyLimitBytes = 1024 * 1024;
/** "Received, nothing to say": WeCom neither shows it nor sends again. */
const empty: WebResponse = { status: 200, type: 'text/plain', body: '' };

export interface CallbackOptions {
  readonly config: WecomAppConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly cards: ChoiceCards;
  /** How a file that came is fetched. */
  readonly open: FileOpener;
}

export class Callback {
  readonly routes: readonly Route[] = [
    { method: 'GET', path, bodyLimitBytes: 0, handle: async (request) => this.confirmAddress(request) },
    { method: 'POST', path, bodyLimitBytes, handle: (request) => this.atWork.follow(this.take(request)) },
  ];

  private receive: Receive | null = null;
  private readonly atWork = new AtWork();
  private readonly keys: SealKeys;

  constructor(private readonly options: CallbackOptions) {
    const { corpId, token, encodingAesKey } = options.config;
    this.keys = { token, encodingAesKey, receiveId: corpId };
  }

  start(receive: Receive): void {
    this.receive = receive;
  }

  async stop(): Promise<void> {
    this.receive = null;
    await this.atWork.settle();
  }

  private confirmAddress({ query }: WebRequest): WebResponse {
    return { status: 200, type: 'text/plain', body: openEcho(this.keys, query) };
  }

  private async take(request: WebRequest): Promise<WebResponse> {
    if (!this.receive) throw problems.stopping();
    const decoded = this.read(request);
    if (decoded === 'ignored') return empty;
    if ('warning' in decoded) return this.warn(decoded.warning);
    const answer = await this.receive(decoded.inbound);
    const response = answer ? this.answer(answer, decoded) : empty;
    const { tap, sender } = decoded;
    return tap
      ? { ...response, done: () => void this.atWork.follow(this.options.cards.markChosen(tap, sender)) }
      : response;
  }

  private read({ query, body }: WebRequest): Exclude<Decoding, 'malformed'> {
    const encrypt = readXml(body.toString())?.get('Encrypt')?.trim();
    if (!encrypt) throw problems.malformed('no sealed message in the body');
    const fields = readXml(openSealed(this.keys, query, encrypt));
    const decoded = fields ? decode(fields, this.options.open) : 'malformed';
    if (decoded === 'malformed') throw problems.malformed('the sealed message is not one of the documented kinds');
    return decoded;
  }

  /** An app that few people use is disabled by WeCom, and then nobody can report. */
  private warn(event: string): WebResponse {
    const { config, log } = this.options;
    log.warn({ code: `wecom.${event}`, agentId: config.agentId }, 'WeCom counts this app as little used; see its page');
    return empty;
  }

  private answer(answer: Answer, { sender, answerable }: Decoded): WebResponse {
    const { config, clock, log } = this.options;
    const body = answerable ? passiveReply(this.keys, answer.content, sender, clock.now()) : null;
    if (!body) {
      answer.settle(false);
      return empty;
    }
    const done = (left: boolean): void => {
      if (!left) log.warn({ code: 'wecom.hung_up', agentId: config.agentId }, 'WeCom did not wait for the answer');
      answer.settle(left);
    };
    return { status: 200, type: 'application/xml', body, done };
  }
}
