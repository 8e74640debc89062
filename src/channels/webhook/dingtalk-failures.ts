/** What DingTalk's refusals mean for a custom group robot, where they differ from those for an app's robot. */
import type { SendFailure } from '../channel';
import type { Fault } from '../dingtalk/exchange';
import { describeFault } from '../dingtalk/failures';

/** 310000 is every failed 安全设置; which one stands behind the dot. */
const told: readonly (readonly [codes: RegExp, userText: string])[] = [
  [
    /^310000\.keywords$/,
    '钉钉群机器人设了“自定义关键词”，这条消息里没有。请在群机器人的安全设置中改用“加签”，把密钥一并登记后重发。',
  ],
  [/^310000\.timestamp$/, '服务器时间与钉钉相差超过 1 小时，钉钉不接收。请校准服务器时间后重发。'],
  [
    /^310000\.sign$/,
    '钉钉群机器人的加签密钥与登记的不一致。请从群机器人的安全设置复制密钥，用 npm run chats -- add 带 --secret 重新登记后重发。',
  ],
  [
    /^310000\.ip$/,
    '本服务器的公网 IP 不在钉钉群机器人“IP地址(段)”的名单内。请在群机器人的安全设置中加入，或改用“加签”后重发。',
  ],
  [/^310000/, '消息没有通过钉钉群机器人的安全设置。请改用“加签”，把密钥一并登记后重发。'],
  [
    /^(300001|400101)$/,
    '钉钉不认可这个群机器人的地址：机器人已从群里移除，或地址登记有误。请重新添加自定义机器人，用新地址登记后重发。',
  ],
  [/^400102$/, '钉钉群机器人已停用，请在群设置的机器人页面启用后重发。'],
  [/^400106$/, '机器人不在这个钉钉群里，请重新添加自定义机器人，用新地址登记后重发。'],
];

export function dingtalkWebhookFailure(fault: Fault): SendFailure {
  const failure = describeFault(fault);
  if (fault.kind === 'silent') return { ...failure, ...repeatable };
  const words = fault.kind === 'refused' ? told.find(([codes]) => codes.test(fault.code)) : undefined;
  return words ? { ...failure, userText: words[1], retryable: false, ours: true, waitMs: null } : failure;
}

/** DingTalk drops a copy that carries the id of a message it has taken. */
const repeatable = {
  userText: '钉钉没有回应，系统会自动重发，不会重复显示，无需处理。',
  retryable: true,
  unknown: false,
} as const;
