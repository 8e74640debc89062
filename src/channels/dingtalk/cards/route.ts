/**
 * The address to which DingTalk posts taps over HTTP (pages 注册卡片回调地址, 事件回调): registered under a name of ours with
 * a secret of ours, by which every call is signed.
 */
import { createHmac } from 'node:crypto';
import type { Clock } from '../../../clock';
import type { DingtalkConfig } from '../../../config';
import type { Log } from '../../../log';
import type { Caller } from '../caller';
import { describeFault } from '../failures';
import { cardCallbackSign, isSameSignature, type SignatureVerdict, signatureWindowMs } from '../sign';

export const cardPath = '/callback/dingtalk/card';

/** What the app's secret yields for this one purpose, so that it is nowhere to be set. */
export const apiSecretOf = (clientSecret: string): string =>
  createHmac('sha256', clientSecret).update('baosong card callback').digest('hex');

interface RouteParts {
  readonly config: DingtalkConfig;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly log: Log;
}

const againMs = 600_000;

/** The name under which the address is registered, once it is; null while it could not be. */
export function createRouteKey({ config, caller, clock, log }: RouteParts): () => Promise<string | null> {
  const routeKey = `baosong-${config.clientId}`;
  const callbackUrl = `${(config.cards?.publicUrl ?? '').replace(/\/+$/, '')}${cardPath}`;
  let registering: Promise<boolean> | null = null;
  let notBeforeMs = 0;

  async function register(): Promise<boolean> {
    const apiSecret = apiSecretOf(config.clientSecret);
    // The address may have changed since it was registered.
    const body = { callbackRouteKey: routeKey, callbackUrl, apiSecret, forceUpdate: true };
    const outcome = await caller.call('/v1.0/card/callbacks/register', body);
    if (outcome.ok) return true;
    log.warn({ code: describeFault(outcome.fault).code }, 'the address for taps on cards could not be registered');
    notBeforeMs = clock.now().getTime() + againMs;
    registering = null;
    return false;
  }

  return async () => {
    if (!registering && clock.now().getTime() < notBeforeMs) return null;
    registering ??= register();
    return (await registering) ? routeKey : null;
  };
}

/** The signature covers the time alone; that it is of this hour is asked here as of every other call of DingTalk's. */
export function judgeCardSignature(
  headers: Readonly<Record<string, string | undefined>>,
  apiSecret: string,
  now: Date,
): SignatureVerdict {
  const timestamp = headers['x-ddpaas-signature-timestamp'];
  const signature = headers['x-ddpaas-signature'];
  if (!timestamp || !signature || !/^\d{1,15}$/.test(timestamp)) return 'bad';
  if (!isSameSignature(signature, cardCallbackSign(timestamp, apiSecret))) return 'bad';
  return Math.abs(now.getTime() - Number(timestamp)) <= signatureWindowMs ? 'good' : 'stale';
}
