/**
 * What is said as WeCom's app shows it: text (paths 90236 and 90241), or markdown for pushes with more form than sentences,
 * where the administrator wants it: WeCom's plugin for WeChat shows only text.
 */
import { createHash } from 'node:crypto';
import type { Block, Content } from '../content';
import { markdownOf, typedChoice } from '../markdown';
import { plainText } from '../plain';

/** Everything as text. WeCom makes `<a href>` a link, which nobody but us may write. */
export function appText(content: Content): string {
  return plainText(content).replaceAll(/<(?=\s*\/?\s*a(?![a-z]))/gi, '＜');
}

export interface Words {
  readonly msgtype: 'text' | 'markdown';
  readonly text: string;
}

export function pushedWords(content: Content, allowsMarkdown: boolean): Words {
  const usesMarkdown = allowsMarkdown && content.blocks.some(hasForm);
  return usesMarkdown
    ? { msgtype: 'markdown', text: appMarkdown(content) }
    : { msgtype: 'text', text: appText(content) };
}

const hasForm = ({ kind }: Block): boolean => ['heading', 'figures', 'list', 'table'].includes(kind);

/** Headings and bold are rendered, lists read well as they are written; tables become lists (path 90236 has neither). */
function appMarkdown({ blocks, choices }: Content): string {
  const typed = choices.length > 0 ? [`可回复：${choices.map(typedChoice).join(' ｜ ')}`] : [];
  return [...markdownOf(blocks), ...typed].join('\n\n');
}

/** None of them shows, and reading what a person pasted drops them. */
const invisible = ['\u200b', '\u200c', '\u200d'] as const;
const markCharacters = 11;
export const markBytes = markCharacters * Buffer.byteLength(invisible[0]);

/**
 * An invisible ending of its own for each message. WeCom's duplicate check compares content, so without it the same answer
 * to the same question would be taken for a repetition of the first one; with it only a retry is.
 */
export function invisibleMark(id: string): string {
  const digits = createHash('sha256').update(id).digest().readUInt16BE().toString(invisible.length);
  return Array.from(digits.padStart(markCharacters, '0'), (digit) => invisible[Number(digit)]).join('');
}
