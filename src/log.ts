/** Structured log lines. What people wrote, phone numbers and secrets never go in: callers log codes, ids and counts only. */
import pino, { type Logger } from 'pino';

export type Log = Logger;

export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return destination ? pino(options, destination) : pino(options);
}

/** An error as type, code and places in the code, those of its causes included. */
export interface Fault {
  readonly type: string;
  readonly code?: string;
  readonly at: readonly string[];
  readonly cause?: Fault;
}

/** Without the message: a driver quotes the values of a row there, and a parser the text that it read. */
export function describeFault(error: unknown): Fault {
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    at: frames.map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeFault(error.cause) }),
  };
}
