/**
 * Text as it is typed and pasted → one spelling of letters, digits and blanks. Every character stays where it was, so
 * that a span found in the normal text can be quoted from the original. The full-width comma stays: it never groups thousands.
 */
const fullWidthOffset = 0xfee0;
const kept = new Set(['，', '；', '？', '！']);
const traditional: Readonly<Record<string, string>> = {
  萬: '万',
  億: '亿',
  兩: '两',
  個: '个',
  項: '项',
  戶: '户',
  專: '专',
  許: '许',
  業: '业',
  變: '变',
  無: '无',
  費: '费',
  額: '额',
};
const blanks = /[\u00a0\u2000-\u200a\u202f\u3000\t]/g;
/** Joiners, direction marks, byte order mark. */
const invisible = /[\u200b-\u200f\u2060\ufeff]/g;

export function normalText(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, narrow)
    .replace(/[萬億兩個項戶專許業變無費額]/g, (character) => traditional[character] ?? character)
    .replace(blanks, ' ')
    .replace(invisible, ' ')
    .replace(/\r/g, ' ');
}

function narrow(character: string): string {
  return kept.has(character) ? character : String.fromCharCode(character.charCodeAt(0) - fullWidthOffset);
}
