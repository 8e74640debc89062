/** Which messages go in one call: the same content to several people, where their channel takes it so. Pure. */
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Channel } from '../channels/channel';
import { batchOf, type Cast } from './attempt';
import { carrierOf, chatKeyIn } from './carriers';

/** Each row is in one cast; the casts are in the order of their first rows. */
export function gatherCasts(channels: readonly Channel[], rows: readonly OutboxMessage[]): readonly Cast[] {
  const alike = new Map<string, OutboxMessage[]>();
  for (const row of rows) {
    const batch = isForMany(row) ? batchOf(row) : undefined;
    const key = batch === undefined ? String(row.id) : likeness(row, batch);
    alike.set(key, [...(alike.get(key) ?? []), row]);
  }
  return [...alike.values()].flatMap((group) => {
    const channel = carrierOf(channels, group[0]?.channel ?? '');
    return chunk(group, channel?.broadcast?.most ?? 1);
  });
}

/** Calls that it takes to send a part of each row, those of one chat one after another. */
export function countCalls(channels: readonly Channel[], rows: readonly OutboxMessage[]): number {
  const keyOf = chatKeyIn(channels);
  const heads = [...new Map([...rows].reverse().map((row) => [keyOf(row), row])).values()].reverse();
  return gatherCasts(channels, heads).length + rows.length - heads.length;
}

/** A reply has its own way back, and a message that takes others back names them. */
const isForMany = (row: OutboxMessage): boolean =>
  row.chatKind === 'private' && row.replyVia === null && row.recalls === null;

const likeness = (row: OutboxMessage, batch: string): string =>
  JSON.stringify([row.channel, batch, row.gone, row.content]);

function chunk(rows: readonly OutboxMessage[], size: number): readonly Cast[] {
  const [first, ...others] = rows.slice(0, size);
  return first ? [[first, ...others], ...chunk(rows.slice(size), size)] : [];
}
