/**
 * Content as the markdown that DingTalk documents for robots: headings, bold, links and lists (page 消息发送与接收类型,
 * 支持的 Markdown 语法), with answers to tap and the title of the notification.
 */
import type { Block, Choice, Content } from '../content';
import { markdownOf, typedChoice } from '../markdown';
import { escapeInline } from '../markdown-escape';

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
  const paragraphs = [...markdownOf(content.blocks)];
  if (content.choices.length > 0) paragraphs.push(choicesMarkdown(content.choices, tappable));
  return { title: titleOf(content.blocks), text: paragraphs.join('\n\n') };
}

function choicesMarkdown(choices: readonly Choice[], tappable: boolean): string {
  const named = choices.map((choice) => (tappable ? tappableChoice(choice) : typedChoice(choice)));
  return `${tappable ? '点按或回复' : '可回复'}：${named.join(' ｜ ')}`;
}

/** What to type stays visible, since only some clients follow such links. */
function tappableChoice({ label, text }: Choice): string {
  const link = `[${escapeInline(label)}](${sendMessageLink(text)})`;
  return label === text ? link : `${link}（${escapeInline(text)}）`;
}

/** A tap makes the person send `text` into the conversation. Brackets would end the markdown link, half characters throw. */
function sendMessageLink(text: string): string {
  const encoded = encodeURIComponent(text.replace(/\p{Cs}/gu, ''))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
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
