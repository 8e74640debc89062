/** One field, one outcome: two different values are asked, and a doubtful word outweighs a sure one. */
import type { Ask, Reading, ReadingContext, Taken } from './reading';
import { askAbout, fieldIn } from './reading';
import type { Settled } from './settled';

export function reconcile(settled: Settled, context: ReadingContext): Pick<Reading, 'taken' | 'asks'> {
  const keys = [...new Set(settled.taken.map((taken) => taken.field))];
  const groups = keys.map((key) => settled.taken.filter((taken) => taken.field === key));
  const torn = groups.filter((group) => new Set(group.map(outcomeOf)).size > 1);
  // 企业27家，比上月增加3家: the change only comments on the figure.
  const doubts = settled.asks.filter(
    (ask) => ask.reason !== 'relative' || ask.field === null || !keys.includes(ask.field),
  );
  const asks = [...doubts, ...torn.flatMap((group) => askTorn(group, context))];
  const asked = new Set(asks.map((ask) => ask.field));
  const taken = groups.flatMap((group) => group.slice(0, 1)).filter((each) => !asked.has(each.field));
  return { taken, asks: asks.filter((ask, at) => asks.findIndex((other) => isSameAsk(ask, other)) === at) };
}

const outcomeOf = (taken: Taken): string => (taken.kind === 'value' ? taken.value : taken.kind);

/** 企业27，企业28 */
function askTorn(group: readonly Taken[], context: ReadingContext): readonly Ask[] {
  const field = fieldIn(context, group[0]?.field ?? null);
  const values = group.flatMap((taken) => (taken.kind === 'value' ? [taken.value] : []));
  const words = group.map((taken) => taken.words).join('；');
  return field ? [askAbout(field, 'two_values', words, [...new Set(values)])] : [];
}

function isSameAsk(one: Ask, other: Ask): boolean {
  return one.field === other.field && one.reason === other.reason && one.words === other.words;
}
