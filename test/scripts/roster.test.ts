import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assignment } from '../../entities/assignment';
import { exits } from '../../src/roster/desk';
import { importRoster } from '../../src/roster/import';
import { parseRosterCommand } from '../../src/roster/roster-command';
import { type Office, openOffice } from '../roster/office';
import { header, line, liSiLine, zhangSanLine } from '../roster/people';
import { databases, embedded, type TestDatabase } from '../support/databases';

describe('the arguments of npm run roster', () => {
  it.each([
    ['import a.xlsx', { kind: 'import', path: 'a.xlsx', agreed: false }],
    ['import a.csv --yes', { kind: 'import', path: 'a.csv', agreed: true }],
    ['--yes import a.csv', { kind: 'import', path: 'a.csv', agreed: true }],
    ['export a.csv', { kind: 'export', path: 'a.csv' }],
    ['list', { kind: 'list' }],
  ])('%s is understood', (typed, command) => {
    expect(parseRosterCommand(typed.split(' '))).toEqual(command);
  });

  it.each([
    ['nothing', []],
    ['an unknown command', ['delete', 'a.csv']],
    ['an import without its file', ['import']],
    ['two files', ['import', 'a.csv', 'b.csv']],
    ['an unknown option', ['import', 'a.csv', '--force']],
    ['an export to another format', ['export', 'a.xlsx']],
    ['--yes where nothing is asked', ['list', '--yes']],
  ])('%s gets the help', (_label, words) => {
    expect(parseRosterCommand(words)).toBeNull();
  });
});

const opened: Office[] = [];
afterEach(async () => {
  for (const office of opened.splice(0)) await office.close();
});

async function at(database: TestDatabase, answers: boolean[] | null = null): Promise<Office> {
  const office = await openOffice(database, answers);
  opened.push(office);
  return office;
}

describe.each(databases)('an import ($name)', (database) => {
  it.each([
    ['是', [true], exits.done, 1],
    ['否', [false], exits.notAgreed, 0],
  ])('shows its changes, asks, and after %s does just that', async (_label, answers, exit, people) => {
    const { roster, writeCsv, state, printed } = await at(database, answers);
    expect(await roster('import', writeCsv('a.csv', zhangSanLine))).toBe(exit);
    expect(printed()).toMatch(/^新增 1 人\n {2}第2行 光山县 张三 联络员，手机号 138\*{4}8000/);
    expect((await state()).current).toHaveLength(people);
  });

  it('without a terminal and without --yes only shows its changes', async () => {
    const { roster, writeCsv, state, printed } = await at(database);
    expect(await roster('import', writeCsv('a.csv', zhangSanLine))).toBe(exits.notAgreed);
    expect(printed()).toContain('核对后加 --yes 再运行');
    expect((await state()).current).toEqual([]);
  });

  it('is not made when the roster changed while it was asked about', async () => {
    const office = await at(database);
    await office.importLines(zhangSanLine);
    const path = office.writeCsv('b.csv', line({ 职务: '副科长' }));
    const confirm = () =>
      office.database.transact(async (tx) => {
        await tx.update(Assignment, { role: 'contact' }, { until: office.clock.now() });
        return true;
      });
    expect(await importRoster(path, false, { ...office, confirm })).toBe(exits.refused);
    expect(office.printed()).toContain('没有改动：名册刚被别人改过');
    expect((await office.state()).former).toMatchObject([{ name: '张三' }]);
  });

  it('goes out to a file that comes back unchanged', async () => {
    const { roster, importLines, folder, printed, fingerprint } = await at(database);
    await importLines(
      line({ 职务: '"科员，""一级"""', 单位: '罗山' }),
      liSiLine,
      line({
        单位: '信阳市',
        姓名: '=赵六',
        手机号: '',
        角色: '市局人员',
        企业微信账号: '',
      }),
    );
    const before = await fingerprint();
    const path = join(folder, 'out.csv');
    expect(await roster('export', path)).toBe(exits.done);
    printed();
    expect(await roster('import', path)).toBe(exits.done);
    expect(printed()).toBe('不变 3 人\n与已登记的一致，无需改动。');
    expect(await fingerprint()).toBe(before);
  });
});

