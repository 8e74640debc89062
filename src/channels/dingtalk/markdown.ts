/**
 * Content as the markdown that DingTalk documents for robots: headings, bold, links and lists. Tables are written as
 * lists, since older phones show their source (page 消息发送与接收类型, 支持的 Markdown 语法).
 */
import type { Block, Choice, Content, FigureLine } from '../content';
import { escapeInline, escapeMarkdown } from './escape';

export interface Markdown {
  /** What the list of conversations and the notification show; no part of the body. */
  readonly title: string;
  readonly text: string;
}

const titleCharacters = 30;
const defaultTitle = '报送消息';

/**
 * `tappable`: the choices are links by which the person sends the text. Without, they are words to type: in a group the
 * text of such a link names no robot, so the platform would not pass it on.
 */
export function toMarkdown(content: Content, tappable: boolean): Markdown {
  const paragraphs = content.blocks.map(blockMarkdown).filter((paragraph) => paragraph !== '');
  if (content.choices.length > 0) paragraphs.push(choicesMarkdown(content.choices, tappable));
  return { title: titleOf(content.blocks), text: paragraphs.join('\n\n') };
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

function choicesMarkdown(choices: readonly Choice[], tappable: boolean): string {
  const named = choices.map((choice) => (tappable ? tappableChoice(choice) : typedChoice(choice)));
  return `${tappable ? '点按或回复' : '可回复'}：${named.join(' ｜ ')}`;
}

function typedChoice({ label, text }: Choice): string {
  return label === text ? escapeInline(text) : `${escapeInline(text)}（${escapeInline(label)}）`;
}

/** What to type stays visible, since only some clients follow such links. */
function tappableChoice({ label, text }: Choice): string {
  const link = `[${escapeInline(label)}](${sendMessageLink(text)})`;
  return label === text ? link : `${link}（${escapeInline(text)}）`;
}

/** A tap makes the person send `text` into the conversation. Brackets would end the markdown link. */
function sendMessageLink(text: string): string {
  const encoded = encodeURIComponent(text).replaceAll('(', '%28').replaceAll(')', '%29');
  return `dtmd://dingtalkclient/sendMessage?content=${encoded}`;
}

function titleOf(blocks: readonly Block[]): string {
  const named = blocks.find((block) => block.kind === 'heading') ?? blocks.find((block) => block.kind === 'text');
  const words = named && 'text' in named ? named.text.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim() : '';
  const characters = Array.from(words || defaultTitle);
  return characters.length > titleCharacters
    ? `${characters.slice(0, titleCharacters - 1).join('')}…`
    : characters.join('');
}
