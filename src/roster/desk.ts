/** What an operator's command works with: the database, the time, and the terminal behind two functions. */
import type { Clock } from '../clock';
import type { Database } from '../database/database';

export interface Desk {
  readonly database: Database;
  readonly clock: Clock;
  readonly print: (text: string) => void;
  /** Null when nobody sits at the terminal. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
}

/** What a command's process ends with. */
export const exits = {
  done: 0,
  /** The command, its file or its arguments are wrong; nothing was changed. */
  refused: 1,
  /** Only shown what would change, because nobody agreed to it. */
  notAgreed: 2,
} as const;

export type Exit = (typeof exits)[keyof typeof exits];
