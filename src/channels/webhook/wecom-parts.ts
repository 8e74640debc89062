/**
 * Content as the messages of WeCom's group robot: what is written first, in as few as fit, then pictures and files. Markdown
 * of the first version, since older clients show the second as source; plain sentences go as text, which all clients show.
 */
import type { Block, Content } from '../content';
import { markdownOf } from '../markdown';
import { plainText } from '../plain';
import { splitByBytes } from '../split';

export type WecomPart =
  | { readonly kind: 'text' | 'markdown'; readonly text: string }
  | { readonly kind: 'file'; readonly fileId: number };

/** In bytes of UTF-8; beyond, the whole message is refused with 40058 (path 91770). */
const limits = { text: 2048, markdown: 4096 } as const;

export function wecomParts(content: Content): readonly WecomPart[] {
  const words = content.blocks.filter((block) => !isFile(block));
  const files = content.blocks.filter(isFile).map(({ fileId }): WecomPart => ({ kind: 'file', fileId }));
  return [...writtenParts(words), ...files];
}

function writtenParts(blocks: readonly Block[]): readonly WecomPart[] {
  const kind = blocks.every((block) => block.kind === 'text') ? 'text' : 'markdown';
  const written = kind === 'text' ? plainText({ blocks, choices: [] }) : markdownOf(blocks).join('\n\n');
  return splitByBytes(written, limits[kind]).map((piece) => ({ kind, text: piece.trim() }));
}

const isFile = (block: Block): block is Extract<Block, { fileId: number }> =>
  block.kind === 'image' || block.kind === 'file';
