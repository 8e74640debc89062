/** Judges the reader by a corpus of messages: what each must set, and what must be asked back. A wrong value is the one thing never allowed. */
import { z } from 'zod';
import type { TableDefinition, Values } from '../table/definition';
import { readFields } from './fields';
import type { Reading, ReadingContext } from './reading';

const values = z.record(z.string(), z.string());
const line = z.object({
  table: z.string(),
  /** Key of the open question. */
  asked: z.string().nullish(),
  last: values.nullish(),
  draft: values.nullish(),
  /** Left out: every field that is not derived and not in the draft. */
  open: z.array(z.string()).nullish(),
  /** The report's month. */
  period: z.string().nullish(),
  text: z.string(),
  /** Exactly the values that may be taken, with 不变 resolved by last month's. */
  set: values,
  ask: z.array(z.string()),
  derived: values.nullish(),
});

export type CorpusLine = z.infer<typeof line>;

export type Verdict = {
  readonly verdict: 'right' | 'asked needlessly' | 'wrong';
  readonly detail: string;
};

/** Throws on a line that is none, naming its number. */
export function parseCorpus(text: string): readonly CorpusLine[] {
  return text.split('\n').flatMap((each, index) => (each.trim() === '' ? [] : [parseLine(each, index + 1)]));
}

function parseLine(text: string, number: number): CorpusLine {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    throw new Error(`line ${number} is no line of a corpus`);
  }
}

export function contextOf(given: CorpusLine, definition: TableDefinition): ReadingContext {
  const draft = given.draft ?? {};
  const questions = definition.fields.filter((field) => field.derived === null).map((field) => field.key);
  return {
    fields: definition.fields,
    asked: given.asked ?? null,
    last: given.last ?? {},
    draft,
    ...(given.period ? { period: given.period } : {}),
    open: given.open ?? questions.filter((key) => draft[key] === undefined),
  };
}

export function judge(given: CorpusLine, definition: TableDefinition): Verdict {
  const context = contextOf(given, definition);
  const reading = readFields(given.text, context);
  const set = valuesOf(reading, context);
  const asked = [...new Set(reading.asks.flatMap((ask) => ask.field ?? '?'))].sort();
  const detail = describe({ set, asked, derived: reading.statedDerived, rest: reading.rest });
  const isInvented = !includes(given.set, set) || (given.derived && !includes(given.derived, reading.statedDerived));
  if (isInvented) return { verdict: 'wrong', detail };
  const isComplete = includes(set, given.set) && includes(reading.statedDerived, given.derived ?? {});
  const isSameAsk = JSON.stringify(asked) === JSON.stringify([...given.ask].sort());
  if (isComplete && isSameAsk) return { verdict: 'right', detail };
  const isMissed = isComplete && given.ask.some((key) => !asked.includes(key));
  return { verdict: isMissed ? 'wrong' : 'asked needlessly', detail };
}

function valuesOf(reading: Reading, context: ReadingContext): Values {
  const said: Record<string, string> = {};
  for (const taken of reading.taken) {
    if (taken.kind === 'value') said[taken.field] = taken.value;
    else if (taken.kind === 'same') said[taken.field] = context.last[taken.field] ?? '';
    else said[taken.field] = `不适用：${taken.reason}`;
  }
  if (!reading.allSame) return said;
  const asked = reading.asks.map((ask) => ask.field);
  const kept = context.open.filter((key) => said[key] === undefined && !asked.includes(key));
  return {
    ...Object.fromEntries(kept.flatMap((key) => (context.last[key] === undefined ? [] : [[key, context.last[key]]]))),
    ...said,
  };
}

/** All of `part` is in `whole`. */
function includes(whole: Values, part: Values): boolean {
  return Object.entries(part).every(([key, value]) => whole[key] === value);
}

function describe(outcome: { set: Values; asked: readonly string[]; derived: Values; rest: string }): string {
  return JSON.stringify(outcome);
}
