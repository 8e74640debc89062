/** 其余不变, 都没变: which fields keep last month's figure by it. A field that the message names keeps nothing by it. */
import type { ReadingContext, Taken } from './reading';
import { merge, nothing, type Settled } from './settled';
import { hasContent, type Statement } from './statement';

/** 其余不变, 都没变; 本月没变化 as well when no question is open and the message says nothing else. */
export function isAllSame(statements: readonly Statement[], context: ReadingContext): boolean {
  return statements.some(
    (statement) =>
      isBareSame(statement) &&
      (statement.isAll || (context.asked === null && statements.every((each) => each === statement || isEmpty(each)))),
  );
}

function isBareSame(statement: Statement): boolean {
  const isPlain = !statement.isOrdinal && !statement.isUnclear && !statement.isDenied && statement.numbers.length === 0;
  return (
    isPlain &&
    statement.names.length === 0 &&
    statement.states.length > 0 &&
    statement.states.every((state) => state === 'same')
  );
}

const isEmpty = (statement: Statement): boolean => !hasContent(statement) && statement.names.length === 0;

/**
 * 除了企业，其他不变 and 企业待定，其余不变: the named fields stay open, so the others are given their values one by one. Null when
 * every named field has its answer.
 */
export function keepOthers(statements: readonly Statement[], said: Settled, context: ReadingContext): Settled | null {
  const told = [...said.taken.map((taken) => taken.field), ...said.asks.map((ask) => ask.field)];
  const named = statements.flatMap((statement) => statement.names.flatMap((name) => name.keys));
  if (named.every((key) => told.includes(key))) return null;
  const kept = context.open.filter((key) => !told.includes(key) && !named.includes(key));
  const taken = kept.flatMap((key): readonly Taken[] => {
    const value = context.last[key];
    return value === undefined ? [] : [{ kind: 'value', field: key, value, words: '其余不变' }];
  });
  return merge([said, { ...nothing, taken }]);
}
