/** The database as it stands: reached, migrated, and never changed by looking. */
import { existsSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { bad, type Finding, good, note } from '../channels/checkup/finding';

const advices: Readonly<Record<string, string>> = {
  ECONNREFUSED: '数据库没有运行，或 DATABASE_URL 的主机、端口不对',
  ENOTFOUND: 'DATABASE_URL 的主机名不对',
  ETIMEDOUT: '防火墙没有放行，或 DATABASE_URL 的主机不对',
  ER_ACCESS_DENIED_ERROR: 'DATABASE_URL 的账号或密码不对，或该账号不能从本机登录',
  ER_DBACCESS_DENIED_ERROR: '给该账号授予这个库的全部权限',
  ER_BAD_DB_ERROR: '先建库：CREATE DATABASE …（utf8mb4）',
};

/** Leaves the connection open when it could be made. */
export async function checkStorage(dataSource: DataSource, url: string): Promise<readonly Finding[]> {
  const path = url.startsWith('file:') ? url.slice('file:'.length) : null;
  if (path !== null && !existsSync(path)) return [note('数据库文件还没有', '第一次 npm start 时创建')];
  try {
    await dataSource.initialize();
  } catch (error) {
    // The code alone: messages of the drivers repeat the account.
    const code = String((error as NodeJS.ErrnoException).code ?? '原因不明');
    return [bad(`数据库连接不上（${code}）`, advices[code] ?? '检查 DATABASE_URL')];
  }
  const reached = good(`数据库连得上（${path === null ? 'MySQL' : '内置'}）`);
  const isBehind = await dataSource.showMigrations();
  return [reached, isBehind ? bad('数据库的表不是最新', '重启服务（npm start），启动时自动更新') : good('表是最新的')];
}
