/** The playground's page in a real browser: what somebody sees who tries Baosong for the first time. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { say } from '../../../src/channels/content';
import { startTrial, type Trial } from './trial';

const folder = mkdtempSync(join(tmpdir(), 'baosong-page-'));
const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let browser: Browser;
let trial: Trial;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  execFileSync(process.execPath, [join(__dirname, '../../../scripts/build-page.mjs'), folder]);
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  trial = await startTrial(folder);
});
afterEach(async () => {
  await page.context().close();
  await trial.close();
});

async function open(viewport: typeof desk): Promise<void> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN' });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(trial.mounted.url);
  await page.getByTestId('me').waitFor();
}

const see = (text: string | RegExp) => page.getByTestId('messages').getByText(text).waitFor();
const choice = (label: string) => page.getByTestId('choices').getByRole('button', { name: label, exact: true });
const work = { kind: 'group', id: 'work' } as const;

async function type(text: string): Promise<void> {
  await page.getByTestId('input').fill(text);
  await page.getByTestId('input').press('Enter');
}

async function becomes(name: string): Promise<void> {
  await page.getByTestId('me').click();
  await page.getByTestId('people').getByRole('button', { name }).click();
}

describe('at a desk', () => {
  beforeEach(() => open(desk));

  it('begins with a hint to tap, and the bot answers in every kind of block', async () => {
    await page.getByTestId('empty').getByRole('button', { name: '上报' }).click();
    await see('参与企业');
    await see('截至6月30日累计，<b>尚未提交</b>。');
    await page.getByRole('img', { name: '走势.png' }).waitFor();
    await page.getByRole('cell', { name: 'ZL202310000001.2' }).waitFor();
    const row = page.getByRole('row', { name: '参与企业' });
    expect(await row.locator('.change').textContent()).toBe('+3');
    expect(complaints).toEqual([]);
  });

  it('downloads a file that the bot sent', async () => {
    await type('上报');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('file').click()]);
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  });

  it('shows that the bot is busy until it answers', async () => {
    const release = trial.holdAnswers();
    await type('企业27家');
    await page.getByTestId('typing').waitFor();
    release();
    await see('收到：企业27家');
    await page.getByTestId('typing').waitFor({ state: 'detached' });
  });

  it('takes a tap on an answer as if it were typed, and lets it be tapped once', async () => {
    await type('上报');
    await choice('改一项').click();
    await see('收到：修改');
    expect(await choice('改一项').isDisabled()).toBe(true);
  });

  it('starts a new line on Shift+Enter', async () => {
    await page.getByTestId('input').pressSequentially('企业27');
    await page.getByTestId('input').press('Shift+Enter');
    await page.getByTestId('input').pressSequentially('专利135');
    await page.getByTestId('input').press('Enter');
    await see('收到：企业27');
    expect(trial.heard.map(({ content }) => content)).toEqual([{ kind: 'text', text: '企业27\n专利135' }]);
  });

  it('does not send on the Enter that takes a candidate of the input method', async () => {
    const input = page.getByTestId('input');
    await input.fill('qiye');
    await input.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await input.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
    expect(await input.inputValue()).toBe('qiye');
    await input.fill('企业');
    await input.press('Enter');
    await see('收到：企业');
    expect(trial.heard).toHaveLength(1);
  });

  it('speaks as somebody else, and again after the page is opened anew', async () => {
    await becomes('王五');
    await type('你好');
    await see('收到：你好');
    expect(trial.heard.map(({ userId }) => userId)).toEqual(['wang']);
    await page.reload();
    await see('收到：你好');
    await page.getByTestId('me').getByText('王五').waitFor();
  });

  it('counts what arrives in the group, and shows it there without reloading', async () => {
    await trial.push(work, say(['今天18:00截止']));
    const group = page.getByTestId('chat-group');
    await group.getByText('，1 条未读').waitFor({ state: 'attached' });
    await group.click();
    await see('今天18:00截止');
    await trial.push(work, say(['还有两家没有报']));
    await see('还有两家没有报');
    await group.getByTestId('unread').waitFor({ state: 'detached' });
  });

  it('talks in the group without the bot when it is not mentioned', async () => {
    await page.getByTestId('chat-group').click();
    await page.getByTestId('mention').click();
    await type('大家辛苦');
    await see('大家辛苦');
    expect(trial.heard).toEqual([]);
  });

  it('moves the clock, says what arrived, and goes back to today', async () => {
    await page.getByTestId('clock-pick').fill('2025-07-07T09:30');
    await page.getByTestId('clock-go').click();
    await page.getByTestId('toasts').getByText('期间有 1 条新消息：专利开放许可工作群 1 条。').waitFor();
    expect(await page.getByTestId('clock').textContent()).toBe('2025年7月7日 周一 09:30');
    await page.getByTestId('clock-day').click();
    await page.getByTestId('clock').getByText('7月8日 周二').waitFor();
    await page.getByTestId('clock-reset').click();
    await page.getByTestId('clock-bar').getByText('实时').waitFor();
  });

  it('keeps a message that the server lost, says so, and sends it again on demand', async () => {
    trial.setBroken(true);
    await type('企业27家');
    await page.getByRole('alert').getByText('没有送达', { exact: true }).waitFor();
    trial.setBroken(false);
    await page.getByRole('button', { name: '重发' }).click();
    await see('收到：企业27家');
    expect(await page.getByTestId('message-person').count()).toBe(1);
  });

  it('says that the connection is gone, and catches up by itself when it is back', async () => {
    await page.context().setOffline(true);
    // The open stream would live on until its next byte; this makes the page connect anew.
    await page.evaluate("window.dispatchEvent(new Event('online'))");
    await page.getByTestId('connection-lost').waitFor();
    await trial.push({ kind: 'private', id: 'zhang' }, say(['明天截止']));
    await page.context().setOffline(false);
    await see('明天截止');
    await page.getByTestId('connection-lost').waitFor({ state: 'detached' });
  });

  it('turns dark and stays so', async () => {
    await page.getByTestId('theme').click();
    await page.reload();
    await page.locator('html[data-theme="dark"]').waitFor();
  });
});

describe('on a phone', () => {
  beforeEach(() => open(phone));

  it('goes from the list into a chat and back by the arrow', async () => {
    await page.getByTestId('chat-private').click();
    await type('上报');
    await see('参与企业');
    await page.getByTestId('back').click();
    await page.getByTestId('chats').waitFor();
    expect(await page.getByTestId('chat').isVisible()).toBe(false);
    await page.getByTestId('chat-group').click();
    await page.goBack();
    await page.getByTestId('chats').waitFor();
  });

  it('shows nothing wider than the screen', async () => {
    await page.getByTestId('chat-private').click();
    await type('上报');
    await see('参与企业');
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    const inner = await page.locator('.messages').evaluate((element) => element.scrollWidth);
    expect(Math.max(width, inner)).toBeLessThanOrEqual(phone.width);
  });
});

describe('a file', () => {
  const sheet = { name: '光山县6月.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('xlsx') };

  it('goes by the paper clip', async () => {
    await open(desk);
    const choosing = page.waitForEvent('filechooser');
    await page.getByTestId('clip').click();
    await (await choosing).setFiles(sheet);
    await see('[文件] 光山县6月.xlsx');
    expect(trial.heard).toMatchObject([{ content: { kind: 'file', name: sheet.name } }]);
    expect(complaints).toEqual([]);
  });

  it('can be dropped on the chat', async () => {
    await open(desk);
    // As text: the tests are compiled without the browser's types.
    const data = await page.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File(['xlsx'], '拖来的.xlsx')); return data; })()`,
    );
    await page.getByTestId('chat').dispatchEvent('drop', { dataTransfer: data });
    await see('[文件] 拖来的.xlsx');
    expect(trial.heard).toMatchObject([{ content: { kind: 'file', name: '拖来的.xlsx' } }]);
  });

  it('beyond 5 MB is not sent, and the page says so', async () => {
    await open(desk);
    await page.getByTestId('file-input').setInputFiles({ ...sheet, buffer: Buffer.alloc(5 * 1024 * 1024 + 1) });
    await page.getByTestId('toasts').getByText('超过5 MB').waitFor();
    expect(trial.heard).toEqual([]);
  });
});
