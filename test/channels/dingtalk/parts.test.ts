import { file, heading, list, say } from '../../../src/channels/content';
import { toParts, toRobotApiMessage, toWebhookBody, toWrittenParts } from '../../../src/channels/dingtalk/parts';

describe('the messages that carry a content', () => {
  it('leave plain words exactly as they are', () => {
    expect(toParts(say(['*已收到* # 1']), 'private')).toEqual([{ kind: 'text', text: '*已收到* # 1' }]);
  });

  it.each([
    ['a heading', say([heading('统计表'), '好']), 'group', 'markdown'],
    ['choices in private', say(['好'], ['确认']), 'private', 'markdown'],
    ['choices in a group', say(['好'], ['确认']), 'group', 'text'],
  ] as const)('are of the kind that shows it best: %s', (_, content, chat, kind) => {
    expect(toParts(content, chat).map((part) => part.kind)).toEqual([kind]);
  });

  it('put files after what is written, and write nothing when there are only files', () => {
    const parts = toParts(say([file(1, 'a.xlsx'), '见附件', file(2, 'b.pdf')]), 'group');
    expect(parts).toEqual([{ kind: 'text', text: '见附件' }, file(1, 'a.xlsx'), file(2, 'b.pdf')]);
    expect(toParts(say([file(1, 'a.xlsx')]), 'group')).toEqual([file(1, 'a.xlsx')]);
  });

  it.each([
    ['Chinese', '平桥区企业二十七家'.repeat(20)],
    ['what JSON escapes', '"\\'.repeat(60)],
  ])('are split between lines so that each fits as sent: %s', (_, line) => {
    const lines = Array.from({ length: 150 }, (_unused, index) => `${index}${line}`);
    const written = toWrittenParts(say([lines.join('\n')]), 'private');
    expect(written.length).toBeGreaterThan(1);
    expect(written.map((part) => part.text).join('\n')).toBe(lines.join('\n'));
    expect(written.filter((part) => Buffer.byteLength(toRobotApiMessage(part).msgParam) > 15_000)).toEqual([]);
  });

  it('keep the title and the choices when markdown is split', () => {
    const items = Array.from({ length: 400 }, (_unused, index) => `第${index}项 ${'字'.repeat(20)}`);
    const written = toWrittenParts(say([heading('清单'), list(items)], ['确认']), 'private');
    expect(written.length).toBeGreaterThan(1);
    expect(new Set(written.map((part) => part.kind === 'markdown' && part.title))).toEqual(new Set(['清单']));
    expect(written.at(-1)?.text).toContain('点按或回复：[确认](dtmd://');
  });

  it.each([
    ['a heading', [{ userId: 'keyuan' }], [heading('标题')], '@keyuan\n\n### 标题'],
    ['a list', [{ userId: 'keyuan' }, { mobile: '13800138000' }], [list(['一'])], '@keyuan @13800138000\n\n- 一'],
    ['plain words', [{ userId: 'keyuan' }], ['请上报。'], '@keyuan 请上报。'],
    ['a heading for everybody', ['all' as const], [heading('标题')], '### 标题'],
  ])('call people by name and leave what they begin with as it is: %s', (_, mentions, blocks, text) => {
    const [part] = toWrittenParts({ ...say(blocks), mentions }, 'group');
    expect(toWebhookBody(part!)).toMatchObject(
      part?.kind === 'markdown' ? { markdown: { text } } : { text: { content: text } },
    );
  });
});
