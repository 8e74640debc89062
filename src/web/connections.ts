/** Whether the connections stand over which platforms bring messages: without one nobody is heard, and nothing fails. */
import { Gauge, type Registry } from 'prom-client';
import type { Channel } from '../channels/channel';

export function watchConnections(metrics: Registry, channels: readonly Channel[]): void {
  const lasting = channels.filter(({ isConnected }) => isConnected);
  if (lasting.length === 0) return;
  new Gauge({
    name: 'baosong_channel_connected',
    help: 'Whether the lasting connection of a channel stands: 1 or 0.',
    labelNames: ['channel'],
    registers: [metrics],
    collect() {
      for (const channel of lasting) this.set({ channel: channel.name }, channel.isConnected?.() ? 1 : 0);
    },
  });
}
