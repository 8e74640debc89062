/**
 * Keeps the one connection that a robot may have (path 101463): subscribes, pings, connects again after a loss. It gives up
 * for good when WeCom refuses the credentials, and when another connection takes the robot over: two that both came back
 * would throw each other out for ever.
 */
import type { Log } from '../../../log';
import type { Later } from '../../later';
import type { BotFault } from '../failures';
import type { Json } from '../render';
import { type Ack, Wire, type WireEvents } from './wire';

export interface LinkOptions {
  readonly url: string;
  readonly botId: string;
  readonly secret: string;
  readonly log: Log;
  readonly later: Later;
  /** At least 0 and below 1. */
  readonly random: () => number;
}

export type Called = (requestId: string, json: unknown) => void;

const pingMs = 30_000;
/** As the official SDK judges. */
const mostMissedPings = 2;
const firstRetryMs = 1_000;
const lastRetryMs = 30_000;
const badCredentials = 853000;
const notSubscribed = 846609;

export class Link {
  private wire: Wire | null = null;
  private isSubscribed = false;
  private ended: Extract<BotFault['kind'], 'offline' | 'credentials' | 'taken_over'> | null = null;
  private losses = 0;
  private missedPings = 0;
  private callOff: () => void = () => undefined;

  constructor(
    private readonly options: LinkOptions,
    private readonly called: Called,
  ) {}

  get isConnected(): boolean {
    return this.isSubscribed;
  }

  /** What wrong credentials stop would wait for ever: it is sent, so that staff find it undelivered, with what to do. */
  get canSend(): boolean {
    return this.isSubscribed || this.ended === 'credentials';
  }

  start(): void {
    if (this.ended) return;
    const { url, later } = this.options;
    let subscribed: Promise<void> = Promise.resolve();
    // A first message may come right behind the acknowledgement.
    const pass = (requestId: string, json: unknown): void =>
      void subscribed.then(() => (this.wire === wire ? this.called(requestId, json) : undefined));
    const events: WireEvents = {
      opened: () => {
        subscribed = this.subscribe(wire);
      },
      called: pass,
      closed: (code) => this.comeBack(wire, code),
    };
    const wire: Wire = new Wire(url, events, later);
    this.wire = wire;
  }

  async request(cmd: string, body: Json, requestId?: string): Promise<Ack> {
    const { wire } = this;
    if (!wire || !this.isSubscribed) return { ok: false, fault: { kind: this.ended ?? 'offline' } };
    const ack = await wire.request(cmd, body, requestId);
    // Such a connection looks alive and is not.
    if (!ack.ok && ack.fault.kind === 'errcode' && ack.fault.errcode === notSubscribed) wire.cut('not_subscribed');
    return ack;
  }

  /** WeCom says that another connection has the robot now. */
  giveWay(): void {
    const code = 'wecom_bot.taken_over';
    this.options.log.error({ code }, 'another connection took the robot over; this one stays away until a restart');
    this.end('taken_over');
  }

  close(): void {
    this.end('offline');
  }

  private async subscribe(wire: Wire): Promise<void> {
    const { botId, secret, log } = this.options;
    const ack = await wire.request('aibot_subscribe', { bot_id: botId, secret });
    if (this.wire !== wire) return;
    if (ack.ok) {
      this.isSubscribed = true;
      this.losses = 0;
      this.missedPings = 0;
      this.beat(wire);
      log.info({ code: 'wecom_bot.connected' }, 'the robot is connected');
      return;
    }
    if (ack.fault.kind === 'errcode' && ack.fault.errcode === badCredentials) {
      log.error(
        { code: `wecom_bot.${badCredentials}` },
        'WeCom refuses WECOM_BOT_ID and WECOM_BOT_SECRET; the robot stays away until a restart',
      );
      return this.end('credentials');
    }
    wire.cut(ack.fault.kind === 'errcode' ? String(ack.fault.errcode) : ack.fault.kind);
  }

  /** Pings of the WebSocket itself are not enough for WeCom. */
  private beat(wire: Wire): void {
    this.callOff = this.options.later(() => {
      if (this.missedPings >= mostMissedPings) return wire.cut('silent');
      this.missedPings += 1;
      void this.ping(wire);
      this.beat(wire);
    }, pingMs);
  }

  private async ping(wire: Wire): Promise<void> {
    const ack = await wire.request('ping', null);
    if (ack.ok && this.wire === wire) this.missedPings = 0;
  }

  private comeBack(wire: Wire, code: string): void {
    if (this.wire !== wire) return;
    this.callOff();
    this.wire = null;
    this.isSubscribed = false;
    const { random, later, log } = this.options;
    const fullMs = Math.min(firstRetryMs * 2 ** this.losses, lastRetryMs);
    this.losses += 1;
    log.warn({ code: `wecom_bot.lost_${code}`, losses: this.losses }, 'the robot lost its connection');
    // Copies that lost theirs together do not come back together.
    this.callOff = later(() => this.start(), Math.round(fullMs / 2 + (fullMs / 2) * random()));
  }

  private end(reason: NonNullable<Link['ended']>): void {
    const { wire } = this;
    this.callOff();
    this.ended = reason;
    this.wire = null;
    this.isSubscribed = false;
    wire?.cut(reason);
  }
}
