import { createLog, describeFault } from '../src/log';

it('tells of a fault where it happened, and nothing of what people wrote', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => lines.push(line) });
  const cause = Object.assign(new Error("Duplicate entry '13800138000'"), { code: 'ER_DUP_ENTRY' });
  log.error({ fault: describeFault(new Error('张三的电话是13800138000', { cause })) }, 'something.failed');
  const [line = ''] = lines;
  expect(line).toMatch(/something\.failed.*ER_DUP_ENTRY|ER_DUP_ENTRY.*something\.failed/);
  expect(line).toContain('log.test.ts');
  expect(line).not.toMatch(/13800138000|张三/);
});
