/**
 * Content in the little markdown that every chat platform shows: headings, bold and lists. Tables are written as lists,
 * since older phones show their source.
 */
import type { Block, Choice, FigureLine } from './content';
import { escapeInline, escapeMarkdown } from './markdown-escape';

/** One paragraph for each block that says something. */
export function markdownOf(blocks: readonly Block[]): readonly string[] {
  return blocks.map(blockMarkdown).filter((paragraph) => paragraph !== '');
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `### ${escapeInline(block.text)}`;
    case 'text':
      return escapeMarkdown(block.text);
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${escapeInline(item)}`)
        .join('\n');
    case 'table':
      return block.rows.map((row) => rowMarkdown(block.header, row)).join('\n');
    case 'figures':
      return block.figures.map(figureMarkdown).join('\n');
    case 'image':
      return `［图片］${escapeInline(block.name)}`;
    case 'file':
      return `［文件］${escapeInline(block.name)}`;
  }
}

/** The first cell names the row; the others follow with their column: - **平桥区**：企业 27，专利 9 */
function rowMarkdown(header: readonly string[], [first = '', ...rest]: readonly string[]): string {
  const cells = rest.map((cell, index) =>
    `${escapeInline(header[index + 1] ?? '')} ${escapeInline(cell) || '—'}`.trim(),
  );
  const name = first.trim() === '' ? '' : `**${escapeInline(first)}**`;
  return `- ${[name, cells.join('，')].filter((part) => part !== '').join('：')}`;
}

function figureMarkdown({ label, value, before, change }: FigureLine): string {
  const moved = before === null ? '' : `${escapeInline(before)} → `;
  const by = change === null ? '' : `（${escapeInline(change)}）`;
  return `- ${escapeInline(label)}：${moved}**${escapeInline(value)}**${by}`;
}

/** What to type comes first, since here nobody can tap; a label such as 不变（27） or A 27家 begins with it, or is a part of it. */
export function typedChoice({ label, text }: Choice): string {
  if (label.startsWith(`${text}（`) || label.startsWith(`${text} `)) return escapeInline(label);
  return text.includes(label) ? escapeInline(text) : `${escapeInline(text)}（${escapeInline(label)}）`;
}
