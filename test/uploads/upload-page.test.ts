/** The link that the bot gives to send a file from a browser: one person's, for one file, for an hour. */
import { DraftAnswer } from '../../entities/draft-answer';
import { UploadLink } from '../../entities/upload-link';
import { startWecomPlatform, type WecomPlatform } from '../platforms/wecom/platform';
import { exported } from '../sheets/forms';
import { databases } from '../support/databases';
import { wecomAppKeys, wecomAppSettings } from '../support/platforms';
import { morningClock, type Service, startService } from '../support/service';

const figures = {
  institutes: '3',
  enterprises: '16',
  patents: '70',
  platforms: '省知识产权交易平台',
  platformUrls: 'https://p.example.cn',
  smallFirms: '450',
};

describe.each(databases)('the upload link, on $name', (database) => {
  let platform: WecomPlatform;
  let service: Service;
  beforeEach(async () => {
    const clock = morningClock();
    platform = await startWecomPlatform({ ...wecomAppKeys, clock });
    service = await startService(database, {
      clock,
      settings: {
        PUBLIC_URL: 'https://bot.example.gov.cn/',
        ...wecomAppSettings(platform.url),
      },
      roster: [
        ['罗山县', '王五', '联络员', 'wangwu'],
        ['信阳市市场监督管理局', '局长甲', '市局领导', 'juzhang'],
      ],
    });
  });
  afterEach(async () => {
    await service.close();
    await platform.stop();
  });

  const say = async (text: string, from = 'wangwu') => {
    const { reply } = await platform.deliver(`${service.url}/callback/wecom/app`, { from, text });
    return JSON.stringify(reply);
  };

  /** Asks for a link and returns its address on the machine of the test. */
  async function askForLink(): Promise<string> {
    const [, path = ''] = /https:\/\/bot\.example\.gov\.cn(\/upload\/[\w-]{43})/.exec(await say('上传')) ?? [];
    expect(path).not.toBe('');
    return `${service.url}${path}`;
  }

  async function send(link: string, bytes: Uint8Array, headers: Record<string, string> = {}) {
    const body = new FormData();
    body.set('file', new Blob([new Uint8Array(bytes)]), '罗山县6月.xlsx');
    const response = await fetch(link, { method: 'POST', body, headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  const open = async (link: string) => {
    const response = await fetch(link);
    return { status: response.status, text: await response.text() };
  };

  const workbook = () => exported(figures, [], { scope: '罗山县' });

  it('takes a file as if it were sent in the chat: answered on the page and there', async () => {
    const link = await askForLink();
    expect(await open(link)).toMatchObject({ status: 200, text: expect.stringContaining('type="file"') });
    const { status, text, headers } = await send(link, await workbook());
    expect(status).toBe(200);
    expect(text).toMatch(/罗山县6月\.xlsx.*统计表.*6项.*确认导入/s);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    await service.tick();
    const pushed = platform.sent.filter(({ to }) => to === 'wangwu').map(({ text }) => text);
    expect(pushed.join('\n')).toMatch(/6项.*确认导入/s);
    const before = await service.rows(DraftAnswer);
    expect(await say('确认导入')).toMatch(/已导入：统计表6项/);
    expect(await service.rows(DraftAnswer)).toHaveLength(before.length + 6);
  });

  it('is good for one file only, however often the page is opened', async () => {
    const link = await askForLink();
    await open(link);
    await open(link);
    const file = await workbook();
    const [one, other] = await Promise.all([send(link, file), send(link, file)]);
    expect([one.status, other.status].sort()).toEqual([200, 410]);
    expect(await open(link)).toMatchObject({ status: 410, text: expect.stringContaining('已经用过') });
  });

  it('ends after an hour', async () => {
    const link = await askForLink();
    service.clock.set(new Date(service.clock.now().getTime() + 61 * 60_000));
    expect(await open(link)).toMatchObject({ status: 410, text: expect.stringContaining('已过期') });
    expect((await send(link, await workbook())).status).toBe(410);
  });

  it('ends when the person asks for another', async () => {
    const link = await askForLink();
    await askForLink();
    expect((await send(link, await workbook())).status).toBe(404);
  });

  it('cannot be guessed, and is not kept in the open', async () => {
    const link = await askForLink();
    expect(await open(link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).toMatchObject({ status: 404 });
    const [row] = await service.rows(UploadLink);
    expect(JSON.stringify(row)).not.toContain(link.split('/').pop());
  });

  it('remains good when nothing or no form was sent', async () => {
    const link = await askForLink();
    expect((await fetch(link, { method: 'POST', body: 'x' })).status).toBe(400);
    expect((await fetch(link, { method: 'POST', body: new FormData() })).status).toBe(400);
    expect((await send(link, await workbook())).status).toBe(200);
  });

  it('cuts off what is too large, in a sentence that one can read, and remains good', async () => {
    const link = await askForLink();
    const { status, text } = await send(link, new Uint8Array(6 * 1024 * 1024), { accept: 'text/html,*/*;q=0.8' });
    expect([status, text]).toEqual([413, expect.stringContaining('5 MB')]);
    expect((await send(link, await workbook())).status).toBe(200);
  });

  it('shows what a file says as text', async () => {
    const rows = await exported({ ...figures, enterprises: '<img src=x>' }, [], { scope: '罗山县' });
    const { text } = await send(await askForLink(), rows);
    expect(text).toContain('&lt;img src=x&gt;');
    expect(text).not.toContain('<img');
  });

  it('is not given to those who report for no unit', async () => {
    expect(await say('上传', 'juzhang')).not.toContain('/upload/');
  });
});
