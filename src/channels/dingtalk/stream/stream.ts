/**
 * DingTalk's robot in Stream mode: the bot connects out, so it needs no public address. Answers cannot be given on the
 * connection; they are pushed through the address that came with the message.
 *
 * Messages are acknowledged on receipt, before any work. One whose transaction fails is therefore tried again from memory
 * for about a minute; if that is of no use it is lost: the log says `dingtalk.stream.lost`, and the person is told. One
 * that arrives twice is handed on twice under the same key.
 */
import type { Clock } from '../../../clock';
import type { DingtalkConfig } from '../../../config';
import type { Log } from '../../../log';
import type { Channel, Receive } from '../../channel';
import { type Later, laterOnTimer } from '../../later';
import { createRobotApi } from '../api';
import { createCaller, type Timeouts, timeouts } from '../caller';
import { Board } from '../cards/board';
import { Taps } from '../cards/taps';
import { channelName } from '../decode';
import type { Json } from '../exchange';
import { createPersistence } from '../persistence';
import { createFileOpener } from '../received-file';
import { quotas } from '../robot';
import { createWayOut } from '../send';
import type { Connection } from './connection';
import { acknowledge, type Frame, parse, readFrame, topics } from './frame';
import { createInbox, type Inbox } from './inbox';
import { Link } from './link';

export interface StreamOptions {
  readonly wait?: Timeouts;
  readonly later?: Later;
  /** Between 0 and 1. */
  readonly random?: () => number;
  /** Told of each call that counts against the month. */
  readonly count?: () => void;
  /** Whether so much of the month is used that cards do not go any more. */
  readonly isShort?: () => Promise<boolean>;
}

export function createDingtalkStream(
  config: DingtalkConfig,
  clock: Clock,
  log: Log,
  options: StreamOptions = {},
): Channel {
  const { wait = timeouts, later = laterOnTimer, random = Math.random } = options;
  const { count = () => undefined, isShort = async () => false } = options;
  const ownLog = log.child({ channel: channelName });
  const caller = createCaller({ config, clock, wait, count });
  const api = createRobotApi(caller, config.robotCode);
  const open = createFileOpener(api, wait.uploadMs);
  const persistence = createPersistence(later, ownLog);
  const parts = { config, clock, log: ownLog, later, random, open, persistence, apiMs: wait.apiMs };
  const inbox = createInbox(parts);
  const taps = new Taps({ ...parts, api });
  const board = new Board({ config, caller, clock, log: ownLog, routeKey: null, isShort });
  const state: { receive: Receive | null } = { receive: null };
  const link: Link = new Link({
    ...parts,
    onText(received, connection) {
      const frame = readFrame(received);
      if (!frame) ownLog.warn({ code: 'dingtalk.stream.unreadable' }, 'a frame is no JSON object');
      else if (state.receive) handle(frame, { connection, link, inbox, taps, log: ownLog, receive: state.receive });
    },
  });
  return {
    name: channelName,
    routes: [],
    quotas,
    async start(receive) {
      state.receive = receive;
      link.start();
    },
    isConnected: () => link.isConnected,
    async stop() {
      link.stop();
      await inbox.finish();
      await taps.finish();
    },
    ...createWayOut({ config, clock, api, board, wait, log: ownLog }),
  };
}

interface Means {
  readonly connection: Connection;
  readonly link: Link;
  readonly inbox: Inbox;
  readonly taps: Taps;
  readonly receive: Receive;
  readonly log: Log;
}

function handle(frame: Frame, means: Means): void {
  if (frame.type === 'SYSTEM') handleSystem(frame, means);
  else handleCallback(frame, means);
}

/** Other topics are announcements that come or do not come: CONNECTED, REGISTERED, KEEPALIVE. */
function handleSystem(frame: Frame, { connection, link }: Means): void {
  if (frame.headers.topic === 'ping') answer(connection, acknowledge(frame, 200, frame.data));
  if (frame.headers.topic === 'disconnect') {
    answer(connection, acknowledge(frame, 200, frame.data));
    link.replace(connection);
  }
}

function handleCallback(frame: Frame, { connection, inbox, taps, receive, log }: Means): void {
  switch (frame.headers.topic) {
    case topics.message:
      answer(connection, acknowledge(frame, 200, '{"response":null}'));
      inbox.take(frame.data, receive);
      return;
    case topics.card:
      void taps.take(parse(frame.data), receive).then((response: Json) => {
        answer(connection, acknowledge(frame, 200, JSON.stringify({ response })));
      });
      return;
    default:
      answer(connection, acknowledge(frame, 404, '{"response":null}'));
      log.warn({ code: 'dingtalk.stream.unknown_topic' }, 'a frame of a topic that nobody subscribed to');
  }
}

function answer(connection: Connection, ack: string | null): void {
  if (ack) connection.send(ack);
}
