/** How a response ended. Node's `stream.finished` would tell too, at four listeners a call, and calls a late end a success. */
import type { ServerResponse } from 'node:http';

/** Calls back once: true when the response has been handed to the system whole, false when the connection broke before. */
export function whenOver(response: ServerResponse, tell: (left: boolean) => void): void {
  if (response.closed) {
    tell(false);
    return;
  }
  let left = false;
  response.once('finish', () => {
    left = true;
  });
  response.once('close', () => tell(left));
}
