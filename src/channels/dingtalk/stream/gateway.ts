/**
 * The request that a Stream connection begins with: it names the app and its topics and yields an address with a ticket,
 * which is good for 90 seconds and for one connection (Stream mode, protocol page).
 */
import { z } from 'zod';
import type { DingtalkConfig } from '../../../config';
import { type Fault, failed, type Outcome, postJson, succeeded } from '../exchange';
import { topics } from './frame';

const answer = z.object({ endpoint: z.string().min(1), ticket: z.string().min(1) });

/** Messages and card buttons. An EVENT entry would subscribe to all events of the organisation, which are metered. */
const subscriptions = Object.values(topics).map((topic) => ({ type: 'CALLBACK', topic }));

/** The address to connect to. It carries the ticket and stays out of every log. */
export async function askForAddress(config: DingtalkConfig, timeoutMs: number): Promise<Outcome<URL>> {
  const { clientId, clientSecret, apiUrl } = config;
  const url = `${apiUrl}/v1.0/gateway/connections/open`;
  const outcome = await postJson(url, { clientId, clientSecret, subscriptions, ua: 'baosong' }, timeoutMs);
  if (!outcome.ok) return outcome;
  const parsed = answer.safeParse(outcome.value);
  const address = parsed.success ? addressOf(parsed.data, apiUrl) : null;
  return address ? succeeded(address) : failed({ kind: 'foreign', status: 200 });
}

/** Plain ws only where the API's own address is plain, which no real one is. */
function addressOf({ endpoint, ticket }: z.infer<typeof answer>, apiUrl: string): URL | null {
  const address = URL.canParse(endpoint) ? new URL(endpoint) : null;
  const isPlainTest = new URL(apiUrl).protocol === 'http:' && address?.protocol === 'ws:';
  if (!address || (address.protocol !== 'wss:' && !isPlainTest)) return null;
  address.hash = '';
  address.searchParams.set('ticket', ticket);
  return address;
}

/** What passes by itself although it comes with a status of 4xx: calls that are too many or too slow. */
const passing = /^http(408|429)$|Qp[sm]Limit/;

/**
 * Whether somebody has to act before another try can succeed: 401 is a wrong secret; 400 an unpublished app, a robot that
 * is not in Stream mode, or a server address that the app does not allow.
 */
export function isRefusal(fault: Fault): boolean {
  if (fault.kind === 'foreign') return true;
  return fault.kind === 'refused' && fault.status >= 400 && fault.status < 500 && !passing.test(fault.code);
}

/** For the log: what the platform or the network calls it. */
export function codeOf(fault: Fault): string {
  switch (fault.kind) {
    case 'refused':
      return fault.code;
    case 'foreign':
      return `http${fault.status}`;
    default:
      return fault.reason;
  }
}
