import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

function bench(...words: string[]) {
  const script = join(root, 'scripts', 'run.mjs');
  return spawnSync(process.execPath, [script, 'bench', ...words], { encoding: 'utf8' });
}

describe('npm run bench', () => {
  it('prints turns per second, latency and statements of the floor and of the product, and their ratio', () => {
    const { status, stdout, stderr } = bench('--seconds', '0.3', '--units', '20');
    expect([status, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(lines).toContainEqual([
      ...['server', 'units', 'in flight', 'turns/s', 'p50 ms', 'p99 ms', 'statements', 'CPU ms'],
    ]);
    const measured = lines.filter(([server]) => server === 'floor' || server === 'product');
    expect(measured.map((cells) => cells.slice(0, 3).join(' '))).toEqual([
      ...['floor 20 1', 'floor 20 16', 'product 20 1', 'product 20 16', 'product 17 1', 'product 17 16'],
    ]);
    expect(measured.flatMap((cells) => cells.slice(3)).filter((cell) => !(Number(cell) > 0))).toEqual([]);
    expect(stdout).toMatch(/product \/ floor at 16 in flight: \d\.\d\d\n/);
  }, 120_000);

  it.each([
    ['seconds that are none', ['--seconds', 'many']],
    ['half a unit', ['--units', '1.5']],
  ])('given %s, says how it is used', (_label, words) => {
    expect(bench(...words)).toMatchObject({
      status: 1,
      stderr: 'npm run bench [-- --seconds N] [--units N]\n',
    });
  });
});
