/**
 * Messages that the app sends of its own accord: `message/send` to people (path 90236), `appchat/send` to a group that the
 * app created (path 90248), words first, then files.
 */
import type { Log } from '../../log';
import type { Outbound, SendFailure, SendResult } from '../channel';
import type { Mention } from '../content';
import { type PartSent, roomFor, sendPartsToMany, type Together } from '../part-run';
import { splitByBytes } from '../split';
import type { UploadStore } from '../upload-store';
import type { ChoiceCards } from './choice-cards';
import { type Fault, failureOf } from './failures';
import { textLimitBytes } from './passive';
import { type Reached, type Sending, sendToPeople } from './send-to-people';
import { invisibleMark, markBytes, pushedWords, type Words } from './words';

type Part =
  | ({ readonly kind: 'words'; readonly called: readonly string[] } & Words)
  | { readonly kind: 'media'; readonly fileId: number };

/** A part as WeCom takes it. */
type Prepared = { readonly ok: true; readonly body: object } | { readonly ok: false; readonly failure: SendFailure };

export interface PushMeans {
  readonly sending: Sending;
  readonly uploads: UploadStore<Fault>;
  readonly cards: ChoiceCards;
  readonly allowsMarkdown: boolean;
  readonly log: Log;
}

export class Push {
  constructor(private readonly means: PushMeans) {}

  async send(message: Outbound): Promise<SendResult> {
    const [result = unanswered] = await this.sendToMany([message]);
    return result;
  }

  /** One message to a group, or messages to people, who get each part in one call. */
  async sendToMany(messages: Together): Promise<readonly SendResult[]> {
    const parts = partsOf(messages[0], this.means.allowsMarkdown);
    const results = await sendPartsToMany(messages, parts, (part, together) => this.sendPart(part, together));
    for (const [index, message] of messages.entries()) {
      if (results[index]?.ok && message.content.choices.length > 0) await this.offer(message);
    }
    return results;
  }

  /** One more of the few messages that a member gets: where there is no room for the card, the words say what to type. */
  private async offer(message: Outbound): Promise<void> {
    if ((await roomFor(message)) > 0) return;
    const offered = await this.means.cards.offer(message);
    if (offered) message.went(offered.receipt);
  }

  private async sendPart(part: Part, together: Together): Promise<readonly PartSent[]> {
    const sent = await this.tryPart(part, together);
    const isForgotten = sent.some((result) => !result.ok && result.failure.code === 'wecom.40007');
    if (part.kind === 'words' || !isForgotten) return sent;
    this.means.uploads.forget(part.fileId);
    return this.tryPart(part, together);
  }

  private async tryPart(part: Part, together: Together): Promise<readonly PartSent[]> {
    const prepared = await this.prepare(part, together[0]);
    return prepared.ok ? this.deliver(together, prepared.body) : together.map(() => prepared);
  }

  private async prepare(part: Part, { load }: Outbound): Promise<Prepared> {
    if (part.kind === 'words') {
      const { msgtype, text, called } = part;
      const names = called.length > 0 ? { mentioned_list: called } : {};
      return { ok: true, body: { msgtype, [msgtype]: { content: text, ...names } } };
    }
    const uploaded = await this.means.uploads.uploadOf(part.fileId, load);
    // Nobody has seen anything yet, so an upload may always be repeated.
    if (!uploaded.ok) return { ok: false, failure: failureOf(uploaded.fault, true) };
    const { type, mediaId } = uploaded.value;
    return { ok: true, body: { msgtype: type, [type]: { media_id: mediaId } } };
  }

  private async deliver(together: Together, body: object): Promise<readonly PartSent[]> {
    const [{ chat, id }] = together;
    if (chat.kind === 'group') return [partSent(await this.sendToGroup(chat.id, body), false)];
    const userIds = together.map((message) => message.chat.id);
    const reached = await sendToPeople(this.means.sending, userIds, body);
    if (reached.some((each) => each.ok && each.receipt === null)) {
      this.means.log.info({ code: 'wecom.no_msgid', outbound: id }, 'WeCom gave no name, as to a repetition');
    }
    return reached.map((each, index) => partSent(each, true, userIds[index]));
  }

  /** No name comes back, so what stands in a group cannot be recalled. */
  private async sendToGroup(chatId: string, body: object): Promise<Reached> {
    const called = await this.means.sending.api.post('appchat/send', { chatid: chatId, ...body });
    return called.ok ? { ok: true, receipt: null } : called;
  }
}

/** @param account the person's, where one is meant. */
function partSent(reached: Reached, isRepeatable: boolean, account = ''): PartSent {
  return reached.ok ? reached : { ok: false, failure: failureOf(reached.fault, isRepeatable, account) };
}

/** Whom `mentioned_list` names (path 90248): it takes no numbers. */
const accountsIn = (mentions: readonly Mention[]): readonly string[] =>
  mentions.flatMap((each) => (each === 'all' ? ['@all'] : 'userId' in each ? [each.userId] : []));

const unanswered: SendResult = { ok: false, failure: failureOf({ kind: 'unreadable' }, false) };

/**
 * Words first, then the files in their order. A group is not asked to reply, since the app does not hear it (path 90235).
 * `appchat/send` checks for no duplicates, and no two messages bring a person the same upload: only words to people are marked.
 */
function partsOf({ id, batch = id, chat, content }: Outbound, allowsMarkdown: boolean): readonly Part[] {
  const isToPerson = chat.kind === 'private';
  const blocks = content.blocks.filter(({ kind }) => kind !== 'image' && kind !== 'file');
  const called = isToPerson ? [] : accountsIn(content.mentions ?? []);
  // Only text calls people by name.
  const isMarkdown = allowsMarkdown && called.length === 0;
  const { msgtype, text } = pushedWords({ blocks, choices: isToPerson ? content.choices : [] }, isMarkdown);
  const words = splitByBytes(text, textLimitBytes - markBytes).map((piece, index): Part => {
    const shown = isToPerson ? piece + invisibleMark(`${batch} ${index}`) : piece;
    return { kind: 'words', msgtype, text: shown, called: index === 0 ? called : [] };
  });
  const files = content.blocks.flatMap((block) =>
    block.kind === 'image' || block.kind === 'file' ? [block.fileId] : [],
  );
  return [...words, ...files.map((fileId): Part => ({ kind: 'media', fileId }))];
}
