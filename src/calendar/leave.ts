/** The terms of one unit: what a table's period is to all, with what staff granted to it alone. */
import type { PeriodTerms } from './periods';

export interface Leave {
  /** 延期 */
  readonly extendedTo: Date | null;
  /** 补报 */
  readonly supplementUntil: Date | null;
}

export const noLeave: Leave = { extendedTo: null, supplementUntil: null };

export function termsWith(terms: PeriodTerms, { extendedTo, supplementUntil }: Leave): PeriodTerms {
  const isExtended = extendedTo !== null && extendedTo > terms.dueAt;
  const isReopened = supplementUntil !== null && supplementUntil > terms.locksAt;
  return {
    ...terms,
    ...(isExtended && { dueAt: extendedTo, extendedFrom: terms.dueAt, shifted: null }),
    ...(isReopened && { locksAt: supplementUntil, supplementFrom: terms.locksAt }),
  };
}
