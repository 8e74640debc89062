/** Messages that the robot sends of its own accord, to people and groups that it knows (`aibot_send_msg`, path 101463). */
import type { Outbound, SendResult } from '../../channel';
import type { Content } from '../../content';
import { type PartSent, sendParts } from '../../part-run';
import { splitByBytes } from '../../split';
import type { UploadStore } from '../../upload-store';
import type { Accounts } from '../accounts';
import { type BotFault, failureOf } from '../failures';
import { type Json, markdownLimitBytes, markdownText } from '../render';
import type { Link } from './link';

type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'media'; readonly fileId: number };

export class Push {
  constructor(
    private readonly link: Link,
    private readonly uploads: UploadStore<BotFault>,
    private readonly accounts: Accounts,
  ) {}

  send(message: Outbound): Promise<SendResult> {
    return sendParts(message, partsOf(message.content), (part) => this.sendPart(part, message));
  }

  private async sendPart(part: Part, message: Outbound): Promise<PartSent> {
    if (part.kind === 'text') return this.deliver(message, { msgtype: 'markdown', markdown: { content: part.text } });
    const first = await this.sendMedia(part.fileId, message);
    if (first.ok || first.failure.code !== 'wecom_bot.40007') return first;
    this.uploads.forget(part.fileId);
    return this.sendMedia(part.fileId, message);
  }

  private async sendMedia(fileId: number, message: Outbound): Promise<PartSent> {
    const uploaded = await this.uploads.uploadOf(fileId, message.load);
    // Nobody has seen anything yet, so an upload may always be repeated.
    if (!uploaded.ok) return refusal(uploaded.fault, false);
    const { type, mediaId } = uploaded.value;
    return this.deliver(message, { msgtype: type, [type]: { media_id: mediaId } });
  }

  private async deliver({ chat }: Outbound, body: Json): Promise<PartSent> {
    const isPrivate = chat.kind === 'private';
    // Ids are compared letter by letter here: an account in lower case reaches nobody (93006).
    const chatid = isPrivate ? this.accounts.writtenAs(chat.id) : chat.id;
    const ack = await this.link.request('aibot_send_msg', { chatid, chat_type: isPrivate ? 1 : 2, ...body });
    return ack.ok ? { ok: true, receipt: null } : refusal(ack.fault, true);
  }
}

const refusal = (fault: BotFault, isSeen: boolean): PartSent => ({ ok: false, failure: failureOf(fault, isSeen) });

/** Text first, then the files in their order. */
function partsOf(content: Content): readonly Part[] {
  const words = content.blocks.filter(({ kind }) => kind !== 'image' && kind !== 'file');
  const texts = splitByBytes(markdownText({ ...content, blocks: words }), markdownLimitBytes);
  const files = content.blocks.flatMap((block) =>
    block.kind === 'image' || block.kind === 'file' ? [block.fileId] : [],
  );
  return [
    ...texts.map((text): Part => ({ kind: 'text', text })),
    ...files.map((fileId): Part => ({ kind: 'media', fileId })),
  ];
}
