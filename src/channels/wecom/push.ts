/**
 * Messages that the app sends of its own accord: `message/send` to a person (path 90236), `appchat/send` to a group that the
 * app created (path 90248). Text rather than markdown, because the WeChat plugin shows only text.
 */
import type { Outbound, SendFailure, SendResult } from '../channel';
import type { Content } from '../content';
import { plainText } from '../plain';
import { splitByBytes } from '../split';
import type { WecomApi } from './api';
import { type Fault, failureOf } from './failures';
import type { ApiAnswer, Called } from './http';
import type { MediaStore } from './media';
import { textLimitBytes } from './passive';

/**
 * WeCom compares content, not ids: long enough to catch a retry after a timeout, short enough that whoever asks the same
 * question again gets the same answer again.
 */
const duplicateCheckSeconds = 120;
const rememberedMessages = 1000;

type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'media'; readonly fileId: number };
type PartResult =
  | { readonly ok: true; readonly platformId: string | null }
  | { readonly ok: false; readonly failure: SendFailure };

export class Push {
  /** How many parts of an unfinished message have gone, so that a retry goes on instead of beginning again. */
  private readonly progress = new Map<string, number>();

  constructor(
    private readonly api: WecomApi,
    private readonly media: MediaStore,
    private readonly agentId: number,
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
    const called = isPrivate ? await this.sendToPerson(chat.id, body) : await this.sendToGroup(chat.id, body);
    if (called.ok) return { ok: true, platformId: called.answer.msgid ?? null };
    return { ok: false, failure: failureOf(called.fault, isPrivate) };
  }

  private async sendToPerson(userId: string, body: object): Promise<Called> {
    // `|` joins addressees and `@all` is the whole company: neither is ever one person.
    if (userId === '' || userId.includes('|') || userId.toLowerCase() === '@all') return missed('invaliduser');
    const called = await this.api.post('message/send', {
      touser: userId,
      agentid: this.agentId,
      ...body,
      safe: 0,
      enable_duplicate_check: 1,
      duplicate_check_interval: duplicateCheckSeconds,
    });
    return called.ok ? checkReached(called.answer) : called;
  }

  private sendToGroup(chatId: string, body: object): Promise<Called> {
    return this.api.post('appchat/send', { chatid: chatId, ...body, safe: 0 });
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

/** An addressee who got nothing is named in an answer that says 0 all the same. */
function checkReached(answer: ApiAnswer): Called {
  if (answer.invaliduser) return missed('invaliduser');
  return answer.unlicenseduser ? missed('unlicenseduser') : { ok: true, answer };
}

const missed = (kind: Extract<Fault['kind'], 'invaliduser' | 'unlicenseduser'>): Called => ({
  ok: false,
  fault: { kind },
});
