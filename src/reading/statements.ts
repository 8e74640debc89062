/**
 * Tokens → statements: which number, 不变 or 没有 belongs to which names. 企业27 and 27家企业 both hold; a figure of last month, a change
 * (新增3家) and a denied figure (不是24) are told from the figure itself. Knows nothing of the kinds of fields.
 */
import type { NameIndex, NameSpan } from './field-names';
import { continuing, corrections, forms, type MarkKind, stateMarks } from './marks';
import type { NumberSpan } from './numerals';
import { inForwardOrder, segmentsOf } from './segments';
import { emptyStatement, hasContent, hasFigure, type Role, type StateMark, type Statement } from './statement';
import type { Token } from './tokens';

export function readStatements(tokens: readonly Token[], index: NameIndex): readonly Statement[] {
  const builder = new StatementBuilder(index);
  for (const segment of segmentsOf(tokens)) builder.add(inForwardOrder(segment));
  for (const [at, statement] of builder.statements.entries()) {
    // 高校院所4家企业: whose four?
    const next = builder.statements[at + 1];
    const isTorn =
      next && !hasContent(next) && next.names.length > 0 && statement.numbers.at(-1)?.span.end === next.start;
    if (isTorn && statement.names.length > 0) statement.isUnclear = true;
  }
  return builder.statements;
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
  private corrects = false;
  /** 不对 stood in a clause of its own: the next number is a second try. */
  private isDoubted = false;
  private isApart = false;
  private hasWords = false;
  private excepts = false;
  /** 不变的是平台和网址: names that follow what is said of them. */
  private namesFollow = false;

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
    this.continues = this.isDoubted;
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
    const follows = this.followsState(last, before);
    const joins = follows || (last && !last.isAll && this.canJoin && (this.namesFollow || !hasContent(last)));
    this.namesFollow = follows || (this.namesFollow && joins === true);
    const statement = joins && last ? last : this.open(name.start);
    statement.isExcepted = statement.isExcepted || this.excepts;
    this.excepts = false;
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
    const keys = this.index.byName.get(`${(first?.alias ?? '').replace(/了$/, '送')}${name.alias}`)?.keys ?? [];
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
    statement.isCorrection = statement.isCorrection || this.corrects;
    this.corrects = false;
    this.settleIn();
    if (this.role !== 'final') this.role = 'plain';
  }

  private addMark(mark: MarkKind, token: Token): void {
    if (mark === 'pending') this.addPending(token);
    else if (mark === 'except') this.addExcept();
    else if (stateMarks.has(mark)) this.addState(mark as StateMark, token);
    else if (mark === 'others' || mark === 'every') this.addAll(mark, token);
    else if (mark === 'and') this.canJoin = this.canJoin || (this.current !== null && !hasContent(this.current));
    else this.turn(mark);
    // 高校院所增加1家，为4家
    const isOpen = mark === 'is' && this.current?.numbers.every((number) => number.role === 'relative');
    if (continuing.has(mark) || isOpen) this.continues = true;
  }

  private addState(state: StateMark, token: Token): void {
    const isNew = !this.current || (this.isAfterBreak && hasContent(this.current));
    const statement = isNew || !this.current ? this.open(token.start) : this.current;
    statement.states.push(state);
    if (token.kind === 'mark') statement.reason = token.reason ?? '';
    statement.end = token.end;
    statement.isUnclear = statement.isUnclear || this.isAfterWord || statement.isExcepted;
    statement.isDenied = statement.isDenied || this.role === 'denied';
    this.settleIn();
  }

  /** 25待定, 25，待核实 */
  private addPending(token: Token): void {
    if (this.current && this.isAfterBreak && hasContent(this.current)) this.current.isDenied = true;
    this.addState('unknown', token);
    if (this.current && this.current.numbers.length > 0) this.current.isDenied = true;
  }

  private addExcept(): void {
    this.excepts = this.current === null || this.isAfterBreak || hasContent(this.current);
    if (this.current && !this.excepts) this.current.isExcepted = true;
  }

  /** 没有新增企业, 不变的是企业 */
  private followsState(last: Statement | null, before: Token | undefined): boolean {
    const isBare =
      last?.states.length === 1 && last.states[0] === 'same' && last.names.length + last.numbers.length === 0;
    return isBare === true && !last?.isAll && !this.isAfterBreak && !this.isApart && before?.kind === 'mark';
  }

  /** 平台、网址都不变 is about those two; 都不变 alone about all. */
  private addAll(mark: 'others' | 'every', token: Token): void {
    const isNamed =
      this.current !== null && this.current.names.length > 0 && !hasContent(this.current) && !this.current.isExcepted;
    if (mark === 'every' && (isNamed || this.current?.isAll)) return;
    const statement = this.open(token.start);
    statement.isAll = true;
    statement.end = token.end;
    this.settleIn();
  }

  private turn(mark: MarkKind): void {
    // 不是27 may open the message: then it corrects the number to come.
    this.corrects = this.corrects || corrections.has(mark);
    this.turns[mark]?.();
    if (!this.current) return;
    if (corrections.has(mark)) this.current.isCorrection = true;
    if (forms.has(mark)) this.current.isExplicit = true;
  }

  private readonly turns: Partial<Record<MarkKind, () => void>> = {
    change: () => this.changeTo(),
    reach: () => this.changeTo(),
    fix: () => this.doubtBefore(),
    rise: () => this.turnRelative(1),
    fall: () => this.turnRelative(-1),
    gone: () => this.markGone(),
    not: () => this.turnTo('denied'),
    past: () => this.turnTo('past'),
    now: () => this.turnTo('plain'),
  };

  private turnTo(role: Role): void {
    this.role = role;
  }

  private changeTo(): void {
    for (const number of this.current?.numbers ?? []) if (number.role === 'plain') number.role = 'past';
    this.role = 'final';
  }

  /** 27不对: what stands before is not the figure. 企业改成27，不对，28: nobody knows, both are asked. */
  private doubtBefore(): void {
    this.isDoubted = this.isAfterBreak;
    this.continues = this.isAfterBreak;
    const role = this.isAfterBreak ? 'plain' : 'denied';
    for (const number of this.current?.numbers ?? []) {
      if (number.role === 'plain' || number.role === 'final') number.role = role;
    }
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
    const statement = emptyStatement(start);
    this.statements.push(statement);
    this.current = statement;
    return statement;
  }

  private settleIn(): void {
    this.isAfterBreak = false;
    this.isAfterWord = false;
    this.isApart = false;
    this.isDoubted = false;
  }
}
