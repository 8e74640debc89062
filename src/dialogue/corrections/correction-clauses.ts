/** 恒通那笔金额2.9应为2.0，笔误: what is to be otherwise, each with what it was and what it should be, and why. */

export interface Clause {
  /** 恒通那笔金额2.9; the whole clause where nothing says 应为. */
  readonly subject: string;
  /** 2.0; empty where nothing says 应为. */
  readonly value: string;
  /** As it was said. */
  readonly whole: string;
  /** The same with 应为 between the two. */
  readonly restated: string;
}

/** What can only be a value. */
const ahead = '(?=\\s*(?:\\d|免费|收费|[一二两三四五六七八九十百]+(?:万元|万|元|家|件|项|个)))';
const strong = `应(?:当|该)?(?:改|更正)?(?:为|是)|应(?:当|该)?${ahead}|更正为|修改为|变更为|改为|改成`;
/** 企业为23家: where nothing else says what should be, for a reason may say so, too. */
const weak = `(?<![因认以作不])[为是]${ahead}`;
const markerOf = (words: string): RegExp => new RegExp(`\\s*(?:${words})\\s*[:：]?\\s*`);
const marker = markerOf(`${strong}|${weak}`);
const strongMarker = markerOf(strong);

const value = String.raw`\S+(?:\s*(?:万元|万|元|家|件|项|个))?`;
/** A reason behind the value with no more than a blank between. */
const reasonBehind = new RegExp(`^(.*?(?:${marker.source})${value})\\s+([^\\d\\s].*)$`);
const clauseEnd = /(?<!\d)[,](?!\d)|(?<=\d),(?!\d{3}(?!\d))|(?<!\d),|[，；;。！!\n]/;
const reasonStart = /^(?:原因|理由|因为|由于|因)\s*[是为:：]?\s*/;

export function splitClauses(words: string): { readonly clauses: readonly Clause[]; readonly reason: string } {
  const pieces = words
    .replace(/\s*(?:→|->|—>|=>)\s*/g, '应为')
    .split(clauseEnd)
    .flatMap((piece) => reasonBehind.exec(piece.trim())?.slice(1) ?? [piece])
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const joined = joinSubjects(pieces);
  const changes = changesIn(joined);
  const reason = joined.filter((piece) => !changes.includes(piece)).join('，');
  return { clauses: changes.map(clauseOf), reason: reason.replace(reasonStart, '') };
}

/** 恒通公司的使用费，2.9万改成2万: a change that names nothing is of what was named just before. */
function joinSubjects(pieces: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const { subject } = clauseOf(piece);
    const isNameless =
      strongMarker.test(piece) && /^(?:由|从|原来?|是)*[\d.,\s]*(?:万元|万|元|家|件|项|个)?$/.test(subject);
    if (isNameless && before !== undefined && !marker.test(before)) joined.splice(-1, 1, before + piece);
    else joined.push(piece);
  }
  return joined;
}

function changesIn(pieces: readonly string[]): readonly string[] {
  const told = pieces.filter((piece) => !reasonStart.test(piece));
  const clear = told.filter((piece) => strongMarker.test(piece) || /不是/.test(piece));
  const doubtful = told.filter((piece) => marker.test(piece));
  return [clear, doubtful].find(({ length }) => length > 0) ?? pieces.slice(0, 1);
}

function clauseOf(whole: string): Clause {
  const found = marker.exec(whole);
  if (!found) return { subject: whole, value: '', whole, restated: whole };
  // 应该是2万不是2.9万: what it is not is what it was.
  const [value = '', before = ''] = whole.slice(found.index + found[0].length).split(/[\s,，]*而?不是/);
  const subject = whole.slice(0, found.index) + before;
  return { subject, value, whole, restated: `${subject}应为${value}` };
}
