import { Registry } from 'prom-client';
import type { Channel } from '../../src/channels/channel';
import { watchConnections } from '../../src/web/connections';

const channel = (name: string, isConnected?: () => boolean): Channel => ({
  name,
  routes: [],
  quotas: [],
  start: async () => undefined,
  stop: async () => undefined,
  send: async () => ({ ok: true }),
  ...(isConnected && { isConnected }),
});

describe('the connections of channels', () => {
  it('are told as they stand at the moment of asking', async () => {
    const metrics = new Registry();
    let stands = true;
    watchConnections(metrics, [channel('stream', () => stands), channel('http')]);
    expect(await metrics.metrics()).toContain('baosong_channel_connected{channel="stream"} 1');
    stands = false;
    expect(await metrics.metrics()).toContain('baosong_channel_connected{channel="stream"} 0');
    expect(await metrics.metrics()).not.toContain('http');
  });

  it('are not spoken of where no channel keeps one', async () => {
    const metrics = new Registry();
    watchConnections(metrics, [channel('http')]);
    expect(await metrics.metrics()).not.toContain('baosong_channel_connected');
  });
});
