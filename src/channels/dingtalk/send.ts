/**
 * Outbound messages on their way to a chat: through the address that came with the person's message while that is good,
 * since it costs no call of the monthly quota, and otherwise through the robot API, which takes many people in one call.
 */
import type { Clock } from '../../clock';
import type { DingtalkConfig } from '../../config';
import type { Log } from '../../log';
import type { Broadcast, Channel, Outbound, ReplyVia, SendResult } from '../channel';
import { type PartSent, sendParts, sendPartsToMany, type Together } from '../part-run';
import { UploadStore } from '../upload-store';
import { peopleAtMost, type RobotApi } from './api';
import type { Timeouts } from './caller';
import type { Board } from './cards/board';
import { type Card, cardOf } from './cards/card';
import { type Fault, failed, type Outcome, postJson, succeeded } from './exchange';
import { describeFault } from './failures';
import { mediaMessage, mediaOf } from './media';
import {
  isFile,
  type Part,
  type RobotApiMessage,
  toParts,
  toRobotApiMessage,
  toWebhookBody,
  type WrittenPart,
} from './parts';
import { createRecall } from './recall';
import { isUsable } from './session-webhook';

export interface SendParts {
  readonly config: DingtalkConfig;
  readonly clock: Clock;
  readonly api: RobotApi;
  readonly board: Board;
  readonly wait: Timeouts;
  readonly log: Log;
}

/** The way out, for every way in: it needs no connection of the robot's. */
export type WayOut = Pick<Channel, 'send' | 'recall' | 'broadcast'>;

/** The platform's id of what was sent; null where it gives none. */
type Sent = Outcome<string | null>;

export function createWayOut(parts: SendParts): WayOut {
  const way = new Way(parts);
  const broadcast: Broadcast = { most: peopleAtMost, send: (messages) => way.sendToMany(messages) };
  return {
    send: (message) => way.send(message),
    broadcast,
    recall: createRecall(parts),
  };
}

class Way {
  private readonly uploads: UploadStore<Fault>;

  constructor(private readonly parts: SendParts) {
    this.uploads = new UploadStore(parts.clock, mediaOf(parts.api));
  }

  async send(message: Outbound): Promise<SendResult> {
    let via = message.replyVia;
    const parts = toParts(message.content, message.chat.kind);
    return sendParts(message, parts, async (part) => {
      // Markdown also where there are cards: this way costs nothing, and a card is a call of the API.
      const replied = via && !isFile(part) ? await this.replyThrough(via, part) : lost;
      if (!isSessionLost(replied)) return this.judge(replied, message);
      if (!isFile(part)) via = null;
      const [sent] = await this.push(part, [message], cardFor(part, parts, message));
      return sent ?? this.judge(unanswered, message);
    });
  }

  sendToMany(messages: Together): Promise<readonly SendResult[]> {
    const parts = toParts(messages[0].content, 'private');
    return sendPartsToMany(messages, parts, (part, together) =>
      this.push(part, together, cardFor(part, parts, messages[0])),
    );
  }

  private async replyThrough(via: ReplyVia, part: WrittenPart): Promise<Sent> {
    const { config, clock, wait } = this.parts;
    if (!isUsable(via, config.oapiUrl, clock.now())) return lost;
    const outcome = await postJson(via.handle, toWebhookBody(part), wait.apiMs);
    if (!outcome.ok) return outcome;
    return 'errcode' in outcome.value ? succeeded(null) : failed({ kind: 'silent', reason: 'no errcode' });
  }

  /** As a card where there is one, and for whom it was not shown without. */
  private async push(part: Part, together: Together, card: Card | null): Promise<readonly PartSent[]> {
    if (!card) return this.pushPlain(part, together);
    const shown = await this.parts.board.show(card, together);
    const [first, ...others] = together.filter((_, index) => shown[index] === 'declined');
    const plain = first ? (await this.pushPlain(part, [first, ...others])).values() : [].values();
    return together.map((message, index) => {
      const one = shown[index] ?? unanswered;
      return one === 'declined' ? (plain.next().value ?? this.judge(unanswered, message)) : this.judge(one, message);
    });
  }

  private async pushPlain(part: Part, together: Together): Promise<readonly PartSent[]> {
    const prepared = await this.prepare(part, together[0]);
    const outcomes = prepared.ok ? await this.call(together, prepared.value) : together.map(() => prepared);
    return together.map((message, index) => this.judge(outcomes[index] ?? unanswered, message));
  }

  private async prepare(part: Part, { load }: Outbound): Promise<Outcome<RobotApiMessage>> {
    if (!isFile(part)) return succeeded(toRobotApiMessage(part));
    const uploaded = await this.uploads.uploadOf(part.fileId, load);
    return uploaded.ok ? succeeded(mediaMessage(uploaded.value)) : uploaded;
  }

  private async call(together: Together, message: RobotApiMessage): Promise<readonly Sent[]> {
    const [{ chat }] = together;
    if (chat.kind === 'group') return [await this.parts.api.sendGroup(chat.id, message)];
    return this.parts.api.sendPrivate(
      together.map((each) => each.chat.id),
      message,
    );
  }

  private judge(sent: Sent, { id }: Outbound): PartSent {
    if (sent.ok) return { ok: true, receipt: sent.value };
    const failure = describeFault(sent.fault);
    const { code, retryable } = failure;
    this.parts.log.warn({ code, outbound: id, retryable }, 'a message was not sent');
    return { ok: false, failure };
  }
}

/** The card in place of the words, when they are one message. */
function cardFor(part: Part, parts: readonly Part[], { content }: Outbound): Card | null {
  const areTheWords = !isFile(part) && parts.filter((each) => !isFile(each)).length === 1;
  return areTheWords ? cardOf({ ...content, blocks: content.blocks.filter((block) => !isFile(block)) }) : null;
}

const lost = failed({ kind: 'refused', status: 200, code: '300001' });
const unanswered = failed({ kind: 'silent', reason: 'nobody is named' });

/** 300001 「session 不存在」 comes with HTTP 200. */
function isSessionLost(sent: Sent): boolean {
  return !sent.ok && sent.fault.kind === 'refused' && /^(300001|session\..+)$/.test(sent.fault.code);
}
