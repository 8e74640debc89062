/**
 * DingTalk's custom group robot (自定义机器人): text and markdown into one group. It takes no files; each message carries an
 * id by which DingTalk recognises a second copy, so one without an answer may be repeated. Pages 自定义机器人发送群消息,
 * 自定义机器人安全设置.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../../clock';
import type { WebhookConfig } from '../../config';
import type { Channel, SendFailure } from '../channel';
import type { Block, Content } from '../content';
import { postJson } from '../dingtalk/exchange';
import { toWebhookBody, toWrittenParts, type WrittenPart } from '../dingtalk/parts';
import { customWebhookSign } from '../dingtalk/sign';
import { type AddressOf, urlOf, type WebhookAddress, type WebhookPlace } from './address';
import { createWebhookChannel, type Delivery } from './channel';
import { dingtalkWebhookFailure } from './dingtalk-failures';
import { dingtalkPlace, dingtalkWebhook } from './places';
import { type WebhookTiming, webhookTiming } from './wecom';

export function createDingtalkWebhook(
  config: WebhookConfig,
  addressOf: AddressOf,
  clock: Clock,
  timing: WebhookTiming = webhookTiming,
): Channel {
  const place = dingtalkPlace(config);
  async function deliver({ part, index, message, address }: Delivery<WrittenPart>): Promise<SendFailure | null> {
    const body = toWebhookBody(part);
    const msgUuid = uuidOf([address.token, message.id, index, body]);
    const posted = await postJson(addressed(place, address, clock), { ...body, msgUuid }, timing.callLimitMs);
    if (!posted.ok) return dingtalkWebhookFailure(posted.fault);
    return 'errcode' in posted.value ? null : dingtalkWebhookFailure({ kind: 'silent', reason: 'no errcode' });
  }
  return createWebhookChannel({ channel: dingtalkWebhook, partsOf, deliver }, addressOf);
}

/** Signed anew for each call: a signature is good for an hour. */
function addressed(place: WebhookPlace, { token, signingSecret }: WebhookAddress, clock: Clock): string {
  if (signingSecret === null) return urlOf(place, place.path, { access_token: token });
  const timestamp = String(clock.now().getTime());
  const sign = customWebhookSign(timestamp, signingSecret);
  return urlOf(place, place.path, { access_token: token, timestamp, sign });
}

/** The same for every try of one part; of another installation on the same robot another one, since ids count from 1 there too. */
function uuidOf(facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}

function partsOf(content: Content): readonly WrittenPart[] {
  // A picture shows what the words say, so nothing is said of its absence.
  const files = content.blocks.filter((block) => block.kind === 'file');
  const words = content.blocks.filter((block) => block.kind !== 'image' && block.kind !== 'file');
  const named: readonly Block[] = files.length > 0 ? [{ kind: 'text', text: absence(files) }] : [];
  return toWrittenParts({ ...content, blocks: [...words, ...named], choices: [] }, 'group');
}

const absence = (files: readonly { readonly name: string }[]): string =>
  `（附件${files.map(({ name }) => `《${name}》`).join('')}无法由群机器人发送，请与市局联系。）`;
