/** Which channel carries a message, and which messages queue together. Pure. */
import type { OutboxMessage } from '../../entities/outbox-message';
import type { Channel } from '../channels/channel';

export const namesOf = ({ name, alsoCarries = [] }: Channel): readonly string[] => [name, ...alsoCarries];

export const carrierOf = (channels: readonly Channel[], name: string): Channel | undefined =>
  channels.find((channel) => namesOf(channel).includes(name));

export type Addressed = Pick<OutboxMessage, 'channel' | 'chatKind' | 'addressee'>;

/** The same for all messages that one person, or one group, gets from one carrier: they go one after another. */
export function chatKeyIn(channels: readonly Channel[]): (row: Addressed) => string {
  return ({ channel, chatKind, addressee }) =>
    [carrierOf(channels, channel)?.name ?? channel, chatKind, addressee].join(' ');
}
