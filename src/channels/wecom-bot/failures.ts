/**
 * What may go wrong on the way out of the robot, for the sender and for staff. The codes of the long connection are those
 * that its users report (846xxx, 853000); the others stand in the global list (path 90313).
 */
import type { SendFailure } from '../channel';
import type { Fault } from '../wecom/failures';
import { addressed, configured, later, type Verdict } from '../wecom/verdicts';

export type BotFault =
  | Fault
  /** No connection at the moment; nothing was sent. */
  | { readonly kind: 'offline' }
  /** The connection was given up: its credentials are wrong, or another one took the robot over. */
  | { readonly kind: 'credentials' | 'taken_over' }
  /** As many files were uploaded as the robot may for now; nothing was sent. */
  | { readonly kind: 'uploads_full'; readonly waitMs: number }
  /** There is no way to this chat. */
  | { readonly kind: 'no_way' };

const noWay = configured(
  '智能机器人用回调地址接入时只能回答，不能主动发消息。请管理员改用长连接，或同时接入自建应用，再重发。',
);
const credentials = configured(
  '企业微信不认可智能机器人的 Bot ID 或 Secret。请管理员核对 WECOM_BOT_ID 和 WECOM_BOT_SECRET 后重新启动服务，再重发。',
);
const takenOver: Verdict = {
  ...later(),
  userText: '智能机器人的长连接被另一个程序占用。请管理员确认只有一处在用这个机器人，然后重新启动服务。',
  ours: true,
};
const unacquainted = addressed(
  '智能机器人发不到这里：对方（或这个群）还没有跟机器人说过话，或机器人已不在群里。请对方先给机器人发一条消息，再重发。',
);
const attachment = configured('企业微信不接收这个文件：文件为空、过大或格式不对（图片 10 MB、文件 20 MB 以内）。');

const verdicts = new Map<number, Verdict>(
  (
    [
      [[-1, 6000, 40007, 45033, 846601, 846602, 846609], later()],
      [[45009], later(60_000)],
      [[853000], credentials],
      [[40003, 40050, 60111, 81013, 86003, 93006, 93008], unacquainted],
      [[40004, 40005, 40006, 40009, 44001, 45001], attachment],
    ] as const
  ).flatMap(([codes, verdict]) => codes.map((code) => [code, verdict] as const)),
);

/** WeCom may have taken what it did not acknowledge. */
export const mayHaveArrived = ({ kind }: BotFault): boolean =>
  kind === 'timeout' || kind === 'broken' || kind === 'unreadable';

/** `isSeen`: the message may have been shown before the failure, and a repetition would show it twice. */
export function failureOf(fault: BotFault, isSeen = true): SendFailure {
  const name = nameFault(fault);
  return {
    code: `wecom_bot.${name}`,
    message: `WeCom robot: ${name}`,
    unknown: mayHaveArrived(fault) && isSeen,
    ...judge(fault),
  };
}

/** For the log: names neither person nor text. */
export function nameFault(fault: BotFault): string {
  if (fault.kind === 'errcode') return String(fault.errcode);
  return fault.kind === 'status' ? `http_${fault.status}` : fault.kind;
}

function judge(fault: BotFault): Verdict {
  switch (fault.kind) {
    case 'errcode':
      return (
        verdicts.get(fault.errcode) ??
        configured(`企业微信拒收了智能机器人的这条消息（错误码 ${fault.errcode}）。请把错误码告诉管理员。`)
      );
    case 'status':
      return fault.status >= 500 || fault.status === 429
        ? later()
        : configured(`企业微信不接受智能机器人的这条回复（HTTP ${fault.status}）。请把它告诉管理员。`);
    case 'uploads_full':
      return later(fault.waitMs);
    case 'no_way':
      return noWay;
    case 'credentials':
      return credentials;
    case 'taken_over':
      return takenOver;
    default:
      return later();
  }
}
