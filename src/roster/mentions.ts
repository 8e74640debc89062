/** `--mention`: whom the bot calls by name in a group, as an operator writes it. */
import type { Mention } from '../channels/content';

/** Of one message (page 自定义机器人发送群消息). */
const mentionedAtMost = 50;
const separators = /[,，、;；\s]+/;

/** `all`, mobile numbers, accounts of the group's platform. Null when it names nobody or too many. */
export function readMentions(words: string): readonly Mention[] | null {
  const named = [...new Set(words.split(separators).filter(Boolean))];
  if (named.length === 0 || named.length > mentionedAtMost) return null;
  return named.some(isEverybody) ? ['all'] : named.map(mentionOf);
}

const isEverybody = (word: string): boolean => /^@?(all|所有人)$/i.test(word);

function mentionOf(word: string): Mention {
  const name = word.replace(/^@/, '');
  return /^1\d{10}$/.test(name) ? { mobile: name } : { userId: name };
}

/** 提醒所有人 · 提醒zhangsan、138****8000: numbers are not shown whole. Empty for nobody. */
export function describeMentions(mentions: readonly Mention[] | null): string {
  if (!mentions || mentions.length === 0) return '';
  return `提醒${mentions.map(nameOf).join('、')}`;
}

function nameOf(mention: Mention): string {
  if (mention === 'all') return '所有人';
  return 'userId' in mention ? mention.userId : `${mention.mobile.slice(0, 3)}****${mention.mobile.slice(-4)}`;
}
