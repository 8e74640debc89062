/** What one statement comes to: values to take, questions to ask, figures stated that come from a list. */
import type { Ask, Taken } from './reading';

export interface Settled {
  readonly taken: readonly Taken[];
  readonly asks: readonly Ask[];
  readonly derived: Readonly<Record<string, string>>;
}

export const nothing: Settled = { taken: [], asks: [], derived: {} };

export function asking(ask: Ask): Settled {
  return { ...nothing, asks: [ask] };
}

export function merge(parts: readonly Settled[]): Settled {
  return {
    taken: parts.flatMap((part) => part.taken),
    asks: parts.flatMap((part) => part.asks),
    derived: Object.assign({}, ...parts.map((part) => part.derived)),
  };
}
