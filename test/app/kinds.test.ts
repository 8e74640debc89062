/** Whatever else people send in the middle of a report: it is answered, nothing is stored, and the question comes back. */
import { DraftAnswer } from '../../entities/draft-answer';
import { startWecomPlatform, type WecomPlatform } from '../platforms/wecom/platform';
import { mariaDb } from '../support/databases';
import { wecomAppKeys, wecomAppSettings } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

describe('in the middle of a report', () => {
  let platform: WecomPlatform;
  let service: Service;
  beforeAll(async () => {
    const clock = morningClock();
    platform = await startWecomPlatform({ ...wecomAppKeys, clock });
    service = await startService(mariaDb, {
      clock,
      settings: wecomAppSettings(platform.url),
      roster: [['光山县', '张三', '联络员', 'zhangsan']],
    });
    await say({ text: '上报' });
    await say({ text: '4' });
  });
  afterAll(async () => {
    await service.close();
    await platform.stop();
  });

  async function say(delivery: { text: string } | { fields: Record<string, string> }): Promise<string> {
    const { status, reply } = await platform.deliver(`${service.url}/callback/wecom/app`, {
      from: 'zhangsan',
      ...delivery,
    });
    expect(status).toBe(200);
    return reply ?? '';
  }

  it.each<[string, { text: string } | { fields: Record<string, string> }]>([
    ['a picture', { fields: { MsgType: 'image', PicUrl: 'http://example.cn/1.jpg', MediaId: 'm1' } }],
    ['a place', { fields: { MsgType: 'location', Location_X: '32.1', Location_Y: '114.0', Label: '光山县' } }],
    ['blanks', { text: '   ' }],
    ['an emoji', { text: '👍' }],
    ['a thank-you', { text: '谢谢' }],
    ['a command', { text: '帮助' }],
    ['a question about the field', { text: '什么算企业？' }],
    ['small talk', { text: '今天天气真好啊' }],
  ])('%s is answered and the question comes back', async (_what, delivery) => {
    const before = await service.rows(DraftAnswer);
    expect(await say(delivery)).toMatch(/参与企业/);
    expect(await service.rows(DraftAnswer)).toHaveLength(before.length);
  });

  it('another bot is not answered for ever, and a person is heard again at once', async () => {
    const { reply } = await platform.deliver(`${service.url}/callback/wecom/app`, {
      from: 'zhangsan',
      text: '我是机器人',
    });
    let last = reply;
    for (let turn = 0; last !== null && turn < 20; turn++) {
      const answer = await platform.deliver(`${service.url}/callback/wecom/app`, {
        from: 'zhangsan',
        text: '没听懂您说什么',
      });
      last = answer.reply;
    }
    expect(last).toBeNull();
    expect(await say({ text: '帮助' })).toMatch(/报送助手/);
  });

  it('speech is taken like typing, and said back first', async () => {
    const heard = await say({
      fields: { MsgType: 'voice', MediaId: 'm2', Format: 'amr', Recognition: '企业二十七家。' },
    });
    expect(heard).toMatch(/听到的是.*企业二十七家.*企业27家/s);
    expect((await service.rows(DraftAnswer)).at(-1)).toMatchObject({ field: 'enterprises', value: '27' });
  });
});
