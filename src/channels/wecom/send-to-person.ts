/** One message of the app to one person (`message/send`, path 90236), and whether it reached that person. */
import type { WecomApi } from './api';
import type { Fault } from './failures';
import type { ApiAnswer, Called } from './http';

/**
 * WeCom compares content, not ids: long enough to catch a retry after a timeout, short enough that whoever asks the same
 * question again gets the same answer again.
 */
const duplicateCheckSeconds = 120;

export interface Sending {
  readonly api: WecomApi;
  readonly agentId: number;
}

export async function sendToPerson({ api, agentId }: Sending, userId: string, body: object): Promise<Called> {
  // `|` joins addressees and `@all` is the whole company: neither is ever one person.
  if (userId === '' || userId.includes('|') || userId.toLowerCase() === '@all') return missed('invaliduser');
  const called = await api.post('message/send', {
    touser: userId,
    agentid: agentId,
    ...body,
    safe: 0,
    enable_duplicate_check: 1,
    duplicate_check_interval: duplicateCheckSeconds,
  });
  return called.ok ? checkReached(called.answer) : called;
}

/** An addressee who got nothing is named in an answer that says 0 all the same. */
function checkReached(answer: ApiAnswer): Called {
  if (answer.invaliduser) return missed('invaliduser');
  return answer.unlicenseduser ? missed('unlicenseduser') : { ok: true, answer };
}

const missed = (kind: Extract<Fault['kind'], 'invaliduser' | 'unlicenseduser'>): Called => ({
  ok: false,
  fault: { kind },
});
