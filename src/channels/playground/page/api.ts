/** The playground's addresses, as the page calls them. Null means that the server could not be reached or refused. */
import type { ChatRef, PlaygroundMessage, PlaygroundState, PostedMessage, TrialClock } from '../wire';

export const fetchTrial = () => call<PlaygroundState>('/playground/state');

export const fetchHistory = (chat: ChatRef) =>
  call<readonly PlaygroundMessage[]>(`/playground/messages?${new URLSearchParams({ ...chat })}`);

export const postMessage = (posted: PostedMessage) => call<object>('/playground/messages', posted);

/** The status of the answer; 0 when there was none. */
export async function postFile(chat: ChatRef, userId: string, file: File): Promise<number> {
  const query = new URLSearchParams({ ...chat, userId, key: createKey(), name: file.name });
  const request = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file };
  try {
    return (await fetch(`/playground/files?${query}`, request)).status;
  } catch {
    return 0;
  }
}

export const postClock = (to: string | null) => call<TrialClock>('/playground/clock', { to });
export const fileAddress = (fileId: number): string => `/playground/files/${fileId}`;

async function call<T>(address: string, body?: unknown): Promise<T | null> {
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  try {
    const response = await fetch(address, body === undefined ? {} : json);
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}

/** `crypto.randomUUID` exists only over https and on localhost; a phone in the office network has neither. */
export function createKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
