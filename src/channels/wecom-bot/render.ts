/**
 * What the robot says, as WeCom wants it: markdown in a stream, answers to tap as the buttons of a card (paths 101031 and
 * 101032). Which of them goes where is the matter of each way of connecting.
 */
import type { ChatKind } from '../channel';
import type { Content } from '../content';
import { markdownOf, typedChoice } from '../markdown';
import { plainText } from '../plain';
import { splitByBytes } from '../split';
import { choiceCard, chosenMark, longestButton } from '../wecom/choice-card';

/** Of `stream.content` and `markdown.content`. */
export const markdownLimitBytes = 20_480;
/** Not documented for the text that greets; the limit of every other text of WeCom. */
const textLimitBytes = 2048;

const longestTitle = 26;
const longestSubTitle = 112;

export type Json = Readonly<Record<string, unknown>>;

/** Everything in words, the choices as words to type: older clients show no card. */
export function markdownText(content: Content): string {
  const paragraphs = [...markdownOf(content.blocks)];
  if (content.choices.length > 0) {
    paragraphs.push(`可回复：${content.choices.map(typedChoice).join(' ｜ ')}`);
  }
  return paragraphs.join('\n\n');
}

export const hasFiles = ({ blocks }: Content): boolean =>
  blocks.some(({ kind }) => kind === 'image' || kind === 'file');

const noFiles = '文件在这里发不出来：请让管理员把智能机器人改为长连接，或到自建应用里再要一次。';

/** Over HTTP no reply carries a file (paths 101031 and 101138). */
export function sayNoFiles(content: Content): Content {
  return hasFiles(content) ? { ...content, blocks: [...content.blocks, { kind: 'text', text: noFiles }] } : content;
}

/** As much as one message holds, with a word on what is missing. */
export function cutToOne(markdown: string): string {
  if (Buffer.byteLength(markdown) <= markdownLimitBytes) return markdown;
  const rest = '\n\n……内容太长，后面的放不下。请缩小范围再问，如加上单位名。';
  const [first = ''] = splitByBytes(markdown, markdownLimitBytes - Buffer.byteLength(rest));
  return first.trimEnd() + rest;
}

export function stream(id: string, finish: boolean, content: string): Json {
  return { msgtype: 'stream', stream: { id, finish, content } };
}

/** The answer to a message; in private its choices are buttons where they fit on some (path 101032). */
export function answerReply(id: string, content: Content, kind: ChatKind): Json {
  const card = kind === 'private' ? choiceCard(id, content.choices) : null;
  const words = cutToOne(markdownText(content));
  const said = { id, finish: true, content: words };
  if (!card || words === '') return { msgtype: 'stream', stream: said };
  return { msgtype: 'stream_with_template_card', stream: said, template_card: card };
}

/**
 * The card after a tap. A robot's buttons cannot be made inert, so the card becomes a notice; a notice must lead somewhere
 * (error 42045), here to WeCom's own page.
 */
export function chosenCard(taskId: string, chosen: string, userId: string, result = ''): Json {
  return {
    response_type: 'update_template_card',
    userids: [userId],
    template_card: {
      card_type: 'text_notice',
      task_id: taskId,
      main_title: { title: chosenMark(chosen, longestTitle) },
      ...(result === '' ? {} : { sub_title_text: result }),
      card_action: { type: 1, url: 'https://work.weixin.qq.com/' },
    },
  };
}

const againTitle = '没有记下，请再点一次';
const againLabel = '再点一次';

/** The card after a tap that could not be stored: the same choice, to be tapped once more. */
export function againCard(taskId: string, chosen: string, userId: string): Json {
  const text = Array.from(chosen).length <= longestButton ? chosen : againLabel;
  return {
    response_type: 'update_template_card',
    userids: [userId],
    template_card: {
      card_type: 'button_interaction',
      task_id: taskId,
      main_title: { title: againTitle },
      button_list: [{ text, style: 1, key: chosen }],
    },
  };
}

/** The whole answer when it is short enough for the card that was tapped, else null. */
export function cardResult(content: Content): string | null {
  const words = hasFiles(content) ? '' : plainText(content);
  return words !== '' && Array.from(words).length <= longestSubTitle ? words : null;
}

/** What greets a person who opens the chat; null when it is too long for it. */
export function welcome(content: Content): Json | null {
  const words = plainText(content);
  const fits = !hasFiles(content) && words !== '' && Buffer.byteLength(words) <= textLimitBytes;
  return fits ? { msgtype: 'text', text: { content: words } } : null;
}
