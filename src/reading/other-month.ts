/** What was taken from a message that speaks of another month is asked instead. */
import { namesOtherMonth } from './month-mentions';
import { type Ask, askAbout, fieldIn, type ReadingContext, type Taken } from './reading';
import type { Settled } from './settled';

export function askOtherMonth(said: Settled, text: string, context: ReadingContext): Settled {
  if (context.period === undefined || !namesOtherMonth(text, context.period)) return said;
  const isFigure = (taken: Taken): boolean => /^(?:count|amount)$/.test(fieldIn(context, taken.field)?.kind ?? '');
  const asks = said.taken.filter(isFigure).flatMap((taken): readonly Ask[] => {
    const field = fieldIn(context, taken.field);
    return field ? [askAbout(field, 'other_month', text.trim(), taken.kind === 'value' ? [taken.value] : [])] : [];
  });
  return { ...said, taken: said.taken.filter((taken) => !isFigure(taken)), asks: [...said.asks, ...asks] };
}
