/**
 * The catalogue of failures that leave the process over HTTP. Refusals that a person can mend are replies, not problems;
 * a send that failed is a `SendFailure` of the channel contract; everything else is a fault and becomes a 500.
 * Codes are stable and never reused. Messages name settings and limits, never values or what people wrote.
 */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'Problem';
  }
}

export const problems = {
  malformed: (what: string) => new Problem('request.malformed', 400, `the request cannot be read: ${what}`),
  badSignature: () => new Problem('request.signature', 401, 'the signature does not match'),
  stale: () => new Problem('request.stale', 401, 'the timestamp lies outside the accepted window'),
  wrongReceiver: () => new Problem('request.receiver', 403, 'the message is sealed for another receiver'),
  notFound: () => new Problem('request.not_found', 404, 'there is nothing at this address'),
  tooLarge: (limitBytes: number) => new Problem('request.too_large', 413, `the body exceeds ${limitBytes} bytes`),
  stopping: () => new Problem('server.stopping', 503, 'the server is stopping'),
} as const;
