/** 平台网址不变 names the addresses, and may mean the platforms and their addresses: what is last month's of the platforms is offered. */
import { type Ask, askAbout, fieldIn, type ReadingContext } from './reading';
import type { Settled } from './settled';

export function askCompanions(said: Settled, context: ReadingContext): Settled {
  const told = new Set([...said.taken, ...said.asks].map((each) => each.field));
  const asks = said.taken.flatMap((taken): readonly Ask[] => {
    const companion = fieldIn(context, fieldIn(context, taken.field)?.goesWith ?? null);
    const last = companion ? context.last[companion.key] : undefined;
    if (taken.kind !== 'same' || !companion || last === undefined || told.has(companion.key)) return [];
    const isMeant = taken.words.startsWith(companion.short) && context.open.includes(companion.key);
    return isMeant ? [askAbout(companion, 'goes_along', taken.words, [last])] : [];
  });
  return { ...said, asks: [...said.asks, ...asks] };
}
