/**
 * Keeps one connection to DingTalk open for as long as the channel runs: one attempt at a time, with pauses that grow, and
 * a new connection before an old one that the platform wants to end is let go.
 */
import type { Clock } from '../../../clock';
import type { DingtalkConfig } from '../../../config';
import type { Log } from '../../../log';
import type { Later } from '../../later';
import type { Fault } from '../exchange';
import { backoffMs, goodLifeMs, refusedBackoffMs } from './backoff';
import { type Connection, openConnection } from './connection';
import { askForAddress, codeOf, isRefusal } from './gateway';

export interface LinkParts {
  readonly config: DingtalkConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly later: Later;
  /** Between 0 and 1. */
  readonly random: () => number;
  /** How long to wait for the gateway. */
  readonly apiMs: number;
  /** Every text that comes in before `stop`. */
  readonly onText: (received: string, connection: Connection) => void;
}

export class Link {
  private stopped = true;
  /** The connection that the platform pushes to, since when. The one before it may still be open, saying goodbye. */
  private live: { readonly connection: Connection; readonly since: Date } | null = null;
  private leaving: Connection | null = null;
  private failures = 0;
  /** Ends the wait for a connection, the attempt at one, or the last one that was made. */
  private giveUp: () => void = () => undefined;
  private isUnderway = false;

  constructor(private readonly parts: LinkParts) {}

  get isConnected(): boolean {
    return this.live !== null;
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.connectAfter(0);
  }

  /** From now on no connection is there and none comes up. */
  stop(): void {
    this.stopped = true;
    if (this.live) this.live.connection.close();
    else this.giveUp();
    this.letGo();
  }

  /** The platform is about to end this connection and pushes nothing more to it. */
  replace(connection: Connection): void {
    if (this.live?.connection !== connection) return;
    this.parts.log.info({ code: 'dingtalk.stream.moving' }, 'the platform asks for a new connection');
    this.leaving = connection;
    const wasGood = this.endLife();
    // At once, unless connections are ended as fast as they are made.
    this.connectAfter(wasGood ? 0 : this.nextBackoffMs());
  }

  private connectAfter(delayMs: number): void {
    if (this.stopped || this.isUnderway) return;
    this.isUnderway = true;
    this.giveUp = this.parts.later(() => void this.connect(), delayMs);
  }

  private async connect(): Promise<void> {
    const { config, apiMs } = this.parts;
    const address = await askForAddress(config, apiMs);
    if (this.stopped) return;
    if (address.ok) this.giveUp = openConnection(address.value, this.events, this.parts);
    else if (isRefusal(address.fault)) this.beRefused(address.fault);
    else this.tryAgain(codeOf(address.fault));
  }

  private readonly events = {
    opened: (connection: Connection) => this.adopt(connection),
    failed: (code: string) => this.tryAgain(code),
    text: (received: string, connection: Connection) => {
      if (!this.stopped) this.parts.onText(received, connection);
    },
    closed: (connection: Connection, code: string) => this.lose(connection, code),
  };

  private adopt(connection: Connection): void {
    this.isUnderway = false;
    this.live = { connection, since: this.parts.clock.now() };
    this.parts.log.info({ code: 'dingtalk.stream.connected' }, 'connected to DingTalk');
    this.letGo();
  }

  private letGo(): void {
    this.leaving?.close();
    this.leaving = null;
  }

  private lose(connection: Connection, code: string): void {
    if (this.leaving === connection) this.leaving = null;
    if (this.stopped || this.live?.connection !== connection) return;
    this.endLife();
    this.tryAgain(code);
  }

  /** @returns whether it had lived long enough to count as a good one. */
  private endLife(): boolean {
    const lifeMs = this.parts.clock.now().getTime() - (this.live?.since.getTime() ?? 0);
    this.live = null;
    const wasGood = lifeMs >= goodLifeMs;
    if (wasGood) this.failures = 0;
    return wasGood;
  }

  private beRefused(fault: Fault): void {
    this.parts.log.error(
      { code: `dingtalk.stream.${codeOf(fault)}` },
      'DingTalk refuses the connection: check DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET, that the app is published, ' +
        'that its robot is in Stream mode, and that the app allows the address of this server',
    );
    this.pause(refusedBackoffMs(this.parts.random()));
  }

  private tryAgain(code: string): void {
    if (this.stopped) return;
    const delayMs = this.nextBackoffMs();
    this.parts.log.warn({ code: `dingtalk.stream.${code}`, delayMs }, 'no connection to DingTalk; trying again');
    this.pause(delayMs);
  }

  private pause(delayMs: number): void {
    this.isUnderway = false;
    this.connectAfter(delayMs);
  }

  private nextBackoffMs(): number {
    const delayMs = backoffMs(this.failures, this.parts.random());
    this.failures += 1;
    return delayMs;
  }
}
