/** 不变, 没有 and 不适用 for one field. */
import type { FieldDefinition } from '../table/definition';
import { askAbout, type ReadingContext } from './reading';
import { asking, nothing, type Settled } from './settled';
import type { StateMark } from './statement';

export interface StateContext {
  readonly words: string;
  readonly reason: string;
  readonly context: ReadingContext;
}

/** 不变, 没有 or 不适用 for a field that the message or the open question names. */
export function settleState(state: StateMark, field: FieldDefinition, from: StateContext): Settled {
  const { words, context } = from;
  const last = context.last[field.key];
  if (state === 'same') return settleSame(field, words, last);
  if (state === 'notApplicable') return settleNotApplicable(field, from);
  if (state === 'unknown') return nothing;
  if (state === 'doubt') return asking(askAbout(field, 'unclear', words, last === undefined ? [] : [last]));
  if (field.kind === 'count' || field.kind === 'amount') {
    if (field.derived) return { ...nothing, derived: { [field.key]: '0' } };
    return { ...nothing, taken: [{ kind: 'value', field: field.key, value: '0', words }] };
  }
  if (!field.required) return { ...nothing, taken: [{ kind: 'notApplicable', field: field.key, reason: '无', words }] };
  return asking(askAbout(field, 'empty', words));
}

/** A derived figure that is said not to change is no statement of its own: the list tells. */
function settleSame(field: FieldDefinition, words: string, last: string | undefined): Settled {
  if (field.derived) return last === undefined ? nothing : { ...nothing, derived: { [field.key]: last } };
  if (last === undefined) return asking(askAbout(field, 'no_last', words));
  return { ...nothing, taken: [{ kind: 'same', field: field.key, words }] };
}

function settleNotApplicable(field: FieldDefinition, { words, reason }: StateContext): Settled {
  if (field.derived) return nothing;
  if (reason === '') return asking(askAbout(field, 'no_reason', words));
  return { ...nothing, taken: [{ kind: 'notApplicable', field: field.key, reason, words }] };
}
