/** How long to wait before the next connection, so that neither a bad network nor a bad setting becomes a storm of calls. */

/** A connection that lived this long was a good one. */
export const goodLifeMs = 60_000;

const firstMs = 1_000;
const longestMs = 48_000;
const refusedMs = 300_000;

/** @param random between 0 and 1; several copies of the bot must not come back together. */
const spread = (delayMs: number, random: number) => Math.round(delayMs * (1 + random / 4));

/** Before the connection after `failures` bad ones in a row: 1 s, 2 s, 4 s … and never more than 60 s. */
export function backoffMs(failures: number, random: number): number {
  return spread(Math.min(longestMs, firstMs * 2 ** failures), random);
}

/** When somebody has to mend a setting first. */
export const refusedBackoffMs = (random: number): number => spread(refusedMs, random);
