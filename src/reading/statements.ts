/**
 * Tokens → statements: which number, 不变 or 没有 belongs to which names. 企业27 and 27家企业 both hold; a figure of last month, a change
 * (新增3家) and a denied figure (不是24) are told from the figure itself. Knows nothing of the kinds of fields.
 */
import type { NameIndex, NameSpan } from './field-names';
import type { MarkKind } from './marks';
import type { NumberSpan } from './numerals';
import type { Token } from './tokens';

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

export type StateMark = 'same' | 'zero' | 'unknown' | 'notApplicable';

export interface Statement {
  readonly names: NameSpan[];
  /** Named by number, 第九项, even if there is no field of that number. */
  isOrdinal: boolean;
  /** 其余, 全部: every open field that is not named. */
  isAll: boolean;
  readonly numbers: StatedNumber[];
  readonly states: StateMark[];
  reason: string;
  /** 改成, 写错了, 还是, a colon: the form of a correction or an assignment. */
  isExplicit: boolean;
  /** 各, 都 before one number for several names. */
  isShared: boolean;
  isUnclear: boolean;
  start: number;
  end: number;
}

const stateMarks: ReadonlySet<MarkKind> = new Set(['same', 'zero', 'unknown', 'notApplicable']);
/** After a break, these say that a number is still about the field named before. */
const continuing: ReadonlySet<MarkKind> = new Set(['past', 'now', 'rise', 'fall', 'change', 'not', 'still']);

export function readStatements(tokens: readonly Token[], index: NameIndex): readonly Statement[] {
  const builder = new StatementBuilder(index);
  for (const segment of segmentsOf(tokens)) builder.add(inForwardOrder(segment));
  return builder.statements;
}

/** Clauses, each with the break before it. */
function segmentsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const segments: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'break') segments.push([token]);
    else segments.at(-1)?.push(token);
  }
  return segments;
}

/** 4家高校院所、27家企业 → names before their numbers. Only when every number has a counter and a name right behind. */
function inForwardOrder(segment: readonly Token[]): readonly Token[] {
  const carriers: readonly Token[] = segment.filter((token) => token.kind === 'name' || token.kind === 'number');
  const isReversed =
    carriers.length >= 2 &&
    carriers.length % 2 === 0 &&
    carriers.every((token, at) =>
      at % 2 === 0 ? token.kind === 'number' && token.number.counter !== '' : token.kind === 'name',
    );
  if (!isReversed) return segment;
  const swapped = carriers.map((_, at) => carriers[at % 2 === 0 ? at + 1 : at - 1]);
  let next = 0;
  return segment.map((token) => (carriers.includes(token) ? (swapped[next++] ?? token) : token));
}

class StatementBuilder {
  readonly statements: Statement[] = [];
  private current: Statement | null = null;
  private role: Role = 'plain';
  private sign: 1 | -1 = 1;
  /** A clause has ended since the current statement got its last name or number. */
  private isAfterBreak = false;
  private continues = false;
  private isAfterWord = false;
  private canJoin = false;
  private isApart = false;
  private hasWords = false;

  constructor(private readonly index: NameIndex) {}

  add(segment: readonly Token[]): void {
    this.hasWords = segment.some((token) => token.kind === 'word');
    for (const [at, token] of segment.entries()) {
      if (token.kind === 'skip') this.skip();
      else if (token.kind === 'break') this.breakClause();
      else if (token.kind === 'word') this.poison();
      else if (token.kind === 'name') this.addName(token.name, segment[at - 1]);
      else if (token.kind === 'number') this.addNumber(token.number);
      else if (token.kind === 'mark') this.addMark(token.mark, token);
    }
  }

  private breakClause(): void {
    this.isAfterBreak = true;
    this.continues = false;
    this.canJoin = false;
    this.isAfterWord = false;
    this.role = 'plain';
  }

  /** 光山 企业27: what stands apart does not change what a name says. */
  private skip(): void {
    this.isAfterWord = false;
    this.isApart = true;
  }

  /** A word next to a name or a number may change what it says: 规上企业27, 企业27家参加培训. */
  private poison(): void {
    this.isAfterWord = true;
    const last = this.isAfterBreak || this.isApart ? null : this.current;
    if (!last) return;
    last.isUnclear = last.isUnclear || last.numbers.length === 0;
    const number = last.numbers.at(-1);
    if (number) number.isUnclear = true;
  }

  private addName(name: NameSpan, before: Token | undefined): void {
    const last = this.current;
    if (last && this.isPartOfName(last, name, before)) return;
    const joins = last && !last.isAll && this.canJoin && !hasContent(last);
    const statement = joins ? last : this.open(name.start);
    // ① before a name is only a list mark.
    if (statement.names.at(-1)?.alias === '') statement.names.pop();
    statement.names.push(name);
    statement.isOrdinal = name.alias === '';
    statement.end = name.end;
    statement.isUnclear = statement.isUnclear || this.isAfterWord;
    this.settleIn();
    // 上月企业24, 新增企业3家: the mark before a name is about its number.
    if (this.role !== 'relative' && this.role !== 'past') this.role = 'plain';
    this.canJoin = true;
  }

