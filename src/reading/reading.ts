/** What is read out of a message, and what it is read against. `taken` may be written down; everything doubtful is an `Ask`. */
import type { FieldDefinition, Values } from '../table/definition';

export interface ReadingContext {
  /** The table's fields in official order, derived ones included. */
  readonly fields: readonly FieldDefinition[];
  /** Key of the open question. */
  readonly asked: string | null;
  /** Last month's canonical values. */
  readonly last: Values;
  /** What is already given. */
  readonly draft: Values;
  /** Keys still without a value, in order. */
  readonly open: readonly string[];
  /** The report's month, `YYYY-MM`: figures that are said to be another month's are asked. */
  readonly period?: string;
}

export type Taken =
  | { readonly kind: 'value'; readonly field: string; readonly value: string; readonly words: string }
  /** 不变: the value of last month, which there is. */
  | { readonly kind: 'same'; readonly field: string; readonly words: string }
  | { readonly kind: 'notApplicable'; readonly field: string; readonly reason: string; readonly words: string };

export type AskReason =
  /** 三百多, 约, 左右, 七八家 */
  | 'vague'
  /** 3千 for money, 27件 for a field in 家 */
  | 'unit'
  | 'unlike_last'
  /** 新增3家, +20: not the figure but its change */
  | 'relative'
  /** 5月底企业27 while another month's report is open */
  | 'other_month'
  /** 平台网址不变: the other of the two may be meant as well */
  | 'goes_along'
  | 'ambiguous_field'
  /** More or fewer bare numbers than open fields */
  | 'too_many'
  | 'two_values'
  | 'not_whole'
  | 'negative'
  | 'too_precise'
  | 'too_large'
  /** 不变 without a figure of last month */
  | 'no_last'
  /** 不适用 without a reason */
  | 'no_reason'
  /** 没有, 无 without saying of what */
  | 'empty'
  /** A number among words that were not understood */
  | 'unclear'
  | 'unreadable_value'
  | 'too_long'
  | 'not_url'
  | 'wrong_check'
  | 'publication'
  | 'malformed';

export interface Candidate {
  readonly label: string;
  readonly field: string;
  readonly value: string;
}

export interface Ask {
  /** Null when nothing says which field is meant. */
  readonly field: string | null;
  readonly fields?: readonly string[];
  readonly words: string;
  readonly reason: AskReason;
  readonly candidates: readonly Candidate[];
}

export interface Reading {
  readonly taken: readonly Taken[];
  readonly asks: readonly Ask[];
  /** Exact values stated for figures that come from a list. */
  readonly statedDerived: Values;
  /** 其余不变, 全部同上月: every open field that is not named keeps last month's value. */
  readonly allSame: boolean;
  /** What is left when everything understood, polite words and punctuation are removed. */
  readonly rest: string;
}

/** A stretch of the message that one step understood, with what it makes of it. */
export interface Claim {
  readonly start: number;
  readonly end: number;
  readonly taken: readonly Taken[];
  readonly asks: readonly Ask[];
}

export function fieldIn(context: ReadingContext, key: string | null): FieldDefinition | null {
  return context.fields.find((field) => field.key === key) ?? null;
}

export function candidateFor(field: FieldDefinition, value: string): Candidate {
  return { label: `${field.short}${value.replaceAll('\n', '、')}${field.unit}`, field: field.key, value };
}

/** An ask about one field; `values` are the readings to choose from. */
export function askAbout(
  field: FieldDefinition,
  reason: AskReason,
  words: string,
  values: readonly string[] = [],
): Ask {
  return { field: field.key, words, reason, candidates: values.map((value) => candidateFor(field, value)) };
}
