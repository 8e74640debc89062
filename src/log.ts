/** Structured log lines. What people wrote, phone numbers and secrets never go in: callers log codes, ids and counts only. */
import pino, { type Logger } from 'pino';

export type Log = Logger;

export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return destination ? pino(options, destination) : pino(options);
}
