import type { LoadedFile } from '../../../src/channels/channel';
import { type Meeting, meet, secret } from './fixtures';

let meeting: Meeting;
beforeEach(async () => {
  meeting = await meet();
});
afterEach(() => meeting.end());

/** Somebody sends this file to the app, and the bot fetches it. */
async function fetchSent(bytes: Buffer, limitBytes = 1_000): Promise<LoadedFile | undefined> {
  return loadLast(meeting.platform.keepSent('附件1.xlsx', bytes), limitBytes);
}

async function loadLast(mediaId: string, limitBytes = 1_000): Promise<LoadedFile | undefined> {
  const fields = { MsgType: 'file', MediaId: mediaId, FileName: '附件1.xlsx' };
  await meeting.platform.deliver(meeting.address, { from: 'zhangsan', fields });
  const content = meeting.heard.at(-1)?.content;
  return content?.kind === 'file' ? content.load?.(limitBytes) : undefined;
}

describe('a file that somebody sends', () => {
  it('is fetched by its media id', async () => {
    expect(await fetchSent(Buffer.from('PK the sheet'))).toEqual({ ok: true, bytes: Buffer.from('PK the sheet') });
    expect(meeting.platform.calls.get('media/get')).toBe(1);
  });

  it('is not taken beyond the limit', async () => {
    expect(await fetchSent(Buffer.alloc(1_001))).toEqual({ ok: false, reason: 'too_large' });
  });

  it('is not taken either when it is larger than WeCom hands out at once', async () => {
    const sent = await fetchSent(Buffer.alloc(20 * 1024 ** 2 + 1), 100 * 1024 ** 2);
    expect(sent).toEqual({ ok: false, reason: 'too_large' });
  });

  it('has expired when WeCom does not know it, or has kept it for three days', async () => {
    expect(await loadLast('gone')).toEqual({ ok: false, reason: 'expired' });
    const kept = meeting.platform.keepSent('附件1.xlsx', Buffer.from('sheet'));
    meeting.clock.set(new Date(meeting.clock.now().getTime() + 72 * 3600_000));
    expect(await loadLast(kept)).toEqual({ ok: false, reason: 'expired' });
  });

  it.each([
    ['once', 1, { ok: true, bytes: Buffer.from('sheet') }],
    ['twice', 2, { ok: false, reason: 'unreachable' }],
  ])('is fetched again when somebody else was fetching it: %s', async (_label, times, expected) => {
    for (let time = 0; time < times; time += 1) meeting.platform.failNext({ at: 'media/get', errcode: 45033 });
    expect(await fetchSent(Buffer.from('sheet'))).toEqual(expected);
    expect(meeting.platform.calls.get('media/get')).toBe(2);
  });

  it('is fetched once more with a fresh token when the first has died early', async () => {
    await fetchSent(Buffer.from('first'));
    meeting.platform.expireTokens();
    expect(await fetchSent(Buffer.from('second'))).toMatchObject({ ok: true });
  });

  it.each([
    ['a broken connection', { drop: true }],
    ['a gateway in between', { status: 502 }],
    ['an error that has nothing to do with the file', { errcode: -1 }],
    ['an answer that says it went well', { answer: {} }],
  ] as const)('is out of reach for %s', async (_label, failure) => {
    meeting.platform.failNext({ at: 'media/get', ...failure });
    expect(await fetchSent(Buffer.from('sheet'))).toEqual({ ok: false, reason: 'unreachable' });
  });

  it('leaves neither token nor secret in the log', async () => {
    meeting.platform.failNext({ at: 'media/get', status: 502 });
    await fetchSent(Buffer.from('sheet'));
    const logged = await meeting.end();
    expect(logged).not.toContain(secret);
    expect(logged).not.toContain('access_token');
    meeting = await meet();
  });
});
