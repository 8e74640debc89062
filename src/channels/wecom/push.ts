/**
 * Messages that the app sends of its own accord: `message/send` to people (path 90236), `appchat/send` to a group that the
 * app created (path 90248). Words go as text rather than markdown: WeCom's plugin for WeChat shows only text, markdown has
 * no tables here, and an answer should look the same whether it travels in the response or is pushed.
 */
import type { Outbound, SendFailure, SendResult } from '../channel';
import type { Content } from '../content';
import { type PartSent, sendPartsToMany, type Together } from '../part-run';
import { plainText } from '../plain';
import { splitByBytes } from '../split';
import type { UploadStore } from '../upload-store';
import type { ChoiceCards } from './choice-cards';
import { type Fault, failureOf } from './failures';
import { textLimitBytes } from './passive';
import { type Reached, type Sending, sendToPeople } from './send-to-people';

type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'media'; readonly fileId: number };

/** A part as WeCom takes it. */
type Prepared = { readonly ok: true; readonly body: object } | { readonly ok: false; readonly failure: SendFailure };

export class Push {
  constructor(
    private readonly sending: Sending,
    private readonly uploads: UploadStore<Fault>,
    private readonly cards: ChoiceCards,
  ) {}

  async send(message: Outbound): Promise<SendResult> {
    const [result = unanswered] = await this.sendToMany([message]);
    return result;
  }

  /** One message to a group, or messages to people, who get each part in one call. */
  async sendToMany(messages: Together): Promise<readonly SendResult[]> {
    const parts = partsOf(messages[0].content);
    const results = await sendPartsToMany(messages, parts, (part, together) => this.sendPart(part, together));
    for (const [index, message] of messages.entries()) {
      if (results[index]?.ok && message.content.choices.length > 0) await this.cards.offer(message);
    }
    return results;
  }

  private async sendPart(part: Part, together: Together): Promise<readonly PartSent[]> {
    const sent = await this.tryPart(part, together);
    const isForgotten = sent.some((result) => !result.ok && result.failure.code === 'wecom.40007');
    if (part.kind === 'text' || !isForgotten) return sent;
    this.uploads.forget(part.fileId);
    return this.tryPart(part, together);
  }

  private async tryPart(part: Part, together: Together): Promise<readonly PartSent[]> {
    const prepared = await this.prepare(part, together[0]);
    return prepared.ok ? this.deliver(together, prepared.body) : together.map(() => prepared);
  }

  private async prepare(part: Part, { load }: Outbound): Promise<Prepared> {
    if (part.kind === 'text') return { ok: true, body: { msgtype: 'text', text: { content: part.text } } };
    const uploaded = await this.uploads.uploadOf(part.fileId, load);
    // Nobody has seen anything yet, so an upload may always be repeated.
    if (!uploaded.ok) return { ok: false, failure: failureOf(uploaded.fault, true) };
    const { type, mediaId } = uploaded.value;
    return { ok: true, body: { msgtype: type, [type]: { media_id: mediaId } } };
  }

  private async deliver(together: Together, body: object): Promise<readonly PartSent[]> {
    const [{ chat }] = together;
    if (chat.kind === 'group') return [partSent(await this.sendToGroup(chat.id, body), false)];
    const userIds = together.map((message) => message.chat.id);
    const reached = await sendToPeople(this.sending, userIds, body);
    return reached.map((each, index) => partSent(each, true, userIds[index]));
  }

  /** No name comes back, so what stands in a group cannot be recalled. */
  private async sendToGroup(chatId: string, body: object): Promise<Reached> {
    const called = await this.sending.api.post('appchat/send', { chatid: chatId, ...body, safe: 0 });
    return called.ok ? { ok: true, receipt: null } : called;
  }
}

/** @param account the person's, where one is meant. */
function partSent(reached: Reached, isRepeatable: boolean, account = ''): PartSent {
  return reached.ok ? reached : { ok: false, failure: failureOf(reached.fault, isRepeatable, account) };
}

const unanswered: SendResult = { ok: false, failure: failureOf({ kind: 'unreadable' }, false) };

/** Text first, then the files in their order. */
function partsOf(content: Content): readonly Part[] {
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
