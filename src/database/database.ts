/**
 * The only way to the database. Everything that writes takes a `Tx` as its first argument, so a query outside the
 * transaction cannot be written by accident.
 */
import AsyncLock from 'async-lock';
import type { DataSource, EntityManager } from 'typeorm';
import { isConflict } from './errors';

export type Tx = EntityManager;

const attempts = 6;

export class Database {
  /** The embedded database has one connection: transactions must not interleave on it. */
  private readonly turn: AsyncLock | null;

  constructor(readonly dataSource: DataSource) {
    this.turn = dataSource.options.type === 'better-sqlite3' ? new AsyncLock({ maxPending: 100_000 }) : null;
  }

  /** Runs `work` in one transaction; on a deadlock or write conflict, again from the start. */
  async transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.alone(() => this.dataSource.transaction(work));
      } catch (error) {
        if (!isConflict(error) || attempt === attempts) throw error;
      }
    }
  }

  /** Runs reads that need no common snapshot. */
  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.alone(() => work(this.dataSource.manager));
  }

  async isReady(): Promise<boolean> {
    try {
      await this.read((tx) => tx.query('SELECT 1'));
      return true;
    } catch {
      return false;
    }
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    return this.turn ? this.turn.acquire('connection', work) : work();
  }
}