describe('a roster file that cannot be read', () => {
  it.each([
    ['is not there', 'none.csv', null, '找不到这个文件'],
    ['is no table', 'a.docx', 'x', '只能读 .xlsx 和 UTF-8 的 .csv'],
    ['is empty', 'a.csv', '', '找不到表头'],
  ])('because it %s is refused with the reason', async (_label, name, text, reason) => {
    const { roster, folder, printed } = await at(embedded);
    if (text !== null) writeFileSync(join(folder, name), text);
    expect(await roster('import', join(folder, name), '--yes')).toBe(exits.refused);
    expect(printed()).toContain(reason);
  });
});

describe('an exported file', () => {
  it('opens in Excel as UTF-8, in the official order of the units', async () => {
    const { roster, importLines, folder } = await at(embedded);
    await importLines(liSiLine, line({ 单位: '平桥' }));
    await roster('export', join(folder, 'out.csv'));
    const lines = readFileSync(join(folder, 'out.csv'), 'utf8').split('\r\n');
    expect(lines[0]).toBe(`\uFEFF${header.join(',')}`);
    expect(lines.slice(1).map((text) => text.split(',').slice(0, 2))).toEqual([
      ['平桥区', '张三'],
      ['光山县', '李四'],
      [''],
    ]);
  });

  it('holds no formula', async () => {
    const { roster, importLines, folder } = await at(embedded);
    await importLines(line({ 职务: '=HYPERLINK(1)' }));
    await roster('export', join(folder, 'out.csv'));
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toContain(',"\t=HYPERLINK(1)",');
  });

  it('is for its owner only, and replaces no other', async () => {
    const { roster, folder, printed } = await at(embedded);
    const path = join(folder, 'out.csv');
    await roster('export', path);
    printed();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await roster('export', path)).toBe(exits.refused);
    expect(printed()).toContain('已存在，请换一个文件名');
  });
});

describe('the list', () => {
  it('names people by unit, masks numbers, and says who cannot report yet', async () => {
    const { roster, importLines, printed } = await at(embedded);
    await importLines(zhangSanLine, line({ 单位: '浉河', 姓名: '王五', 手机号: '', 企业微信账号: '' }));
    printed();
    await roster('list');
    const lines = printed().split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '浉河区  王五 联络员',
      '光山县  张三 联络员，手机 138****8000，企业微信账号 zhangsan',
      '共 2 人',
    ]);
    expect(lines[3]).toMatch(/^没有联络员的单位：平桥区、罗山县、新县、/);
    expect(lines[4]).toBe('没有账号、还不能对话的人：王五');
  });
});

describe('the scripts on a machine where nothing is installed yet', () => {
  const root = join(__dirname, '..', '..');
  const folder = mkdtempSync(join(tmpdir(), 'baosong-scripts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(...words: string[]) {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
    const script = join(root, 'scripts', 'run.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  it('take their settings from .env, create the database, and say what they did', () => {
    writeFileSync(join(folder, '.env'), 'DATABASE_URL=file:store/b.db\n');
    writeFileSync(join(folder, 'a.csv'), [header, zhangSanLine].map((cells) => cells.join(',')).join('\n'));
    expect(run('roster', 'import', 'a.csv')).toMatchObject({ status: exits.notAgreed, stderr: '' });
    expect(run('roster', 'import', 'a.csv', '--yes')).toMatchObject({ status: exits.done, stderr: '' });
    expect(run('roster', 'list').stdout).toContain('光山县  张三 联络员');
    expect(run('roster').stdout).toContain('用法：');
    const add = ['chats', 'add', 'dingtalk', 'cid1', '--name', '进度群', '--purpose', 'progress'];
    expect(run(...add).stdout).toContain('已登记：进度群接收信阳市的进度。');
    expect(run('chats', 'list').stdout).toContain('进度群');
    writeFileSync(join(folder, '.env'), 'DATABASE_URL=nonsense\n');
    expect(run('roster', 'list')).toMatchObject({
      status: exits.refused,
      stderr: expect.stringContaining('DATABASE_URL'),
    });
  }, 180_000);
});
