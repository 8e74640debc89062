/** What platforms have taken back is told to the messages that people saw: nobody asks for the same twice. */
import { In } from 'typeorm';
import { OutboxMessage } from '../../entities/outbox-message';
import type { Tx } from '../database/database';
import { rowLock } from '../database/row-lock';

/** A message of which no platform has a name left is taken back as a whole. */
export async function markTaken(tx: Tx, ids: readonly number[], taken: readonly string[]): Promise<void> {
  if (taken.length === 0) return;
  // Somebody else may hear at the same moment of another part of the same message.
  const rows = await tx.find(OutboxMessage, { where: { id: In([...ids]) }, order: { id: 'ASC' }, ...rowLock(tx) });
  for (const { id, receipts } of rows) {
    const left = (receipts ?? []).filter((receipt) => !taken.includes(receipt));
    const fate = left.length > 0 ? { receipts: left } : { receipts: null, status: 'recalled' as const };
    await tx.update(OutboxMessage, id, fate);
  }
}
