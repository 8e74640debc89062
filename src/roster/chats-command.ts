/** `npm run chats -- …`: what its commands do, and what they say of it. */
import type { ChatBinding, WebhookSecret } from '../../entities/chat-binding';
import type { Tx } from '../database/database';
import { type Bound, bindChat, listChats, purposeNames, unbindChat } from './chats';
import type { ChatAddition, ChatsCommand, WebhookAddition } from './chats-arguments';
import { type Desk, type Exit, exits } from './desk';
import { describeMentions } from './mentions';
import { type KnownUnits, loadUnits } from './units';
import { bindWebhook, loadMarks } from './webhooks';

/** The channels that the settings have. */
export interface KnownChannels {
  readonly names: readonly string[];
  /** What an address means to a channel of group robots; null for a channel that takes none. */
  readWebhook(channel: string, address: string, signingSecret: string | null): ReadWebhook | null;
}

export type ReadWebhook =
  | { readonly ok: true; readonly address: WebhookSecret }
  /** In Chinese, without any part of the address. */
  | { readonly ok: false; readonly reason: string };

export async function runChatsCommand(command: ChatsCommand, desk: Desk, channels: KnownChannels): Promise<Exit> {
  switch (command.kind) {
    case 'add': {
      const { channel, chatId, name, purpose, mentions } = command;
      const binding = { channel, chatId, name, purpose, mentions };
      return add(command, desk, channels, (tx, unitId) => bindChat(tx, { ...binding, unitId }));
    }
    case 'add-webhook':
      return addWebhook(command, desk, channels);
    case 'remove':
      return remove(command.id, desk);
    case 'list':
      return printList(desk);
  }
}

async function addWebhook(command: WebhookAddition, desk: Desk, channels: KnownChannels): Promise<Exit> {
  const { channel, name, purpose, mentions } = command;
  const read = channels.readWebhook(channel, command.address, command.signingSecret);
  if (!read?.ok) {
    desk.print(`${read?.reason ?? `没有${channel}这个通道（有：${channels.names.join('、')}）`}。没有改动。`);
    return exits.refused;
  }
  const secret = read.address;
  return add(command, desk, channels, (tx, unitId) =>
    bindWebhook(tx, { channel, name, purpose, mentions, unitId, secret }),
  );
}

async function add(
  { channel, name, purpose, unit, mentions }: ChatAddition,
  { database, print }: Desk,
  channels: KnownChannels,
  bind: (tx: Tx, unitId: number) => Promise<Bound>,
): Promise<Exit> {
  const units = await database.read(loadUnits);
  const unitId = unit === null ? (units.all[0]?.id ?? null) : units.idOf(unit);
  if (unitId === null) {
    print(`“${unit ?? ''}”不在单位名单里，请照名单写。没有改动。`);
    return exits.refused;
  }
  const done = await database.transact((tx) => bind(tx, unitId));
  const outcome = { added: '已登记', changed: '已更新', same: '已登记过，没有改动' }[done];
  print(
    `${outcome}：${name}接收${units.nameOf(unitId)}的${purposeNames[purpose]}${mentions ? `，${describeMentions(mentions)}` : ''}。`,
  );
  if (!channels.names.includes(channel)) {
    print(`注意：现在的设置里没有${channel}通道（有：${channels.names.join('、')}），发往这个群的消息发不出去。`);
  }
  return exits.done;
}

async function remove(id: number, { database, print }: Desk): Promise<Exit> {
  const bound = await database.transact((tx) => unbindChat(tx, id));
  print(bound ? `已取消登记：${bound.name}不再接收${purposeNames[bound.purpose]}。` : `没有编号为${id}的群。`);
  return bound ? exits.done : exits.refused;
}

async function printList({ database, print }: Desk): Promise<Exit> {
  const { bindings, units, marks } = await database.read(async (tx) => ({
    bindings: await listChats(tx),
    units: await loadUnits(tx),
    marks: await loadMarks(tx),
  }));
  print(bindings.map((each) => describeChat(each, units, marks)).join('\n') || '还没有登记群。');
  return exits.done;
}

function describeChat(binding: ChatBinding, units: KnownUnits, marks: ReadonlyMap<number, string>): string {
  const { id, channel, chatId, name, purpose, unitId, mentions } = binding;
  const mark = marks.get(id);
  const address = `${channel} ${chatId}${mark === undefined ? '' : `（${mark}）`}`;
  const called = mentions ? `  ${describeMentions(mentions)}` : '';
  return `${id}  ${name}  ${purposeNames[purpose]}（${purpose}）  ${units.nameOf(unitId)}  ${address}${called}`;
}
