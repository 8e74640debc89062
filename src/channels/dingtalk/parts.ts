/**
 * Content as the messages that carry it: what is written first, in as few messages as fit, then pictures and files. Each
 * part has two forms, since the robot API and the webhooks name the same kinds of message differently.
 */
import type { ChatKind } from '../channel';
import type { Block, Content, Mention } from '../content';
import { plainText } from '../plain';
import { splitByBytes } from '../split';
import { toMarkdown } from './markdown';
import { atOf, literalMentions } from './mentions';

export type WrittenPart = (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'markdown'; readonly title: string; readonly text: string }
) & {
  /** Of the first part of a message to a group. */
  readonly mentions?: readonly Mention[];
};

export type FilePart = Extract<Block, { kind: 'image' | 'file' }>;

export type Part = WrittenPart | FilePart;

/** A message of the robot API: `msgParam` is JSON in a string. */
export interface RobotApiMessage {
  readonly msgKey: string;
  readonly msgParam: string;
}

/** msgParam of groupMessages/send; a webhook takes 20,000 bytes, so what fits here fits there. */
const msgParamLimitBytes = 15_000;

/** What is written first, then the files in their order. */
export function toParts(content: Content, chat: ChatKind): readonly Part[] {
  return [...toWrittenParts(content, chat), ...content.blocks.filter(isFile)];
}

export function toWrittenParts(content: Content, chat: ChatKind): readonly WrittenPart[] {
  const blocks = content.blocks.filter((block) => !isFile(block));
  const parts = blocks.length + content.choices.length > 0 ? toWritten({ ...content, blocks }, chat) : [];
  const { mentions } = content;
  if (chat === 'private' || !mentions) return parts;
  return parts.map((part, index) => (index === 0 ? { ...part, mentions } : part));
}

export const isFile = (part: Part | Block): part is FilePart => part.kind === 'image' || part.kind === 'file';

function toWritten(content: Content, chat: ChatKind): readonly WrittenPart[] {
  const tappable = chat === 'private';
  if (isPlain(content, tappable)) return split(plainText(content), (text) => ({ kind: 'text', text }));
  const { title, text } = toMarkdown(content, tappable);
  return split(text, (piece) => ({ kind: 'markdown', title, text: piece }));
}

/** Nothing in it gains from markdown, so it is sent as typed, without any character replaced. */
function isPlain(content: Content, tappable: boolean): boolean {
  return content.blocks.every((block) => block.kind === 'text') && !(tappable && content.choices.length > 0);
}

/** JSON lengthens a text by what it escapes, so the pieces are made smaller until every one fits as sent. */
function split(text: string, toPart: (piece: string) => WrittenPart): readonly WrittenPart[] {
  for (let limitBytes = msgParamLimitBytes; ; limitBytes = Math.floor(limitBytes * 0.8)) {
    const parts = splitByBytes(text, limitBytes).map((piece) => toPart(piece.trim()));
    const fits = parts.every((part) => Buffer.byteLength(toRobotApiMessage(part).msgParam) <= msgParamLimitBytes);
    if (fits || limitBytes < 1000) return parts;
  }
}

export function toRobotApiMessage(part: WrittenPart): RobotApiMessage {
  if (part.kind === 'text') return { msgKey: 'sampleText', msgParam: JSON.stringify({ content: part.text }) };
  return { msgKey: 'sampleMarkdown', msgParam: JSON.stringify({ title: part.title, text: part.text }) };
}

/** The form of sessionWebhook, of robot/send and of the HTTP response to a robot message. */
export function toWebhookBody(part: WrittenPart): Readonly<Record<string, unknown>> {
  const { mentions = [] } = part;
  const called = literalMentions(mentions);
  // Markdown begins a heading or a list only on a line of its own.
  const text = called && part.kind === 'markdown' ? `${called.trim()}\n\n${part.text}` : `${called}${part.text}`;
  const at = mentions.length > 0 ? { at: atOf(mentions) } : {};
  if (part.kind === 'text') return { msgtype: 'text', text: { content: text }, ...at };
  return { msgtype: 'markdown', markdown: { title: part.title, text }, ...at };
}

export function imageMessage(mediaId: string): RobotApiMessage {
  return { msgKey: 'sampleImageMsg', msgParam: JSON.stringify({ photoURL: mediaId }) };
}

export function fileMessage(mediaId: string, fileName: string, fileType: string): RobotApiMessage {
  return { msgKey: 'sampleFile', msgParam: JSON.stringify({ mediaId, fileName, fileType }) };
}
