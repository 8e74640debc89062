/**
 * Groups that are written to through a group robot's address. The address is a secret: the group goes by an opaque id, and
 * the address is looked up when a message is sent.
 */
import { randomUUID } from 'node:crypto';
import { ChatBinding, type WebhookSecret } from '../../entities/chat-binding';
import type { Tx } from '../database/database';
import { type Bound, bindChat } from './chats';

export interface NewWebhook extends Pick<ChatBinding, 'channel' | 'name' | 'purpose' | 'unitId' | 'mentions'> {
  readonly secret: WebhookSecret;
}

/** The same address is the same group, whatever else it is bound to; a signing secret that is not given stays. */
export async function bindWebhook(tx: Tx, { secret, ...binding }: NewWebhook): Promise<Bound> {
  const bindings = await secretsOf(tx, { channel: binding.channel });
  const known = bindings.find((each) => each.secret?.token === secret.token);
  if (!known) return addWebhook(tx, { secret, ...binding });
  const { chatId, channel } = known;
  const kept = { ...secret, signingSecret: secret.signingSecret ?? known.secret?.signingSecret ?? null };
  const done = await bindChat(tx, { ...binding, chatId });
  await tx.update(ChatBinding, { channel, chatId }, { secret: kept });
  return done === 'same' && kept.signingSecret !== known.secret?.signingSecret ? 'changed' : done;
}

async function addWebhook(tx: Tx, webhook: NewWebhook): Promise<Bound> {
  const { identifiers } = await tx.insert(ChatBinding, { ...webhook, chatId: `webhook-${randomUUID()}` });
  const id = Number(identifiers[0]?.['id']);
  await tx.update(ChatBinding, id, { chatId: `webhook-${id}` });
  return 'added';
}

/** Null when the group is not bound any more. */
export async function webhookOf(tx: Tx, channel: string, chatId: string): Promise<WebhookSecret | null> {
  const [bound] = await secretsOf(tx, { channel, chatId });
  return bound?.secret ?? null;
}

function secretsOf(tx: Tx, where: Partial<Pick<ChatBinding, 'channel' | 'chatId'>>): Promise<readonly ChatBinding[]> {
  return tx.find(ChatBinding, { select: { id: true, channel: true, chatId: true, secret: true }, where });
}

/** The end of each token, by the id of the binding: enough to tell one robot from another on the platform's page. */
export async function loadMarks(tx: Tx): Promise<ReadonlyMap<number, string>> {
  const bindings = await secretsOf(tx, {});
  return new Map(bindings.flatMap(({ id, secret }) => (secret ? [[id, markOf(secret)] as const] : [])));
}

function markOf({ token, signingSecret }: WebhookSecret): string {
  const end = token.length >= 16 ? token.slice(-4) : '';
  return `地址…${end}${signingSecret === null ? '' : '，加签'}`;
}
