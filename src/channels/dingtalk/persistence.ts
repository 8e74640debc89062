/**
 * Messages over Stream and taps on cards are acknowledged before they are stored, so the platform will not bring back one
 * whose transaction failed. It is therefore tried again from memory, for about a minute; what fails then is lost.
 */
import { describeFault, type Log } from '../../log';
import type { Answer, Inbound, Receive } from '../channel';
import type { Later } from '../later';

/** Before the second try, the third, and so on: together the restart of a database. */
export const pausesMs: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

export type Taken = { readonly ok: true; readonly answer: Answer | null } | { readonly ok: false };

export interface Persistence {
  /**
   * Tries until it is taken or given up; never rejects. Messages of one chat are taken in the order in which they came, and
   * one behind a lost one is lost as well: an answer to the third question would else be read as one to the second.
   */
  take(inbound: Inbound, receive: Receive): Promise<Taken>;
  /** From now on no try is waited for. */
  hurry(): void;
}

export function createPersistence(later: Later, log: Log): Persistence {
  const lastOfChat = new Map<string, Promise<Taken>>();
  const waiting = new Set<() => void>();
  let hurried = false;

  function pause(delayMs: number): Promise<void> {
    if (hurried) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        callOff();
        waiting.delete(wake);
        resolve();
      };
      const callOff = later(wake, delayMs);
      waiting.add(wake);
    });
  }

  async function tryAll(inbound: Inbound, receive: Receive): Promise<Taken> {
    for (const pauseMs of pausesMs) {
      const taken = await tryOnce(inbound, receive, log);
      if (taken.ok) return taken;
      await pause(pauseMs);
    }
    return tryOnce(inbound, receive, log);
  }

  return {
    async take(inbound, receive) {
      const key = JSON.stringify([inbound.chat.kind, inbound.chat.id]);
      const before = lastOfChat.get(key);
      const work = before
        ? before.then((taken) => (taken.ok ? tryAll(inbound, receive) : taken))
        : tryAll(inbound, receive);
      lastOfChat.set(key, work);
      const taken = await work;
      if (lastOfChat.get(key) === work) lastOfChat.delete(key);
      return taken;
    },
    hurry() {
      hurried = true;
      for (const wake of [...waiting]) wake();
    },
  };
}

async function tryOnce(inbound: Inbound, receive: Receive, log: Log): Promise<Taken> {
  try {
    return { ok: true, answer: await receive(inbound) };
  } catch (error) {
    log.warn({ code: 'dingtalk.not_taken', fault: describeFault(error) }, 'a message could not be taken in');
    return { ok: false };
  }
}
