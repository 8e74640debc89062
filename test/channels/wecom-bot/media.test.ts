import type { InboundContent, LoadedFile } from '../../../src/channels/channel';
import { createFileOpener } from '../../../src/channels/wecom-bot/media';
import { botKeys, type Meeting, meet } from './fixtures';

let meeting: Meeting;
beforeEach(async () => {
  meeting = await meet();
});
afterEach(async () => {
  await meeting.end();
});

const key = Buffer.from(`${botKeys.encodingAesKey}=`, 'base64');
const workbook = Buffer.from('the bytes of a workbook');

async function sendFile(url: string): Promise<Extract<InboundContent, { kind: 'file' }>> {
  await meeting.deliver({ from: 'ZhangSan', said: { msgtype: 'file', file: { url } } });
  const [inbound] = meeting.heard;
  if (inbound?.content.kind !== 'file') throw new Error('no file was heard');
  return inbound.content;
}

async function load(url: string, limitBytes = 1000): Promise<LoadedFile | undefined> {
  return (await sendFile(url)).load?.(limitBytes);
}

it.each([
  ['in UTF-8', 'attachment; filename="附件2.xlsx"', '附件2.xlsx'],
  ['in the extended form', "attachment; filename*=UTF-8''%E9%99%84%E4%BB%B62.xlsx", '附件2.xlsx'],
])('brings its bytes and its name, written %s', async (_, disposition, name) => {
  expect(await load(meeting.web.keepFile(workbook, key, disposition))).toEqual({ ok: true, bytes: workbook, name });
});

it.each([31, 32, 33, 0])('is whole at %i bytes', async (size) => {
  const bytes = Buffer.alloc(size, 7);
  expect(await load(meeting.web.keepFile(bytes, key, ''))).toEqual({ ok: true, bytes });
});

it('may have as many bytes as allowed and no more', async () => {
  expect(await load(meeting.web.keepFile(workbook, key, ''), workbook.length)).toMatchObject({ ok: true });
  const { load: again } = await sendFile(meeting.web.keepFile(workbook, key, ''));
  expect(await again?.(workbook.length - 1)).toEqual({ ok: false, reason: 'too_large' });
  expect(await again?.(1)).toEqual({ ok: false, reason: 'too_large' });
});

it('is gone after five minutes', async () => {
  const content = await sendFile(meeting.web.keepFile(workbook, key, ''));
  meeting.time.advance(300_000);
  expect(await content.load?.(1000)).toEqual({ ok: false, reason: 'expired' });
});

it('is not taken when its padding is wrong', async () => {
  const url = meeting.web.keepSealed('x', Buffer.alloc(64, 1), '');
  expect(await load(url)).toEqual({ ok: false, reason: 'unreachable' });
});

it.each([{ status: 500 }, { drop: true }] as const)('cannot be reached at %j', async (failure) => {
  const url = meeting.web.keepFile(workbook, key, '');
  meeting.web.failNext({ at: new URL(url.trim()).pathname, ...failure });
  expect(await load(url)).toEqual({ ok: false, reason: 'unreachable' });
});

it.each([
  'http://169.254.169.254/latest/meta-data',
  'https://evil.example/x',
  'https://qq.com.evil.example/x',
  'https://evilmyqcloud.com/x',
  'http://a.cos.ap-guangzhou.myqcloud.com/x',
  'https://a.cos.ap-guangzhou.myqcloud.com:8443/x',
  'file:///etc/passwd',
  'nonsense',
])('is not fetched from %s', async (url) => {
  const asked: string[] = [];
  const real = globalThis.fetch;
  globalThis.fetch = async (input) => {
    asked.push(String(input));
    return new Response('');
  };
  try {
    const open = createFileOpener({ apiUrl: 'https://qyapi.weixin.qq.com', ...botKeys, limitMs: 1_000 });
    expect(await open({ url })(1000)).toEqual({ ok: false, reason: 'unreachable' });
    expect(asked).toEqual([]);
  } finally {
    globalThis.fetch = real;
  }
});
