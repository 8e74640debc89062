/**
 * Plain text inside a platform's markdown. Whether their clients honour backslash escapes is not documented, so a character
 * that would mean something is replaced by its full-width twin, which reads the same and means nothing.
 */

/** ASCII 0x21–0x7E have their twins at a fixed distance in Unicode. */
const fullWidth = (ascii: string) =>
  Array.from(ascii, (each) => String.fromCodePoint((each.codePointAt(0) ?? 0) + 0xfee0)).join('');

/**
 * Anywhere: emphasis, links, code, tables, mentions. A tilde alone (5~10), a less-than before a number and an underscore
 * within a word (as in addresses) are no markup and stay; an ampersand counts only where an entity would follow.
 */
const inline = /[*[\]`@|\\]|~~+|<(?=[a-z/!])|&(?=#?\w+;)|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/giu;

/** At the start of a line: headings, quotes, bullets, rules. */
const opening = /^(?:#+|>+|[-+](?=\s|$)|[-=]{2,}(?=\s*$))/;
const numbering = /^(\d+)([.)])(?=\s)/;

function escapeLine(line: string): string {
  return line
    .trim()
    .replace(inline, fullWidth)
    .replace(opening, fullWidth)
    .replace(numbering, (_, number: string, mark: string) => number + fullWidth(mark));
}

/** A text of several lines, each its own paragraph: clients run lines together that only one newline parts. */
export function escapeMarkdown(text: string): string {
  return linesOf(text).map(escapeLine).join('\n\n');
}

/** A text that has to stay on one line: in a heading, an item, a cell. */
export function escapeInline(text: string): string {
  return escapeLine(linesOf(text).join(' '));
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/[\p{Cc}\p{Cs}]/gu, ' '))
    .filter((line) => line.trim() !== '');
}
