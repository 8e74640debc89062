/**
 * Who is called by name in a group, where a message goes through an address and not through the robot API, which cannot:
 * DingTalk wants each both in `at` and literally in the text, where the client shows the name (page 消息发送与接收类型).
 */
import type { Mention } from '../content';

export interface At {
  readonly atUserIds: readonly string[];
  readonly atMobiles: readonly string[];
  readonly isAtAll: boolean;
}

export function atOf(mentions: readonly Mention[]): At {
  return {
    atUserIds: mentions.flatMap((each) => (each !== 'all' && 'userId' in each ? [each.userId] : [])),
    atMobiles: mentions.flatMap((each) => (each !== 'all' && 'mobile' in each ? [each.mobile] : [])),
    isAtAll: mentions.includes('all'),
  };
}

/** `@zhangsan @13800138000 ` before the words; nothing for everybody, whom DingTalk names itself. */
export function literalMentions(mentions: readonly Mention[]): string {
  const { atUserIds, atMobiles } = atOf(mentions);
  return [...atUserIds, ...atMobiles].map((name) => `@${name} `).join('');
}
