/**
 * What comes in over Stream and is done about it: every callback is acknowledged first, since the platform pushes again
 * what is not acknowledged within 60 seconds; then the message goes its way.
 */
import type { Clock } from '../../../clock';
import type { DingtalkConfig } from '../../../config';
import { describeFault, type Log } from '../../../log';
import { AtWork } from '../../at-work';
import type { Inbound, Receive, ReplyVia } from '../../channel';
import { type Decoded, decodeRobotMessage } from '../decode';
import { postJson } from '../exchange';
import { toWebhookBody } from '../parts';
import type { Persistence } from '../persistence';
import type { FileOpener } from '../received-file';
import { unidentifiedText } from '../robot';
import { isUsable } from '../session-webhook';
import { parse } from './frame';
import { codeOf } from './gateway';

/** Told to the person whose message is lost for good, so that nobody counts on it. */
export const lostText = '抱歉，系统刚才出了故障，您最近的消息没有记下。请稍后再发一次；如仍不行，请联系市局管理员。';

export interface InboxParts {
  readonly config: DingtalkConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly persistence: Persistence;
  readonly apiMs: number;
  readonly open: FileOpener;
}

export interface Inbox {
  /** The `data` of a message frame. Returns at once and never throws. */
  take(data: string, receive: Receive): void;
  /** Resolves when every message at work is answered or given up, without waiting for better times. */
  finish(): Promise<void>;
}

export function createInbox(parts: InboxParts): Inbox {
  const { log, persistence } = parts;
  const atWork = new AtWork();

  async function passOn(inbound: Inbound, receive: Receive): Promise<void> {
    const taken = await persistence.take(inbound, receive);
    // The connection carries no answers: the sender pushes it.
    if (taken.ok) return taken.answer?.settle(false);
    log.error({ code: 'dingtalk.stream.lost' }, 'a message was given up and is lost');
    await tell(parts, inbound.replyVia, lostText);
  }

  async function handle(data: string, receive: Receive): Promise<void> {
    const decoded = decode(parts, data);
    switch (decoded.kind) {
      case 'message':
        return passOn(decoded.inbound, receive);
      case 'unidentified':
        log.warn({ code: 'dingtalk.unidentified' }, 'a message names no user id');
        return tell(parts, decoded.replyVia, unidentifiedText);
      case 'exhausted':
        log.warn({ code: `dingtalk.${decoded.code}` }, 'the platform holds messages back');
        return;
      case 'malformed':
        log.warn({ code: 'dingtalk.malformed', what: decoded.what }, 'a message cannot be read');
        return;
      case 'misdirected':
      case 'echo':
        return;
    }
  }

  return {
    take(data, receive) {
      const work = handle(data, receive).catch((error: unknown) =>
        log.error({ fault: describeFault(error) }, 'a message was not answered'),
      );
      void atWork.follow(work);
    },
    async finish() {
      persistence.hurry();
      await atWork.settle();
    },
  };
}

/** The connection is the app's own, so a robot code that differs is a wrong setting and no foreign message. */
function decode({ config, log, open }: InboxParts, data: string): Decoded {
  const value = parse(data);
  const decoded = decodeRobotMessage(value, { ...config, open });
  if (decoded.kind !== 'misdirected') return decoded;
  log.error({ code: 'dingtalk.robot_code' }, 'messages name another robot than DINGTALK_ROBOT_CODE: correct it');
  return decodeRobotMessage(value, { ...config, open, robotCode: null });
}

/** Past the outbox, for what has no row to hang on. */
async function tell({ config, clock, log, apiMs }: InboxParts, via: ReplyVia | null, text: string): Promise<void> {
  if (!via || !isUsable(via, config.oapiUrl, clock.now())) return;
  const outcome = await postJson(via.handle, toWebhookBody({ kind: 'text', text }), apiMs);
  if (!outcome.ok) log.warn({ code: `dingtalk.${codeOf(outcome.fault)}` }, 'a person could not be told');
}
