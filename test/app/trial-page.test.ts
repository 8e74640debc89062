/** The whole trial in a real browser: what somebody does who tries Baosong for the first time. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { Filing } from '../../entities/filing';
import { type Office, startOffice } from '../scenarios/harness';
import { embedded } from '../support/databases';

let browser: Browser;
let office: Office;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  execFileSync(process.execPath, [join(__dirname, '../../scripts/build-page.mjs')]);
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
});
afterAll(() => browser.close());

beforeEach(async () => {
  office = await startOffice(embedded);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(office.url);
  await page.getByTestId('me').waitFor();
});
afterEach(async () => {
  await page.context().close();
  await office.close();
});

const see = (text: string | RegExp) => page.getByTestId('messages').getByText(text).last().waitFor();

async function becomes(name: string): Promise<void> {
  await page.getByTestId('me').click();
  await page.getByTestId('people').getByRole('button', { name }).click();
  await page.getByTestId('me').getByText(name).waitFor();
}

async function type(text: string): Promise<void> {
  await page.getByTestId('input').fill(text);
  await page.getByTestId('input').press('Enter');
}

/** Taps the newest of the offered answers that begins so. */
async function tap(label: string): Promise<void> {
  await page
    .getByTestId('choices')
    .last()
    .getByRole('button', { name: new RegExp(`^${label}`) })
    .click();
}

async function moveTo(moment: string): Promise<void> {
  await page.getByTestId('clock-pick').fill(moment);
  await page.getByTestId('clock-go').click();
  const shown = moment.slice(-'HH:mm'.length);
  await page.getByTestId('clock').getByText(shown).waitFor();
}

async function fileJune(): Promise<void> {
  await becomes('张三');
  await page.getByTestId('empty').getByRole('button', { name: '上报' }).click();
  await see(/高校院所.*3/);
  await type('4');
  await see(/企业.*24/);
  await type('27');
  await see(/专利.*118/);
  await type('135');
  await see(/平台.*省知识产权交易平台/);
  await tap('不变');
  await see(/网址.*p\.example\.cn/);
  await tap('不变');
  await see(/中小微.*860/);
  await type('1020');
  await see(/尚未提交/);
  await tap('确认');
  await see(/GS-202506-01/);
}

it('begins on a morning when the report is due', async () => {
  expect(await page.getByTestId('clock').textContent()).toContain('2025年7月2日');
  expect(complaints).toEqual([]);
});

it('lets a county report by tapping and typing until the receipt', async () => {
  await fileJune();
  expect(await office.rows(Filing, { period: '2025-06' })).toEqual([expect.objectContaining({ status: 'filed' })]);
  expect(complaints).toEqual([]);
});

it('shows the bulletin in the group when the clock passes the deadline, without reloading', async () => {
  await fileJune();
  await page.getByTestId('chat-group').click();
  await moveTo('2025-07-07T18:06');
  await see(/通报/);
  await see(/已报1家/);
  expect(await page.getByTestId('messages').textContent()).not.toContain('1020');
  expect(complaints).toEqual([]);
});

it('hands the official workbook to staff', async () => {
  await fileJune();
  await becomes('科员甲');
  await page.getByTestId('chat-private').click();
  await type('导出');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('file').click()]);
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  expect(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  expect(complaints).toEqual([]);
});

it('is as it was after the bot was started anew', async () => {
  await fileJune();
  await office.restart();
  await page.goto(office.url);
  await see(/GS-202506-01/);
});
