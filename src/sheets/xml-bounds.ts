/**
 * How many tags a part of a workbook has and how deep they lie in each other, without a parser: what parses XML takes time and
 * room for every tag, and a few kilobytes of archive can unfold to millions.
 */

/** A worksheet nests no deeper than a dozen levels (ECMA-376 part 1, 18.3). */
const deepest = 64;
/** With its end, which a tag that another one begins in does not have. */
const tag = /<([/?!]?)[^<>]*(>?)/g;

/** False when a part has more tags than that, nests them deeper than any worksheet does, or leaves one open. */
export function isWithinBounds(xml: string, mostTags: number): boolean {
  let [count, depth] = [0, 0];
  for (const [text, mark, end] of xml.matchAll(tag)) {
    count += 1;
    if (end === '') return false;
    if (mark === '/') depth -= 1;
    else if (mark === '' && !text.endsWith('/>')) depth += 1;
    if (count > mostTags || depth > deepest) return false;
  }
  return true;
}
