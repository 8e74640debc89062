/**
 * The access token of the app: fetched once for all callers, kept until shortly before it ends, dropped when the
 * platform refuses it early. It also opens the old API, so there is only one.
 */
import { z } from 'zod';
import type { Clock } from '../../clock';
import type { DingtalkConfig } from '../../config';
import { failed, type Json, type Outcome, postJson, succeeded } from './exchange';

const answer = z.object({ accessToken: z.string().min(1), expireIn: z.coerce.number().positive() });

/** Renewed this long before its end. */
const marginMs = 300_000;

export interface TokenSource {
  get(): Promise<Outcome<string>>;
  /** Forgets this token; a newer one that another caller has fetched meanwhile stays. */
  drop(token: string): void;
}

export function createTokenSource(config: DingtalkConfig, clock: Clock, timeoutMs: number): TokenSource {
  let held: { readonly token: string; readonly renewAtMs: number } | null = null;
  let pending: Promise<Outcome<string>> | null = null;

  async function fetchToken(): Promise<Outcome<string>> {
    const askedAtMs = clock.now().getTime();
    const fetched = readToken(await askForToken(config, timeoutMs));
    if (!fetched.ok) return fetched;
    const lifeMs = fetched.value.expireIn * 1000;
    held = { token: fetched.value.accessToken, renewAtMs: askedAtMs + lifeMs - Math.min(marginMs, lifeMs / 2) };
    return succeeded(held.token);
  }

  return {
    async get() {
      if (held && clock.now().getTime() < held.renewAtMs) return succeeded(held.token);
      pending ??= fetchToken().finally(() => {
        pending = null;
      });
      return pending;
    },
    drop(token) {
      if (held?.token === token) held = null;
    },
  };
}

function askForToken(config: DingtalkConfig, timeoutMs: number): Promise<Outcome<Json>> {
  const url = `${config.apiUrl}/v1.0/oauth2/accessToken`;
  return postJson(url, { appKey: config.clientId, appSecret: config.clientSecret }, timeoutMs);
}

function readToken(outcome: Outcome<Json>): Outcome<z.infer<typeof answer>> {
  if (!outcome.ok) return outcome;
  const parsed = answer.safeParse(outcome.value);
  return parsed.success ? succeeded(parsed.data) : failed({ kind: 'foreign', status: 200 });
}
