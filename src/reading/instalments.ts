/** 前三年免费，之后每年5万; 2万+3%: pay that changes over the years or hangs on turnover is no single fee, and no way of paying is guessed. */
import { type Ask, askAbout, fieldIn, type ReadingContext, type Taken } from './reading';
import type { Settled } from './settled';

const years = '[一二两三四五六七八九十\\d]{0,2}';
const overTime = new RegExp(
  `每年|每月|每季|逐年|年付|按年|按季|/年|[前头首]${years}年|第${years}年|分${years}[年期次]|(?:之后|以后|期满)[^，,。]*[\\d万元]|[\\d一二三四五六七八九十]\\s*[%％‰]|百分之`,
);

/** A royalty phrase that was read gives its rate as the remark, and is left alone. */
export function askInstalments(said: Settled, text: string, context: ReadingContext): Settled {
  const isPay = (taken: Taken): boolean => /^(?:choice|amount)$/.test(fieldIn(context, taken.field)?.kind ?? '');
  const hasChoice = context.fields.some((field) => field.kind === 'choice' && field.derived === null);
  const isPhrase = said.taken.some((taken) => taken.kind === 'value' && /royalty/.test(taken.value));
  const remarks = said.taken.flatMap((taken) => (taken.kind === 'value' && !isPay(taken) ? [taken.value] : []));
  const beside = remarks.reduce((left, remark) => left.replace(remark, ''), text);
  if (!hasChoice || isPhrase || !overTime.test(beside) || !said.taken.some(isPay)) return said;
  const asks = said.taken.filter(isPay).flatMap((taken): readonly Ask[] => {
    const field = fieldIn(context, taken.field);
    return field ? [askAbout(field, 'unclear', taken.words, taken.kind === 'value' ? [taken.value] : [])] : [];
  });
  return { ...said, taken: said.taken.filter((taken) => !isPay(taken)), asks: [...said.asks, ...asks] };
}
