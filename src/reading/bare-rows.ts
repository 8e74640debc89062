/** 4 27 135 不变 不变 1020: answers in a row, apart by blanks, 、 or / alone. Each is then read as a clause of its own. */

const number = /^[\d,.]+(?:[家件项个]|万元?)?$/;
const same = /^(?:不变|没变|没变化|未变|无变化|同上|同上月|一样|照旧)$/;

/** `text` with commas between the answers, as long as before; what is no such row stays as it is. */
export function separateRow(text: string): string {
  const pieces = text.trim().split(/[\s、/]+/);
  const isRow = pieces.length >= 3 && pieces.every((piece) => number.test(piece) || same.test(piece));
  return isRow && pieces.some((piece) => same.test(piece)) ? text.replace(/[\s、/](?=\S)/g, '，') : text;
}
