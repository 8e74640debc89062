/** The smart robot over its long connection, as a channel that answers and sends of its own accord. */
import type { WecomBotConfig } from '../../../config';
import type { Channel, Quota } from '../../channel';
import type { Later } from '../../later';
import { UploadStore } from '../../upload-store';
import type { FileOpener } from '../decode';
import { channelName } from '../decode';
import type { Ears } from '../hear';
import { Link } from './link';
import { Push } from './push';
import { LongTurns } from './turns';
import { UploadPace } from './upload-pace';
import { Uploads } from './uploads';

export interface LongOptions extends Ears {
  readonly config: Extract<WecomBotConfig, { mode: 'long' }>;
  readonly knownUserIds: () => Promise<readonly string[]>;
  readonly later: Later;
  readonly random: () => number;
  readonly open: FileOpener;
}

/** What one chat gets from a robot, answers included (path 101463). */
const quotas: readonly Quota[] = [
  { per: 'chat', count: 30, seconds: 60, withAnswers: true },
  { per: 'chat', count: 1000, seconds: 3600, withAnswers: true },
];

export function createLongRobot(options: LongOptions): Channel {
  const { config, accounts, clock, log, later, random, knownUserIds } = options;
  const { wsUrl: url, botId, secret } = config;
  const link: Link = new Link({ url, botId, secret, log, later, random }, (requestId, json) =>
    turns.take(requestId, json),
  );
  const turns = new LongTurns({ ...options, link });
  const push = new Push(link, new UploadStore(clock, new Uploads(link, new UploadPace(clock))), accounts);
  return {
    name: channelName,
    routes: [],
    quotas,
    async start(receive) {
      turns.start(receive);
      await accounts.recall(await knownUserIds()).catch(() => {
        log.warn({ code: 'wecom_bot.not_recalled' }, 'who wrote before is not known yet');
      });
      link.start();
    },
    isConnected: () => link.isConnected,
    canSend: () => link.canSend,
    stop: () => turns.stop(),
    close: async () => link.close(),
    send: (message) => push.send(message),
  };
}
