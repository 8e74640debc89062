/**
 * The address that WeCom calls: its check of the address (GET) and its messages (POST). Verifies, opens and decodes, hands
 * over to `receive`, and answers in the response where WeCom shows it. Knows nothing of what is said.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../clock';
import type { WecomAppConfig } from '../../config';
import type { Log } from '../../log';
import { type Problem, problems } from '../../problems';
import type { Answer, Receive, Route, WebRequest, WebResponse } from '../channel';
import { type Envelope, type Opened, openEnvelope, type SealKeys } from './crypto';
import { type Decoded, decode } from './decode';
import { passiveReply } from './passive';
import { readXml } from './xml';

const path = '/callback/wecom/app';
const bodyLimitBytes = 1024 * 1024;
/** "Received, nothing to say": WeCom neither shows it nor sends again. */
const empty: WebResponse = { status: 200, type: 'text/plain', body: '' };

export interface CallbackOptions {
  readonly config: WecomAppConfig;
  readonly clock: Clock;
  readonly log: Log;
  /** WeCom cuts the connection after 5 s (path 90238); by then an answer must be on its way. */
  readonly answerWithinMs: number;
}

export class Callback {
  readonly routes: readonly Route[] = [
    { method: 'GET', path, bodyLimitBytes: 0, handle: async (request) => this.confirmAddress(request) },
    { method: 'POST', path, bodyLimitBytes, handle: (request) => this.track(this.take(request)) },
  ];

  private receive: Receive | null = null;
  private readonly atWork = new Set<Promise<unknown>>();
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
    while (this.atWork.size > 0) await Promise.allSettled(this.atWork);
  }

  /** The console saves the address only if the bare message comes back within a second (path 90238). */
  private confirmAddress({ query }: WebRequest): WebResponse {
    // Base64 has no blanks: one here was a plus sign that something on the way decoded twice.
    const encrypt = single(query, 'echostr').replaceAll(' ', '+');
    return { status: 200, type: 'text/plain', body: unsealed(openEnvelope(this.keys, envelopeOf(query, encrypt))) };
  }

  private async take(request: WebRequest): Promise<WebResponse> {
    if (!this.receive) throw problems.stopping();
    const decoded = this.read(request);
    if (decoded === 'ignored') return empty;
    const work = this.track(this.receive(decoded.inbound));
    const outcome = await inTime(work, this.options.answerWithinMs);
    if (outcome === 'late') return this.answerLater(work);
    return outcome ? this.answer(outcome, decoded) : empty;
  }

  private read({ query, body }: WebRequest): Decoded | 'ignored' {
    const encrypt = readXml(body.toString())?.get('Encrypt')?.trim();
    if (!encrypt) throw problems.malformed('no sealed message in the body');
    const fields = readXml(unsealed(openEnvelope(this.keys, envelopeOf(query, encrypt))));
    const decoded = fields ? decode(fields) : 'malformed';
    if (decoded === 'malformed') throw problems.malformed('the sealed message is not one of the documented kinds');
    return decoded;
  }

  private answer(answer: Answer, { inbound, answerable }: Decoded): WebResponse {
    const body = answerable ? passiveReply(this.keys, answer.content, inbound.userId, this.options.clock.now()) : null;
    if (body) return { status: 200, type: 'application/xml', body, done: (left) => answer.settle(left) };
    answer.settle(false);
    return empty;
  }

  /** Too late for the response, so the sender pushes the answer once there is one. */
  private answerLater(work: Promise<Answer | null>): WebResponse {
    const settled = work.then(
      (answer) => answer?.settle(false),
      () =>
        this.options.log.error(
          { code: 'wecom.late_loss' },
          'a message failed after WeCom was told that it is received',
        ),
    );
    void this.track(settled);
    this.options.log.warn({ code: 'wecom.late' }, 'an answer is not ready in time for the response and will be pushed');
    return empty;
  }

  private track<T>(work: Promise<T>): Promise<T> {
    const forget = () => this.atWork.delete(work);
    this.atWork.add(work);
    work.then(forget, forget);
    return work;
  }
}

async function inTime(work: Promise<Answer | null>, limitMs: number): Promise<Answer | null | 'late'> {
  const timer = new AbortController();
  const late = wait(limitMs, 'late' as const, { signal: timer.signal });
  late.catch(() => undefined);
  return Promise.race([work, late]).finally(() => timer.abort());
}

function envelopeOf(query: URLSearchParams, encrypt: string): Envelope {
  return {
    signature: single(query, 'msg_signature'),
    timestamp: single(query, 'timestamp'),
    nonce: single(query, 'nonce'),
    encrypt,
  };
}

/** The one value of a parameter; empty when it is missing, which no signature survives. */
function single(query: URLSearchParams, name: string): string {
  const [value = '', ...more] = query.getAll(name);
  if (more.length > 0) throw problems.malformed(`the parameter ${name} is given more than once`);
  return value;
}

function unsealed(opened: Opened): string {
  if (opened.ok) return opened.message;
  const refusals: Record<typeof opened.reason, () => Problem> = {
    signature: problems.badSignature,
    sealed: () => problems.malformed('the sealed content cannot be opened'),
    receiver: problems.wrongReceiver,
  };
  throw refusals[opened.reason]();
}
