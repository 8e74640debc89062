/**
 * Brackets behind a figure, and emoji. 27家（含高新5家） explains the figure and goes; 27家（约） makes it vague; 15项（免费6项，收费9项）
 * says more and stays.
 */
import { findNumbers } from './numerals';

/** Same length as the words it replaces, so that spans keep their places. */
const NOISE = '\ue001';
const hide = (words: string): string => NOISE.repeat(words.length);

const emoji = /\p{Extended_Pictographic}[\ufe0f\u200d]*|\[[\u4e00-\u9fa5]{1,4}\]/gu;
const behindFigure = /(?<=[\d零〇一二两三四五六七八九十百千万亿家件项个户元])\s*\(([^()]*)\)/g;
const hedge = /约|左右|大概|估|预计|可能|暂定|不准|待核|上下|余|多/;
const correction = /改|应|不是|错|更正|实际|而/;

/** `saysMore`: the words name a field and give it a value. */
export function maskComments(text: string, saysMore: (words: string) => boolean): string {
  return text.replace(emoji, hide).replace(behindFigure, (words, inner: string) => {
    if (/^[\s\ue000]*$/.test(inner) || correction.test(inner) || isFigure(inner)) return words;
    if (saysMore(inner)) return words.replace('(', '，').replace(')', '，');
    return hedge.test(inner) && !/\d/.test(inner) ? `左右${hide(words.slice(2))}` : hide(words);
  });
}

/** 一百三十五（135）件 says it twice, and the two are compared. */
function isFigure(words: string): boolean {
  const [number] = findNumbers(words);
  return number !== undefined && number.sign === '' && number.text.length === words.trim().length;
}

/** 写错了，应该是42 corrects; 应该是42 alone is not sure. */
export function settleShould(text: string): string {
  if (!/错|不对|有误|不是|更正|多报|少报|笔误|漏报/.test(text)) return text;
  return text.replaceAll('应该是', '应改为').replaceAll('应是', '应为').replaceAll('应该为', '应改为');
}
