/** One message of the app to people (`message/send`, path 90236), and whom of them it did not reach. */
import type { WecomApi } from './api';
import type { Fault } from './failures';
import type { ApiAnswer } from './http';

/** The longest there is (path 90236): a retry may come an hour after the call that brought no answer. */
const duplicateCheckSeconds = 14_400;

/** Addressees of one call. */
export const peopleAtMost = 1000;

export interface Sending {
  readonly api: WecomApi;
  readonly agentId: number;
}

export type Reached =
  /** WeCom's `msgid` for the message, by which it is recalled; null for a repetition that WeCom suppressed. */
  { readonly ok: true; readonly receipt: string | null } | { readonly ok: false; readonly fault: Fault };

/** Sends `body` in one call to at most `peopleAtMost` people; the results are in their order. */
export async function sendToPeople(
  { api, agentId }: Sending,
  userIds: readonly string[],
  body: object,
): Promise<readonly Reached[]> {
  const named = userIds.filter(isOnePerson);
  if (named.length === 0) return userIds.map(() => missed('invaliduser'));
  const called = await api.post('message/send', {
    touser: named.join('|'),
    agentid: agentId,
    ...body,
    enable_duplicate_check: 1,
    duplicate_check_interval: duplicateCheckSeconds,
  });
  return userIds.map((userId) => {
    if (!isOnePerson(userId)) return missed('invaliduser');
    return called.ok ? reached(called.answer, userId) : called;
  });
}

export async function sendToPerson(sending: Sending, userId: string, body: object): Promise<Reached> {
  const [reached = missed('invaliduser')] = await sendToPeople(sending, [userId], body);
  return reached;
}

/** `|` joins addressees and `@all` is the whole company: neither is ever one person. */
const isOnePerson = (userId: string): boolean =>
  userId !== '' && !userId.includes('|') && userId.toLowerCase() !== '@all';

/** Addressees who got nothing are named, in lower case, in an answer that says 0 all the same. */
function reached(answer: ApiAnswer, userId: string): Reached {
  if (isNamedIn(answer.invaliduser, userId)) return missed('invaliduser');
  if (isNamedIn(answer.unlicenseduser, userId)) return missed('unlicenseduser');
  // What WeCom answers to a repetition is not documented; it would have no name of its own.
  return { ok: true, receipt: answer.msgid || null };
}

const isNamedIn = (list: string | undefined, userId: string): boolean =>
  (list ?? '').toLowerCase().split('|').includes(userId.toLowerCase());

const missed = (kind: Extract<Fault['kind'], 'invaliduser' | 'unlicenseduser'>): Reached => ({
  ok: false,
  fault: { kind },
});
