/**
 * The exchanges of docs/使用手册.md, as they stand between ```text fences:
 *
 *     张三：上报                          what somebody says; 张三（群里）： in the group; ［文件］name for a file
 *     报送助手：光山县2025年6月统计表…     the answer; its further lines begin with four wide blanks
 *     （周敏收到）新县2025年6月…           what somebody is told unasked; （群里收到） in the group
 *     （7月7日18:06）                      the clock moves on to then
 *     ……                                  in an answer: lines that the manual leaves out
 *
 * `<!-- 从头 … -->` begins a scene in a new office, `<!-- 先 … -->` has lines that are played and not shown, and
 * `<!-- 不演示 -->` stands before a block that is no exchange.
 */

export type Piece =
  | { readonly kind: 'prose'; readonly lines: readonly string[] }
  | { readonly kind: 'begin'; readonly lines: readonly string[] }
  | { readonly kind: 'moment'; readonly lines: readonly string[]; readonly at: string }
  | { readonly kind: 'said'; readonly lines: readonly string[]; readonly who: string; readonly isInGroup: boolean }
  | { readonly kind: 'answer'; readonly lines: readonly string[] }
  /** `newer` of the messages to the same chat follow it at once. */
  | { readonly kind: 'told'; readonly lines: readonly string[]; readonly whom: string; readonly newer: number };

export interface Scene {
  readonly title: string;
  readonly pieces: readonly Piece[];
}

export const bot = '报送助手';
export const indent = '　　　　';
export const leftOut = '……';
const year = '2025';

/** What stands before the first beginning is a scene without exchanges. */
export function scenesOf(manual: string): readonly Scene[] {
  const scenes: { title: string; pieces: Piece[] }[] = [{ title: '', pieces: [] }];
  let heading = '';
  for (const piece of piecesOf(manual)) {
    heading = piece.lines.findLast((line) => /^##+ /.test(line)) ?? heading;
    if (piece.kind === 'begin') scenes.push({ title: heading.replace(/^#+ /, ''), pieces: [] });
    scenes.at(-1)?.pieces.push(piece);
  }
  return scenes;
}

export const textOf = (pieces: readonly Piece[]): string => pieces.flatMap(({ lines }) => lines).join('\n');

/** A comment with what is not shown, or a fenced block. */
const region = /^(?:<!-- (?:从头|先)(?: -->|\n[\s\S]*?^-->)|(?:<!-- 不演示 -->\n+)?```\w*\n[\s\S]*?^```)$/gm;
const isPlayed = /^(?:<!-- (?:从头|先)\n|```text\n)/;

function piecesOf(manual: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: found, index } of manual.matchAll(region)) {
    if (index > at) pieces.push(...prose(manual.slice(at, index - 1)));
    pieces.push(...piecesOfRegion(found));
    at = index + found.length + 1;
  }
  return joined([...pieces, ...prose(manual.slice(at))]);
}

const prose = (text: string): readonly Piece[] => text.split('\n').map((line) => ({ kind: 'prose', lines: [line] }));

function piecesOfRegion(text: string): readonly Piece[] {
  const lines = text.split('\n');
  const [first = '', ...rest] = lines;
  const kind = first.startsWith('<!-- 从头') ? 'begin' : 'prose';
  if (!isPlayed.test(text)) return lines.map((line) => ({ kind, lines: [line] }));
  const inner: Piece[] = [];
  for (const line of rest.slice(0, -1)) inner.push(pieceOf(line, inner));
  return [{ kind, lines: [first] }, ...inner, { kind: 'prose', lines: rest.slice(-1) }];
}

function pieceOf(line: string, before: readonly Piece[]): Piece {
  const [, month = '', day = '', time] = /^（(\d+)月(\d+)日(\d\d:\d\d)）$/.exec(line) ?? [];
  if (time) {
    return {
      kind: 'moment',
      lines: [line],
      at: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}:00+08:00`,
    };
  }
  const [, whom] = /^（(.+?)收到）/.exec(line) ?? [];
  if (whom) return { kind: 'told', lines: [line], whom, newer: 0 };
  const [, who, group] = /^([^　（：]+)(（群里）)?：/.exec(line) ?? [];
  if (who)
    return who === bot
      ? { kind: 'answer', lines: [line] }
      : { kind: 'said', lines: [line], who, isInGroup: Boolean(group) };
  const last = before.at(-1);
  if (line.startsWith(indent) && last) return { ...last, lines: [line] };
  throw new Error(`no line of an exchange: ${line}`);
}

/** Further lines go with the first one, and each message that somebody is told knows how many more are. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const whole: Piece[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    const isFurther = piece.kind === 'prose' ? last?.kind === 'prose' : piece.lines[0]?.startsWith(indent);
    if (last && isFurther) whole[whole.length - 1] = { ...last, lines: [...last.lines, ...piece.lines] };
    else whole.push(piece);
  }
  return whole.map((piece, at) =>
    piece.kind === 'told' ? { ...piece, newer: newerThan(piece, whole.slice(at + 1)) } : piece,
  );
}

function newerThan({ whom }: { readonly whom: string }, after: readonly Piece[]): number {
  const end = after.findIndex((piece) => piece.kind !== 'told');
  return after.slice(0, end < 0 ? undefined : end).filter((piece) => piece.kind === 'told' && piece.whom === whom)
    .length;
}

/** What somebody says, as typed: cells of pasted rows are set apart by wide blanks here. */
export function wordsOf({ lines }: Piece): string {
  const [first = '', ...more] = lines;
  return [first.replace(/^[^：]+：(?:@报送助手 ?)?/, ''), ...more.map((line) => line.slice(indent.length))]
    .join('\n')
    .replaceAll('　', '\t');
}

/** The answer in the manual's form: where lines were left out, as many as before are shown around the gap. */
export function rewritten({ lines }: Piece, shown: readonly string[]): readonly string[] {
  const start = /^(?:报送助手：|（.+?收到）)/.exec(lines[0] ?? '')?.[0] ?? '';
  const old = lines.map((line, at) => line.slice(at === 0 ? start.length : indent.length));
  const gap = old.indexOf(leftOut);
  const after = old.length - 1 - gap;
  const isShorter = gap < 0 || shown.length <= gap + after;
  const kept = isShorter ? shown : [...shown.slice(0, gap), leftOut, ...shown.slice(shown.length - after)];
  return kept.map((line, at) => (at === 0 ? start : indent) + line);
}
