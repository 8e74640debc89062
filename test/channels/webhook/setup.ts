/** What the tests of both group robots share: a message into a bound group, and the time. */
import type { Outbound } from '../../../src/channels/channel';
import { type Content, heading, say, table } from '../../../src/channels/content';

export const now = new Date('2025-07-02T01:30:00.000Z');
export const config = (url: string) => ({ wecomApiUrl: url, dingtalkOapiUrl: url });

export function outbound(channel: string, content: Content, more: Partial<Outbound> = {}): Outbound {
  return {
    id: '1',
    chat: { channel, kind: 'group', id: 'webhook-1' },
    content,
    replyVia: null,
    gone: 0,
    went: () => undefined,
    load: async (fileId) => ({
      name: `附件${fileId}.xlsx`,
      mediaType: 'application/octet-stream',
      bytes: Buffer.from(`bytes of ${fileId}`),
    }),
    ...more,
  };
}

/** A bulletin that no single message holds. */
export function longBulletin(counties: number): Content {
  const rows = Array.from({ length: counties }, (_, index) => [`第${index + 1}县市场监督管理局`, '已报', '按时']);
  return say([heading('通报'), table(['单位', '状态', '时间'], rows)]);
}
