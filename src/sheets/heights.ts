/**
 * How high a row must be for its wrapped text. Spreadsheet programs fit rows by themselves, but never for merged cells,
 * and not all of them when a file is opened; so every row states its height.
 */
const lineHeight = 15;
const padding = 6;
/** Excel refuses higher rows. */
const highest = 409;

/** Where the scripts begin whose characters are as wide as they are high. */
const firstWideCode = 0x2e80;

/** Width in half-width characters: a Chinese character takes two. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + ((character.codePointAt(0) ?? 0) < firstWideCode ? 1 : 2), 0);
}

/** Points for `text` at 11 points in a cell `columnWidth` characters wide. */
export function heightFor(text: string, columnWidth: number): number {
  const room = Math.max(2, columnWidth - 1);
  const lines = text.split('\n').reduce((count, line) => count + Math.max(1, Math.ceil(widthOf(line) / room)), 0);
  return Math.min(highest, lines * lineHeight + padding);
}
