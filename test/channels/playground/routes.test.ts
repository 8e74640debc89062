/** What the playground's addresses promise, over real HTTP. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { say } from '../../../src/channels/content';
import { EventReader } from './event-reader';
import { everyBlock, groups, people, startTrial, type Trial } from './trial';

let trial: Trial;
beforeEach(async () => {
  trial = await startTrial();
});
afterEach(() => trial.close());

const zhang = { kind: 'private', id: 'zhang' } as const;
const work = { kind: 'group', id: 'work' } as const;
const posted = { chat: zhang, userId: 'zhang', text: '上报', key: 'key-00000001', mention: true };

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${trial.mounted.url}${path}`, { headers });

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${trial.mounted.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('what one can see', () => {
  it('lists the people, the groups and the clock', async () => {
    expect(await (await get('/playground/state')).json()).toEqual({
      people,
      groups,
      clock: { now: expect.stringMatching(/Z$/), moved: false },
    });
  });

  it('gives a file under its own name, to be saved', async () => {
    const response = await get('/playground/files/7');
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''%E6%B8%85%E5%8D%95%20%286%E6%9C%88%29%27.xlsx",
    );
    expect(await response.text()).toBe('xlsx');
  });

  it('shows a picture in place, without letting it run anything', async () => {
    const response = await get('/playground/files/8');
    expect(response.headers.get('content-disposition')).toMatch(/^inline;/);
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  it('has no file that the bot never sent', async () => {
    expect((await get('/playground/files/9')).status).toBe(404);
  });

  it.each(['/playground/assets/../playground.ts', '/playground/assets/%2e%2e/index.html', '/playground/assets/'])(
    'serves nothing outside its list of assets: %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});

describe('a message in a private chat', () => {
  it('is shown, heard by the bot and answered over the stream, in every kind of block', async () => {
    const events = await EventReader.open(trial.mounted.url);
    expect((await post('/playground/messages', posted)).status).toBe(202);
    expect(await events.next()).toMatchObject({
      chat: zhang,
      key: posted.key,
      message: { id: '1', from: 'person', userId: 'zhang', name: '张三', content: say(['上报']) },
    });
    expect(await events.next()).toMatchObject({
      chat: zhang,
      key: null,
      message: { from: 'bot', content: { blocks: everyBlock } },
    });
    expect(trial.heard).toMatchObject([
      { chat: { channel: 'playground', ...zhang }, userId: 'zhang', content: { kind: 'text', text: '上报' } },
    ]);
    expect(trial.settled).toEqual([true]);
    events.close();
  });

  it('stands in the history with its answer', async () => {
    await post('/playground/messages', { ...posted, text: '确认' });
    const history = await (await get('/playground/messages?kind=private&id=zhang')).json();
    expect(history).toMatchObject([{ from: 'person', userId: 'zhang' }, { from: 'bot' }]);
  });

  it('is a 500 when the bot lost it, and is shown once however often it is posted again', async () => {
    trial.setBroken(true);
    expect((await post('/playground/messages', posted)).status).toBe(500);
    trial.setBroken(false);
    expect((await post('/playground/messages', posted)).status).toBe(202);
    const history = (await (await get('/playground/messages?kind=private&id=zhang')).json()) as unknown[];
    expect(history).toMatchObject([{ from: 'person' }, { from: 'bot' }]);
    expect(trial.heard.map(({ key }) => key)).toEqual([posted.key]);
  });
});

describe('a group', () => {
  it('lets the bot hear what mentions it', async () => {
    await post('/playground/messages', { ...posted, chat: work, text: '进度' });
    expect(trial.heard).toMatchObject([{ chat: work, userId: 'zhang' }]);
  });

  it('shows what does not mention the bot without letting it hear', async () => {
    const events = await EventReader.open(trial.mounted.url);
    await post('/playground/messages', { ...posted, chat: work, text: '收到', mention: false });
    expect(await events.next()).toMatchObject({ chat: work, message: { name: '张三' } });
    expect(trial.heard).toEqual([]);
    events.close();
  });

  it('gets what the bot says by itself, in every open page', async () => {
    const pages = await Promise.all([EventReader.open(trial.mounted.url), EventReader.open(trial.mounted.url)]);
    await trial.push(work, say(['今天18:00截止']));
    for (const page of pages) {
      expect(await page.next()).toMatchObject({ chat: work, message: { content: say(['今天18:00截止']) } });
      page.close();
    }
  });
});

describe('the clock', () => {
  it('moves, runs what falls due and tells every page', async () => {
    const events = await EventReader.open(trial.mounted.url);
    const response = await post('/playground/clock', { to: '2025-07-07T09:30:00+08:00' });
    expect(await response.json()).toEqual({ now: expect.stringMatching(/^2025-07-07T01:30:0/), moved: true });
    expect(await events.next()).toMatchObject({ type: 'message', chat: work });
    expect(await events.next()).toMatchObject({ type: 'clock', clock: { moved: true } });
    events.close();
  });

  it('goes back to real time', async () => {
    await post('/playground/clock', { to: '2025-07-07T01:30:00Z' });
    expect(await (await post('/playground/clock', { to: null })).json()).toMatchObject({ moved: false });
  });
});

describe('what is refused', () => {
  it.each([
    ['no JSON', '/playground/messages', '{', 400],
    ['an empty text', '/playground/messages', { ...posted, text: ' ' }, 400],
    ['a text without end', '/playground/messages', { ...posted, text: '长'.repeat(4001) }, 400],
    ['a chat of somebody else', '/playground/messages', { ...posted, userId: 'wang' }, 400],
    ['somebody unknown', '/playground/messages', { ...posted, chat: { kind: 'private', id: 'no' }, userId: 'no' }, 400],
    ['an unknown group', '/playground/messages', { ...posted, chat: { kind: 'group', id: 'no' } }, 400],
    ['a body beyond any message', '/playground/messages', { ...posted, more: 'x'.repeat(40_000) }, 413],
    ['a time that is none', '/playground/clock', { to: '明天' }, 400],
  ])('%s', async (_what, path, body, status) => {
    expect((await post(path, body)).status).toBe(status);
    expect(trial.heard).toEqual([]);
  });

  it('a form, which other sites can post', async () => {
    const response = await post('/playground/messages', 'text=x', { 'content-type': 'text/plain' });
    expect(response.status).toBe(400);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that hides', { origin: 'null' }],
    ['a browser that says cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
  ])('whatever %s asks for', async (_who, headers) => {
    const responses = await Promise.all([
      post('/playground/messages', posted, headers),
      post('/playground/clock', { to: null }, headers),
      ...['/', '/playground/state', '/playground/events', '/playground/files/7', '/playground/assets/chat.js'].map(
        (path) => get(path, headers),
      ),
    ]);
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 403));
    expect(trial.heard).toEqual([]);
  });

  it('new messages once it stops, while the one at work is still answered', async () => {
    const release = trial.holdAnswers();
    const events = await EventReader.open(trial.mounted.url);
    const atWork = post('/playground/messages', posted);
    await events.next();
    const stopped = trial.channel.stop();
    expect((await post('/playground/messages', { ...posted, key: 'key-00000002' })).status).toBe(503);
    release();
    await stopped;
    expect((await atWork).status).toBe(202);
    expect(trial.settled).toEqual([true]);
  });
});

describe('a file', () => {
  const query = 'kind=private&id=zhang&userId=zhang&key=key-00000002';
  const octets = { 'content-type': 'application/octet-stream' };
  const send = (body: Uint8Array, name = '6月.xlsx', headers: Record<string, string> = octets) =>
    fetch(`${trial.mounted.url}/playground/files?${query}&name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
    });

  it('is shown by its name, and its bytes reach the bot', async () => {
    const events = await EventReader.open(trial.mounted.url);
    expect((await send(Buffer.from('xlsx'))).status).toBe(202);
    expect(await events.next()).toMatchObject({ message: { from: 'person', content: say(['[文件] 6月.xlsx']) } });
    events.close();
    const [heard] = trial.heard;
    expect(heard?.content).toMatchObject({ kind: 'file', name: '6月.xlsx' });
    if (heard?.content.kind !== 'file') return;
    expect(await heard.content.load?.(4)).toEqual({ ok: true, bytes: Buffer.from('xlsx') });
    expect(await heard.content.load?.(3)).toEqual({ ok: false, reason: 'too_large' });
  });

  it.each<[string, () => Promise<Response>, number]>([
    ['beyond the limit', () => send(new Uint8Array(6 * 1024 * 1024 + 1)), 413],
    ['without a name', () => send(Buffer.from('x'), ''), 400],
    [
      'as a form of another site could send it',
      () => send(Buffer.from('x'), 'a.xlsx', { 'content-type': 'text/plain' }),
      400,
    ],
    ['from another site', () => send(Buffer.from('x'), 'a.xlsx', { ...octets, 'sec-fetch-site': 'cross-site' }), 403],
  ])('is refused %s', async (_label, request, status) => {
    expect((await request()).status).toBe(status);
    expect(trial.heard).toEqual([]);
  });
});
