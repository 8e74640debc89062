/**
 * Every call of the API that needs the app's token, in one place: the token renewed once when it died early, the calls
 * counted that DingTalk counts against the month, and no more of them made for a while once the month's are used up.
 */
import type { Clock } from '../../clock';
import type { DingtalkConfig } from '../../config';
import { type Fault, failed, type Json, type Outcome, post, postJson, putJson } from './exchange';
import { isMonthSpent, isRateLimit } from './failures';
import { createTokenSource } from './token';

/** How long to wait for an answer. */
export interface Timeouts {
  readonly apiMs: number;
  readonly uploadMs: number;
}

export const timeouts: Timeouts = { apiMs: 10_000, uploadMs: 60_000 };

export interface CallerParts {
  readonly config: DingtalkConfig;
  readonly clock: Clock;
  readonly wait: Timeouts;
  /** Told of each call that counts against the month. */
  readonly count: () => void;
}

export interface Caller {
  /** A POST of the new API. */
  call(path: string, body: Json): Promise<Outcome<Json>>;
  /** A PUT of the new API. */
  put(path: string, body: Json): Promise<Outcome<Json>>;
  /** media/upload, of the old one. */
  upload(form: FormData): Promise<Outcome<Json>>;
}

/** Asked again no sooner: packs can be bought, and the first days of exhaustion may be granted (page 钉钉应用开发计费模式). */
const spentMs = 3600_000;

type WithToken = (token: string) => Promise<Outcome<Json>>;

export function createCaller({ config, clock, wait, count }: CallerParts): Caller {
  const tokens = createTokenSource(config, clock, wait.apiMs);
  let spent: { readonly fault: Fault; readonly untilMs: number } | null = null;

  async function make(call: WithToken, token: string): Promise<Outcome<Json>> {
    const outcome = await call(token);
    if (isCounted(outcome)) count();
    if (!outcome.ok && outcome.fault.kind === 'refused' && isMonthSpent(outcome.fault.code)) {
      spent = { fault: outcome.fault, untilMs: clock.now().getTime() + spentMs };
    }
    return outcome;
  }

  /** A token may die before its time: then a new one is fetched, once, and the call repeated, once. */
  async function withToken(call: WithToken): Promise<Outcome<Json>> {
    if (spent && clock.now().getTime() < spent.untilMs) return failed(spent.fault);
    const first = await tokens.get();
    if (!first.ok) return neverSent(first.fault);
    const outcome = await make(call, first.value);
    if (outcome.ok || !isTokenFault(outcome.fault)) return outcome;
    tokens.drop(first.value);
    const second = await tokens.get();
    return second.ok ? make(call, second.value) : neverSent(second.fault);
  }

  const newApi = (send: typeof postJson) => (path: string, body: Json) =>
    withToken((token) => send(`${config.apiUrl}${path}`, body, wait.apiMs, { 'x-acs-dingtalk-access-token': token }));

  return {
    call: newApi(postJson),
    put: newApi(putJson),
    upload: (form) =>
      withToken((token) =>
        post({
          url: `${config.oapiUrl}/media/upload?${new URLSearchParams({ access_token: token })}`,
          headers: {},
          body: form,
          timeoutMs: wait.uploadMs,
        }),
      ),
  };
}

/** Calls that fail by a rate limit or by the network are free; of one without an answer nobody knows. */
function isCounted(outcome: Outcome<Json>): boolean {
  if (outcome.ok) return true;
  const { fault } = outcome;
  if (fault.kind === 'refused') return !isRateLimit(fault.code) && !isMonthSpent(fault.code);
  return fault.kind === 'silent';
}

/** `InvalidAuthentication` comes with 400 as well as 401; the codes are those of the old API. */
function isTokenFault(fault: Fault): boolean {
  return fault.kind === 'refused' && /^(InvalidAuthentication|40014|42001|40001|41001)$/.test(fault.code);
}

/** Whatever happened before the message itself was posted can be done again without sending it twice. */
export function neverSent(fault: Fault): Outcome<never> {
  return failed(fault.kind === 'silent' ? { kind: 'unreachable', reason: fault.reason } : fault);
}
