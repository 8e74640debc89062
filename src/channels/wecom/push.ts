/**
 * Messages that the app sends of its own accord: `message/send` to a person (path 90236), `appchat/send` to a group that the
 * app created (path 90248). Words go as text rather than markdown: WeCom's plugin for WeChat shows only text, markdown has
 * no tables here, and an answer should look the same whether it travels in the response or is pushed.
 */
import type { Outbound, SendFailure, SendResult } from '../channel';
import type { Content } from '../content';
import { plainText } from '../plain';
import { splitByBytes } from '../split';
import type { ChoiceCards } from './choice-cards';
import { failureOf } from './failures';
import type { Called } from './http';
import type { MediaStore } from './media';
import { textLimitBytes } from './passive';
import { type Sending, sendToPerson } from './send-to-person';

const rememberedMessages = 1000;

type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'media'; readonly fileId: number };
type PartResult =
  | { readonly ok: true; readonly platformId: string | null }
  | { readonly ok: false; readonly failure: SendFailure };

export class Push {
  /** How many parts of an unfinished message have gone, so that a retry goes on instead of beginning again. */
  private readonly progress = new Map<string, number>();

  constructor(
    private readonly sending: Sending,
    private readonly media: MediaStore,
    private readonly cards: ChoiceCards,
  ) {}

  async send(message: Outbound): Promise<SendResult> {
    const parts = partsOf(message.content);
    let platformId: string | null = null;
    const gone = this.progress.get(message.id) ?? 0;
    for (const [index, part] of parts.entries()) {
      if (index < gone) continue;
      const result = await this.sendPart(part, message);
      if (!result.ok) return result;
      platformId = result.platformId;
      this.remember(message.id, index + 1);
    }
    this.progress.delete(message.id);
    if (message.content.choices.length > 0) await this.cards.offer(message);
    return { ok: true, platformId };
  }

  private async sendPart(part: Part, message: Outbound): Promise<PartResult> {
    if (part.kind === 'text') return this.deliver(message, { msgtype: 'text', text: { content: part.text } });
    const first = await this.sendMedia(part.fileId, message);
    if (first.ok || first.failure.code !== 'wecom.40007') return first;
    this.media.forget(part.fileId);
    return this.sendMedia(part.fileId, message);
  }

  private async sendMedia(fileId: number, message: Outbound): Promise<PartResult> {
    const uploaded = await this.media.uploadOf(fileId, message.load);
    // Nobody has seen anything yet, so an upload may always be repeated.
    if (!uploaded.ok) return { ok: false, failure: failureOf(uploaded.fault, true) };
    const { type, mediaId } = uploaded.upload;
    return this.deliver(message, { msgtype: type, [type]: { media_id: mediaId } });
  }

  private async deliver({ chat }: Outbound, body: object): Promise<PartResult> {
    const isPrivate = chat.kind === 'private';
    const called = isPrivate ? await sendToPerson(this.sending, chat.id, body) : await this.sendToGroup(chat.id, body);
    if (called.ok) return { ok: true, platformId: called.answer.msgid ?? null };
    return { ok: false, failure: failureOf(called.fault, isPrivate, isPrivate ? chat.id : '') };
  }

  private sendToGroup(chatId: string, body: object): Promise<Called> {
    return this.sending.api.post('appchat/send', { chatid: chatId, ...body, safe: 0 });
  }

  private remember(id: string, parts: number): void {
    this.progress.set(id, parts);
    const [oldest] = this.progress.keys();
    if (this.progress.size > rememberedMessages && oldest !== undefined) this.progress.delete(oldest);
  }
}

/** Text first, then the files in their order. */
function partsOf(content: Content): Part[] {
  const words = content.blocks.filter(({ kind }) => kind !== 'image' && kind !== 'file');
  const texts = splitByBytes(plainText({ ...content, blocks: words }), textLimitBytes);
  const files = content.blocks.flatMap((block) =>
    block.kind === 'image' || block.kind === 'file' ? [block.fileId] : [],
  );
  return [
    ...texts.map((text): Part => ({ kind: 'text', text })),
    ...files.map((fileId): Part => ({ kind: 'media', fileId })),
  ];
}
