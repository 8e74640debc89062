/**
 * Content as plain text, for platforms and places that show nothing else: lines that read well in a chat bubble of any
 * width. Characters that no platform shows, and that some refuse, are left out here once for all.
 */
import type { Block, Choice, Content, FigureLine } from './content';
import { tableLines } from './plain-table';

/** Control characters but line feed and tab, and halves of surrogate pairs: XML 1.0 has no place for them, WeCom answers 40033. */
const unshowable = /(?![\n\t])[\p{Cc}\p{Cs}\u{FFFE}\u{FFFF}]/gu;

/** The whole content as plain text; answers to tap become a last line such as `可回复：确认 ｜ 取消`. */
export function plainText(content: Content): string {
  const lines = content.blocks.flatMap((block, index) =>
    (index > 0 && block.kind === 'heading' ? [''] : []).concat(linesOf(block)),
  );
  if (content.choices.length > 0) lines.push(`可回复：${content.choices.map(nameChoice).join(' ｜ ')}`);
  return lines.join('\n').replaceAll('\r\n', '\n').replaceAll(unshowable, '');
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [`【${block.text}】`];
    case 'text':
      return [block.text];
    case 'list':
      return block.items.map((item, index) => (block.ordered ? `${index + 1}. ${item}` : `· ${item}`));
    case 'table':
      return tableLines(block);
    case 'figures':
      return block.figures.map(describeFigure);
    case 'image':
      return [`［图片］${block.name}`];
    case 'file':
      return [`［文件］${block.name}`];
  }
}

function describeFigure({ label, value, before, change }: FigureLine): string {
  const moved = before === null ? value : `${before} → ${value}`;
  return `${label} ${moved}${change === null ? '' : ` (${change})`}`;
}

/** What to type comes first, since here nobody can tap; a label such as 不变（27） begins with it, or is a part of it. */
function nameChoice({ label, text }: Choice): string {
  if (label.startsWith(`${text}（`)) return label;
  return text.includes(label) ? text : `${text}（${label}）`;
}