  /** 推送了1020家企业: the second half of 推送企业. */
  private isPartOfName(last: Statement, name: NameSpan, before: Token | undefined): boolean {
    if (before?.kind !== 'number' || last.numbers.at(-1)?.span !== before.number) return false;
    const first = last.names.at(-1);
    const keys = this.index.get(`${(first?.alias ?? '').replace(/了$/, '送')}${name.alias}`) ?? [];
    return first !== undefined && keys.some((key) => first.keys.includes(key));
  }

  private addNumber(span: NumberSpan): void {
    const isNew = !this.current || (this.isAfterBreak && hasFigure(this.current) && !this.continues);
    const statement = isNew || !this.current ? this.open(span.start) : this.current;
    const isRelative = this.role === 'relative' || span.sign === '+';
    const sign = span.sign === '-' ? -1 : this.sign;
    const isUnclear = this.isAfterWord;
    statement.numbers.push({
      span,
      role: isRelative ? 'relative' : this.role,
      sign,
      isUnclear,
      isAmongWords: this.hasWords,
    });
    statement.end = Math.max(statement.end, span.end);
    this.settleIn();
    if (this.role !== 'final') this.role = 'plain';
  }

  private addMark(mark: MarkKind, token: Token): void {
    if (stateMarks.has(mark)) this.addState(mark as StateMark, token);
    else if (mark === 'others' || mark === 'every') this.addAll(mark, token);
    else if (mark === 'and') this.canJoin = this.canJoin || (this.current !== null && !hasContent(this.current));
    else this.turn(mark);
    if (continuing.has(mark)) this.continues = true;
  }

  private addState(state: StateMark, token: Token): void {
    const isNew = !this.current || (this.isAfterBreak && hasContent(this.current));
    const statement = isNew || !this.current ? this.open(token.start) : this.current;
    statement.states.push(state);
    if (token.kind === 'mark') statement.reason = token.reason ?? '';
    statement.end = token.end;
    statement.isUnclear = statement.isUnclear || this.isAfterWord;
    this.settleIn();
  }

  /** 平台、网址都不变 is about those two; 都不变 alone about all. */
  private addAll(mark: 'others' | 'every', token: Token): void {
    const isNamed = this.current !== null && this.current.names.length > 0 && !hasContent(this.current);
    if (mark === 'every' && (isNamed || this.current?.isAll)) {
      if (this.current) this.current.isShared = true;
      return;
    }
    const statement = this.open(token.start);
    statement.isAll = true;
    statement.end = token.end;
    this.settleIn();
  }

  private turn(mark: MarkKind): void {
    const { current } = this;
    if (mark === 'change') this.changeTo();
    if (mark === 'not') this.role = 'denied';
    if (mark === 'past') this.role = 'past';
    if (mark === 'now') this.role = 'plain';
    if (mark === 'rise' || mark === 'fall') this.turnRelative(mark === 'rise' ? 1 : -1);
    if (mark === 'gone') this.markGone();
    if (!current) return;
    if (mark === 'each') current.isShared = true;
    const isForm = mark === 'change' || mark === 'fix' || mark === 'still' || mark === 'not' || mark === 'assign';
    if (isForm) current.isExplicit = true;
  }

  private changeTo(): void {
    for (const number of this.current?.numbers ?? []) if (number.role === 'plain') number.role = 'past';
    this.role = 'final';
  }

  private turnRelative(sign: 1 | -1): void {
    this.role = 'relative';
    this.sign = sign;
  }

  /** 有4家退出: the four are no figure. */
  private markGone(): void {
    const number = this.isAfterBreak ? undefined : this.current?.numbers.at(-1);
    if (number) number.role = 'relative';
  }

  private open(start: number): Statement {
    const statement: Statement = {
      names: [],
      isOrdinal: false,
      isAll: false,
      numbers: [],
      states: [],
      reason: '',
      isExplicit: false,
      isShared: false,
      isUnclear: false,
      start,
      end: start,
    };
    this.statements.push(statement);
    this.current = statement;
    return statement;
  }

  private settleIn(): void {
    this.isAfterBreak = false;
    this.isAfterWord = false;
    this.isApart = false;
  }
}

function hasContent(statement: Statement): boolean {
  return statement.numbers.length > 0 || statement.states.length > 0;
}

/** 企业不是24，是42: a denied number leaves the figure open. */
function hasFigure(statement: Statement): boolean {
  return statement.states.length > 0 || statement.numbers.some((number) => number.role !== 'denied');
}
