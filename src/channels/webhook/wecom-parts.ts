/**
 * Content as the messages of WeCom's group robot: what is written first, in as few as fit, then pictures and files. Markdown
 * of the first version, since older clients show the second as source; plain sentences go as text, which all clients show.
 */
import type { Block, Content, Mention } from '../content';
import { markdownOf } from '../markdown';
import { plainText } from '../plain';
import { splitByBytes } from '../split';

export type WecomPart =
  | { readonly kind: 'text' | 'markdown'; readonly text: string; readonly mentions?: readonly Mention[] }
  | { readonly kind: 'file'; readonly fileId: number };

/** In bytes of UTF-8; beyond, the whole message is refused with 40058 (path 91770). */
const limits = { text: 2048, markdown: 4096 } as const;

export function wecomParts(content: Content): readonly WecomPart[] {
  const words = content.blocks.filter((block) => !isFile(block));
  const files = content.blocks.filter(isFile).map(({ fileId }): WecomPart => ({ kind: 'file', fileId }));
  return [...writtenParts(words, content.mentions), ...files];
}

/** As text where somebody is called by name: only text can call everybody, or somebody by number. */
function writtenParts(blocks: readonly Block[], mentions: readonly Mention[] = []): readonly WecomPart[] {
  const isText = mentions.length > 0 || blocks.every((block) => block.kind === 'text');
  const parts = splitWords(blocks, isText ? 'text' : 'markdown');
  return parts.map((part, index) => (index === 0 && mentions.length > 0 ? { ...part, mentions } : part));
}

function splitWords(blocks: readonly Block[], kind: 'text' | 'markdown') {
  const written = kind === 'text' ? plainText({ blocks, choices: [] }) : markdownOf(blocks).join('\n\n');
  return splitByBytes(written, limits[kind]).map((piece) => ({ kind, text: piece.trim() }));
}

/** The body of a written part, under the name of its kind. */
export function wordsOf({
  text,
  mentions = [],
}: Extract<WecomPart, { text: string }>): Readonly<Record<string, unknown>> {
  if (mentions.length === 0) return { content: text };
  const accounts = mentions.flatMap((each) => (each === 'all' ? ['@all'] : 'userId' in each ? [each.userId] : []));
  const numbers = mentions.flatMap((each) => (each !== 'all' && 'mobile' in each ? [each.mobile] : []));
  return {
    content: text,
    ...(accounts.length > 0 && { mentioned_list: accounts }),
    ...(numbers.length > 0 && { mentioned_mobile_list: numbers }),
  };
}

const isFile = (block: Block): block is Extract<Block, { fileId: number }> =>
  block.kind === 'image' || block.kind === 'file';
