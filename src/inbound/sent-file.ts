/**
 * Fetches and reads a file that somebody sent, before the transaction of its message. One after the other, so that however
 * many arrive at once, no more than one is unfolded in memory.
 */
import AsyncLock from 'async-lock';
import type { Inbound, LoadedFile } from '../channels/channel';
import type { SentFile } from '../commands/reports/importing';
import { officialLimits, readOfficial } from '../sheets/official';
import type { TableDefinition } from '../table/definition';

/** Null when the message brings no file to be read. */
export type ReadSent = (inbound: Inbound) => Promise<SentFile | null>;

const queueLength = 100;
/** Not every platform tells what a file is called. */
const unnamed = '表格';

export function createFileReader(tables: readonly TableDefinition[]): ReadSent {
  const queue = new AsyncLock({ maxPending: queueLength });
  return async ({ chat, content }) => {
    if (content.kind !== 'file' || chat.kind === 'group') return null;
    const { load } = content;
    const called = content.name || unnamed;
    if (!load) return unread(called, '没能从这个聊天平台取到，请回“上传”，在网页里传');
    return queue.acquire('file', async () => {
      const loaded = await load(officialLimits.bytes);
      if (!loaded.ok) return unread(called, reasons[loaded.reason]);
      const file = { name: loaded.name || called, bytes: loaded.bytes };
      return { ...file, read: await readOfficial(file, tables) };
    });
  };
}

const unread = (name: string, reason: string): SentFile => ({
  name,
  bytes: Buffer.alloc(0),
  read: { ok: false, reason },
});

type Unloaded = Extract<LoadedFile, { ok: false }>['reason'];

const reasons: Readonly<Record<Unloaded, string>> = {
  too_large: `超过${officialLimits.bytes / 1024 / 1024} MB`,
  expired: '已经过期，请重新发送',
  unreachable: '没能从平台取到，请稍后重发，或回“上传”在网页里传',
};
