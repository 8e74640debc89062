/** 恒通那笔金额2.9应为2.0，笔误: what is to be otherwise, each with what it was and what it should be, and why. */

export interface Clause {
  /** 恒通那笔金额2.9; the whole clause where nothing says 应为. */
  readonly subject: string;
  /** 2.0; empty where nothing says 应为. */
  readonly value: string;
  readonly whole: string;
}

const marker = /\s*(?:应当?改?为|应该?是|应该为|更正为|修改为|变更为|改为|改成|应为)\s*[:：]?\s*/;
const value = String.raw`\S+(?:\s*(?:万元|万|元|家|件|项|个))?`;
/** A reason behind the value with no more than a blank between. */
const reasonBehind = new RegExp(`^(.*?(?:${marker.source})${value})\\s+([^\\d\\s].*)$`);
const clauseEnd = /(?<!\d)[,](?!\d)|(?<=\d),(?!\d{3}(?!\d))|(?<!\d),|[，；;。！!\n]/;

export function splitClauses(words: string): { readonly clauses: readonly Clause[]; readonly reason: string } {
  const pieces = words
    .replace(/\s*(?:→|->|—>|=>)\s*/g, '应为')
    .split(clauseEnd)
    .flatMap((piece) => reasonBehind.exec(piece.trim())?.slice(1) ?? [piece])
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const told = pieces.filter((piece) => marker.test(piece) || /不是/.test(piece));
  const changes = told.length > 0 ? told : pieces.slice(0, 1);
  const reason = pieces.filter((piece) => !changes.includes(piece)).join('，');
  return { clauses: changes.map(clauseOf), reason: reason.replace(/^(?:原因|理由|因为|由于|因)\s*[是为:：]?\s*/, '') };
}

function clauseOf(whole: string): Clause {
  const found = marker.exec(whole);
  if (!found) return { subject: whole, value: '', whole };
  return { subject: whole.slice(0, found.index), value: whole.slice(found.index + found[0].length), whole };
}
