/** One thing a message says: names, numbers, and whether it states, corrects, denies or only mentions. */
import type { NameSpan } from './field-names';
import type { NumberSpan } from './numerals';

/** `final`: what a figure was changed to; `past`, `denied`: what it is not; `relative`: by how much it changed. */
export type Role = 'plain' | 'final' | 'past' | 'denied' | 'relative';

export interface StatedNumber {
  readonly span: NumberSpan;
  role: Role;
  /** Direction of a relative number. */
  readonly sign: 1 | -1;
  /** Stands among words that were not understood. */
  isUnclear: boolean;
  /** Its clause holds words that were not understood, near or far. */
  readonly isAmongWords: boolean;
}

export type StateMark = 'same' | 'zero' | 'unknown' | 'notApplicable' | 'doubt';

export interface Statement {
  readonly names: NameSpan[];
  /** Named by number, 第九项, even if there is no field of that number. */
  isOrdinal: boolean;
  /** 其余, 全部: every open field that is not named. */
  isAll: boolean;
  /** 除了企业: what is said of the others is not said of it. */
  isExcepted: boolean;
  /** 不是不变, 25待定: what is said is taken back in the same breath. */
  isDenied: boolean;
  readonly numbers: StatedNumber[];
  readonly states: StateMark[];
  reason: string;
  /** 改成, 写错了, 还是, a colon: the form of a correction or an assignment. */
  isExplicit: boolean;
  /** 改成, 不是: it speaks of a figure given before, perhaps not the one asked for. */
  isCorrection: boolean;
  isUnclear: boolean;
  start: number;
  end: number;
}

export function emptyStatement(start: number): Statement {
  return {
    names: [],
    isOrdinal: false,
    isAll: false,
    isExcepted: false,
    isDenied: false,
    numbers: [],
    states: [],
    reason: '',
    isExplicit: false,
    isCorrection: false,
    isUnclear: false,
    start,
    end: start,
  };
}

export function hasContent(statement: Statement): boolean {
  return statement.numbers.length > 0 || statement.states.length > 0;
}

/** 企业不是24，是42: a denied number leaves the figure open. */
export function hasFigure(statement: Statement): boolean {
  return statement.states.length > 0 || statement.numbers.some((number) => number.role !== 'denied');
}
