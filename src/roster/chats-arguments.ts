/** The arguments of `npm run chats`: what they mean, and the help for those that mean nothing. */
import { parseArgs } from 'node:util';
import type { Mention } from '../channels/content';
import { isPurpose, type Purpose } from './chats';
import { readMentions } from './mentions';

export interface ChatAddition {
  readonly channel: string;
  readonly name: string;
  readonly purpose: Purpose;
  /** Null means the whole city: the unit above all others. */
  readonly unit: string | null;
  readonly mentions: readonly Mention[] | null;
}

export interface WebhookAddition extends ChatAddition {
  /** As copied from the platform's page. */
  readonly address: string;
  readonly signingSecret: string | null;
}

export type ChatsCommand =
  | (ChatAddition & { readonly kind: 'add'; readonly chatId: string })
  | (WebhookAddition & { readonly kind: 'add-webhook' })
  | { readonly kind: 'list' }
  | { readonly kind: 'remove'; readonly id: number };

export const chatsHelp = `用法：
  npm run chats -- add 通道 会话ID --name 名称 --purpose progress|bulletins [--unit 单位]
      登记一个群：progress 接收进度，bulletins 接收通报；范围为该单位及下级，不写 --unit 为全部单位
      加 --mention all 在群里提醒所有人，或 --mention 账号或手机号,… 提醒这些人（平台支持的群）
  npm run chats -- add wecom-webhook '网址' --name 名称 --purpose … [--unit 单位]
  npm run chats -- add dingtalk-webhook '网址' --secret SEC… --name 名称 --purpose … [--unit 单位]
      登记一个只发不收的群机器人：网址从群机器人的页面整条复制，加引号；钉钉选“加签”的要写 --secret
  npm run chats -- list        列出已登记的群
  npm run chats -- remove 编号 取消登记

通道为 wecom、wecom-bot（智能机器人）或 dingtalk 时，会话ID是企业微信的 chatid、钉钉的 openConversationId，不是网址。`;

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
  readonly secret?: string | undefined;
  readonly mention?: string | undefined;
}

function parse(args: readonly string[]): { readonly words: readonly string[]; readonly options: AddOptions } | null {
  try {
    const text = { type: 'string' } as const;
    const options = { name: text, purpose: text, unit: text, secret: text, mention: text };
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { words: positionals, options: values };
  } catch {
    // An option that there is not, or one without its value.
    return null;
  }
}

function parseAdd(words: readonly string[], options: AddOptions): ChatsCommand | null {
  const { name, purpose, unit, secret, mention } = options;
  const [channel = '', target = '', ...rest] = words;
  const title = name?.trim() ?? '';
  if (!/^[a-z][a-z-]{0,31}$/.test(channel) || rest.length > 0) return null;
  if (title === '' || title.length > longestName || !purpose || !isPurpose(purpose)) return null;
  const mentions = mention === undefined ? null : readMentions(mention);
  if (mention !== undefined && mentions === null) return null;
  const addition = { channel, name: title, purpose, unit: unit ?? null, mentions };
  if (channel.endsWith('-webhook')) return parseWebhook(addition, target, secret);
  return isChatId(target) && secret === undefined ? { kind: 'add', ...addition, chatId: target } : null;
}

function parseWebhook(addition: ChatAddition, target: string, secret: string | undefined): ChatsCommand | null {
  if (!isAddress(target)) return null;
  return { kind: 'add-webhook', ...addition, address: target.trim(), signingSecret: secret?.trim() ?? null };
}

/** A webhook's address is not the id of a chat: nothing can be sent to it by that name. */
function isChatId(text: string): boolean {
  return /^\S+$/.test(text) && text.length <= longestChatId && !isAddress(text);
}

const isAddress = (text: string): boolean => /^\s*https?:/i.test(text);
