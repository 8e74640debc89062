/** The address that WeCom calls for the smart robot: sealed JSON in, sealed JSON out under the nonce of the callback (path 101033). */
import { problems } from '../../problems';
import type { Receive, Route, WebRequest, WebResponse } from '../channel';
import { type SealKeys, sealMessage } from '../wecom/crypto';
import { openEcho, openSealed, single } from '../wecom/sealed-call';
import { decode, type FileOpener } from './decode';
import { readCallback } from './shapes';
import { type Reply, type TurnParts, Turns } from './turns';

const path = '/callback/wecom/bot';
const bodyLimitBytes = 1024 * 1024;
/** "Received, nothing to say". */
const empty: WebResponse = { status: 200, type: 'text/plain', body: '' };

export interface CallbackOptions extends TurnParts {
  readonly token: string;
  readonly encodingAesKey: string;
  readonly open: FileOpener;
}

export class BotCallback {
  readonly routes: readonly Route[] = [
    { method: 'GET', path, bodyLimitBytes: 0, handle: async (request) => this.confirmAddress(request) },
    { method: 'POST', path, bodyLimitBytes, handle: (request) => this.take(request) },
  ];

  private receive: Receive | null = null;
  private readonly turns: Turns;
  /** A robot of the own company is sealed for nobody by name: the receive id is empty both ways. */
  private readonly keys: SealKeys;

  constructor(private readonly options: CallbackOptions) {
    const { token, encodingAesKey } = options;
    this.keys = { token, encodingAesKey, receiveId: '' };
    this.turns = new Turns(options);
  }

  start(receive: Receive): void {
    this.receive = receive;
  }

  stop(): Promise<void> {
    this.receive = null;
    return this.turns.settle();
  }

  private confirmAddress({ query }: WebRequest): WebResponse {
    return { status: 200, type: 'text/plain', body: openEcho(this.keys, query) };
  }

  private async take({ query, body }: WebRequest): Promise<WebResponse> {
    if (!this.receive) throw problems.stopping();
    const encrypt = sealedIn(parseJson(body.toString()));
    if (!encrypt) throw problems.malformed('no sealed message in the body');
    const json = readCallback(parseJson(openSealed(this.keys, query, encrypt)));
    if (!json) throw problems.malformed('the sealed message is not one of a robot');
    const reply = await this.turns.react(decode(json, this.options.open), this.receive);
    return this.seal(reply, single(query, 'nonce'));
  }

  private seal({ json, done }: Reply, nonce: string): WebResponse {
    if (!json) return empty;
    const seconds = Math.floor(this.options.clock.now().getTime() / 1000);
    const { encrypt, signature } = sealMessage(this.keys, JSON.stringify(json), String(seconds), nonce);
    const body = JSON.stringify({ encrypt, msgsignature: signature, timestamp: seconds, nonce });
    return { status: 200, type: 'application/json', body, ...(done && { done }) };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function sealedIn(json: unknown): string {
  const encrypt = typeof json === 'object' && json !== null && 'encrypt' in json ? json.encrypt : null;
  return typeof encrypt === 'string' ? encrypt.trim() : '';
}
