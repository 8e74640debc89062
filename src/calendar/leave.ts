/** The terms of one unit: what a table's period is to all, with what staff granted to it alone. */
import type { PeriodTerms } from './periods';

export interface Leave {
  /** 延期 */
  readonly extendedTo: Date | null;
}

export function termsWith(terms: PeriodTerms, { extendedTo }: Leave): PeriodTerms {
  if (extendedTo === null || extendedTo <= terms.dueAt) return terms;
  return { ...terms, dueAt: extendedTo, extendedFrom: terms.dueAt, shifted: null };
}
