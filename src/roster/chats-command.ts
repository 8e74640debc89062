/** `npm run chats -- …`: from its arguments to what it does. */
import { parseArgs } from 'node:util';
import type { ChatBinding } from '../../entities/chat-binding';
import { bindChat, isPurpose, listChats, type Purpose, purposeNames, unbindChat } from './chats';
import { type Desk, type Exit, exits } from './desk';
import { type KnownUnits, loadUnits } from './units';

export type ChatsCommand =
  | {
      readonly kind: 'add';
      readonly channel: string;
      readonly chatId: string;
      readonly name: string;
      readonly purpose: Purpose;
      /** Null means the whole city: the unit above all others. */
      readonly unit: string | null;
    }
  | { readonly kind: 'list' }
  | { readonly kind: 'remove'; readonly id: number };

export const chatsHelp = `用法：
  npm run chats -- add 通道 会话ID --name 名称 --purpose progress|bulletins [--unit 单位]
      登记一个群：progress 接收进度，bulletins 接收通报；范围为该单位及下级，不写 --unit 为全部单位
  npm run chats -- list        列出已登记的群
  npm run chats -- remove 编号 取消登记

通道为 wecom 或 dingtalk；会话ID是企业微信的 chatid、钉钉的 openConversationId，不是网址。`;

/** The most that storage keeps, in characters. */
const longestChatId = 190;
const longestName = 100;

/** Null when the arguments are not those of any command. */
export function parseChatsCommand(args: readonly string[]): ChatsCommand | null {
  const given = parse(args);
  if (!given) return null;
  const { words, options } = given;
  const [kind, ...rest] = words;
  if (kind === 'add') return parseAdd(rest, options);
  if (Object.keys(options).length > 0) return null;
  const [id, ...others] = rest;
  if (kind === 'list') return id === undefined ? { kind } : null;
  const isNumber = /^[1-9]\d{0,8}$/.test(id ?? '') && others.length === 0;
  return kind === 'remove' && isNumber ? { kind, id: Number(id) } : null;
}

interface AddOptions {
  readonly name?: string | undefined;
  readonly purpose?: string | undefined;
  readonly unit?: string | undefined;
}

function parse(args: readonly string[]): { readonly words: readonly string[]; readonly options: AddOptions } | null {
  try {
    const options = { name: { type: 'string' }, purpose: { type: 'string' }, unit: { type: 'string' } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { words: positionals, options: values };
  } catch {
    // An option that there is not, or one without its value.
    return null;
  }
}

function parseAdd(words: readonly string[], { name, purpose, unit }: AddOptions): ChatsCommand | null {
  const [channel = '', chatId = '', ...rest] = words;
  const title = name?.trim() ?? '';
  if (!/^[a-z][a-z-]{0,31}$/.test(channel) || !isChatId(chatId) || rest.length > 0) return null;
  if (title === '' || title.length > longestName || !purpose || !isPurpose(purpose)) return null;
  return { kind: 'add', channel, chatId, name: title, purpose, unit: unit ?? null };
}

/** A webhook's address is not the id of a chat: nothing can be sent to it by that name. */
function isChatId(text: string): boolean {
  return /^\S+$/.test(text) && text.length <= longestChatId && !/^https?:/i.test(text);
}

/** @param channels those that the settings configure. */
export async function runChatsCommand(command: ChatsCommand, desk: Desk, channels: readonly string[]): Promise<Exit> {
  if (command.kind === 'add') return add(command, desk, channels);
  if (command.kind === 'remove') return remove(command.id, desk);
  const { bindings, units } = await desk.database.read(async (tx) => ({
    bindings: await listChats(tx),
    units: await loadUnits(tx),
  }));
  desk.print(bindings.map((each) => describeChat(each, units)).join('\n') || '还没有登记群。');
  return exits.done;
}

async function add(
  command: Extract<ChatsCommand, { kind: 'add' }>,
  { database, print }: Desk,
  channels: readonly string[],
): Promise<Exit> {
  const { channel, chatId, name, purpose, unit } = command;
  const units = await database.read(loadUnits);
  const unitId = unit === null ? (units.all[0]?.id ?? null) : units.idOf(unit);
  if (unitId === null) {
    print(`“${unit ?? ''}”不在单位名单里，请照名单写。没有改动。`);
    return exits.refused;
  }
  const done = await database.transact((tx) => bindChat(tx, { channel, chatId, name, purpose, unitId }));
  const outcome = { added: '已登记', changed: '已更新', same: '已登记过，没有改动' }[done];
  print(`${outcome}：${name}接收${units.nameOf(unitId)}的${purposeNames[purpose]}。`);
  if (!channels.includes(channel)) {
    print(`注意：现在的设置里没有${channel}通道（有：${channels.join('、')}），发往这个群的消息发不出去。`);
  }
  return exits.done;
}

async function remove(id: number, { database, print }: Desk): Promise<Exit> {
  const bound = await database.transact((tx) => unbindChat(tx, id));
  print(bound ? `已取消登记：${bound.name}不再接收${purposeNames[bound.purpose]}。` : `没有编号为${id}的群。`);
  return bound ? exits.done : exits.refused;
}

function describeChat({ id, channel, chatId, name, purpose, unitId }: ChatBinding, units: KnownUnits): string {
  return `${id}  ${name}  ${purposeNames[purpose]}（${purpose}）  ${units.nameOf(unitId)}  ${channel} ${chatId}`;
}
