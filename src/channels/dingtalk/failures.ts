/**
 * From DingTalk's many error codes to the few facts that the sender decides by, with what staff should do about each
 * (pages 服务端错误码, 机器人批量发送单聊消息, 自定义机器人发送群消息).
 */
import type { SendFailure } from '../channel';
import type { Fault } from './exchange';

interface Family {
  readonly codes: RegExp;
  readonly userText: string;
  readonly retryable: boolean;
  readonly ours: boolean;
  readonly waitMs: number | null;
}

const final = { retryable: false, waitMs: null };
const later = (waitMs: number | null) => ({ retryable: true, ours: false, waitMs });

const busy = '钉钉暂时繁忙，系统会自动重发，无需处理。';
const tooFast = '发送过快，钉钉已限流，系统会稍后自动重发，无需处理。';
const firewalled =
  '钉钉暂时拒绝了本服务器的访问，系统会在几分钟后自动重发；如反复出现，请检查服务器出口网络和调用频率。';
const notTaken = '消息内容被钉钉拒收，请缩短内容或去掉其中的链接、敏感词后重发。';

const monthSpent = /^90020$|ApiCountLimitForOrg/;
const rateLimit = /^900(02|18)$|Qp[sm]Limit/;

/** The organisation's calls of this month are used up. */
export const isMonthSpent = (code: string): boolean => monthSpent.test(code);

/** Too many calls in a second or a minute, of this app or of all. */
export const isRateLimit = (code: string): boolean => rateLimit.test(code);

/** The first that matches counts. */
const families: readonly Family[] = [
  {
    codes: monthSpent,
    userText: '本单位钉钉组织当月的接口调用额度已用完，请联系钉钉管理员购买加量包，或等下月额度恢复后重发。',
    ours: false,
    ...final,
  },
  // A custom group robot beyond 20 messages a minute is silenced for ten minutes.
  { codes: /^(410100|130101)$/, userText: tooFast, ...later(600_000) },
  { codes: /^90002$|Qp[sm]LimitForApi$/, userText: tooFast, ...later(10_000) },
  { codes: /^90018$|Qp[sm]Limit/, userText: tooFast, ...later(1_000) },
  {
    codes: /^(send\.(byToken\.)?too\.?fast|too\.many\.(people|group)|flowControlled|http429)$/i,
    userText: tooFast,
    ...later(60_000),
  },
  {
    codes: /^(InvalidAuthentication|40014|42001|40001|41001)$/,
    userText: '钉钉不认可机器人的访问凭证，请管理员核对钉钉应用的 Client ID 和 Client Secret 设置。',
    retryable: true,
    ours: true,
    waitMs: 60_000,
  },
  {
    codes: /^(invalidClientIdOrSecret|invalidParameter\.robotCode|robotCode\.)/,
    userText: '钉钉应用的设置有误，请管理员核对 Client ID、Client Secret 和机器人编码（robotCode）是否属于同一应用。',
    ours: true,
    ...final,
  },
  {
    codes: /AccessTokenPermissionDenied|^(60011|chatbotId\.notAllow\.sendOTO|template\.stopped)$/,
    userText: '钉钉应用缺少发送权限，请管理员在钉钉开放平台开通“企业内机器人发送消息”权限并发布新版本后重发。',
    ours: true,
    ...final,
  },
  {
    codes: /IpNotInWhiteList/,
    userText: '服务器地址不在钉钉应用的白名单内，请管理员在钉钉开放平台的应用设置中加入服务器出口 IP 后重发。',
    ours: true,
    ...final,
  },
  {
    codes: /^(robot\.oto\.notExist|bot\.stopped|resource\.not\.found|conversation\.org\.notMatch|40010[126])$/,
    userText: '机器人已停用或不在该会话中，请管理员在钉钉中启用机器人、把它加入该群后重发。',
    ours: true,
    ...final,
  },
  {
    codes: /^(staffId\.notExisted|invalidStaffId)$/,
    userText: '钉钉组织内查不到这名人员，请核对名册中的钉钉账号，或确认其已加入本组织且在机器人可见范围内。',
    ours: false,
    ...final,
  },
  {
    codes: /^(invalid\.openConversationId|group\.disbanded|400013)$/,
    userText: '该钉钉群不存在或已解散，请重新绑定接收消息的群。',
    ours: false,
    ...final,
  },
  {
    codes: /^bot\.forbidden\.sendMessage$/,
    userText: '机器人在该钉钉群中被禁言，请群主解除禁言后重发。',
    ours: false,
    ...final,
  },
  {
    codes: /^(300001|session\.(expired|notExisted))$/,
    userText: '与该会话的联系已过期，请对方先给机器人发一条消息，再重发。',
    ours: false,
    ...final,
  },
  {
    codes: /^recall\.failed$/,
    userText: '钉钉已不能收回这条消息（只能收回 24 小时内发出的）。请另发一条说明更正。',
    ours: false,
    ...final,
  },
  {
    codes: /^file\.type$/,
    userText: '钉钉机器人不能发送这种文件，请改用 xlsx、docx、doc、pdf、zip 或 rar 文件，图片请用 png 或 jpg。',
    ours: true,
    ...final,
  },
  { codes: /^file\.size$/, userText: '文件超过钉钉 20 MB 的上限，请拆分或压缩后重发。', ours: true, ...final },
  {
    codes: /^(invalidParameter\.msg|msgKey\.|miss\.param|contain\.|43010[1-4]$|460101$|40035$|43004$|400105$)/,
    userText: notTaken,
    ours: true,
    ...final,
  },
  { codes: /^(system\.(error|busy)|-1|15|88|isp\..+|ServiceUnavailable|http5\d\d)$/, userText: busy, ...later(null) },
];

const unfamiliar = {
  userText: '钉钉拒绝了这条消息，原因不明；请把错误代码交给系统管理员查看。',
  ours: true,
  ...final,
};

/** What the sender is told of a fault. Its code carries the platform's own, for looking it up. */
export function describeFault(fault: Fault): SendFailure {
  switch (fault.kind) {
    case 'refused':
      return describeRefusal(fault.code, fault.status);
    case 'foreign':
      // A blocked server address stays so for five minutes (page 服务端API调用频率限制).
      return failure('foreign', `no answer of the API, HTTP ${fault.status}`, {
        userText: firewalled,
        ...later(300_000),
      });
    case 'unreachable':
      return failure('unreachable', `no connection: ${fault.reason}`, {
        userText: '暂时连不上钉钉，系统会自动重发；如反复出现，请检查服务器能否访问钉钉。',
        ...later(null),
      });
    case 'silent':
      return { ...failure('silent', `no answer: ${fault.reason}`, silence), unknown: true };
  }
}

const silence = {
  userText: '钉钉没有回应，消息可能已送达，也可能没有；请先向对方核实，未收到再重发。',
  ours: false,
  ...final,
};

/** A refusal that we foresee or that the platform puts into a successful answer. */
export function describeRefusal(code: string, status = 200): SendFailure {
  const family = families.find(({ codes }) => codes.test(code));
  // A status of 5xx with a code that we do not know is still the platform's trouble, and passes.
  const traits = family ?? (status >= 500 ? { userText: busy, ...later(null) } : unfamiliar);
  return failure(code, `refused with ${code}, HTTP ${status}`, traits);
}

function failure(code: string, message: string, traits: Omit<Family, 'codes'>): SendFailure {
  const { userText, retryable, ours, waitMs } = traits;
  return { code: `dingtalk.${code}`, message, userText, retryable, ours, waitMs, unknown: false };
}
