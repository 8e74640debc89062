/**
 * What a call to the WeCom API may come back with, and what each means for the sender and for staff. The codes are those
 * of the global error list (developer.work.weixin.qq.com, path 90313).
 */
import type { SendFailure } from '../channel';
import { addressed, configured, later, type Verdict } from './verdicts';

/** Why a call brought no good answer. */
export type Fault =
  | { readonly kind: 'errcode'; readonly errcode: number }
  | { readonly kind: 'status'; readonly status: number }
  /** Nothing reached WeCom. */
  | { readonly kind: 'unreachable' }
  /** Sent, but no answer came or none that can be read. */
  | { readonly kind: 'timeout' | 'broken' | 'unreadable' }
  /** Our reading of an answer that says 0 and yet reached nobody. */
  | { readonly kind: 'invaliduser' | 'unlicenseduser' };

const credentials = configured(
  '企业微信不认可应用的企业ID或Secret。请管理员核对 WECOM_CORP_ID 和 WECOM_SECRET，确认应用没有停用。',
);
const agent = configured('企业微信不认可应用编号。请管理员核对 WECOM_AGENT_ID 与 WECOM_SECRET 属于同一个应用。');
const rights = configured('应用没有发送消息的权限或已被停用。请管理员在企业微信管理后台检查该应用。');
const address = configured(
  '本机的公网 IP 不在企业微信应用的“企业可信IP”中。请管理员在管理后台该应用的页面添加，约 1 分钟后生效。',
);
const person = addressed(
  '企业微信找不到这个账号，或此人不在应用的可见范围内。请核对人员的企业微信账号，并在管理后台把此人加入应用的可见范围。',
);
const license = addressed('此人没有企业微信的接口许可。请管理员在管理后台为其分配账号许可。');
const group = addressed('企业微信找不到这个群，或群不是由本应用创建的。请用本应用重新建群并登记。');
const attachment = configured('企业微信不接收这个文件：文件为空、过大或格式不对（图片 10 MB、文件 20 MB 以内）。');

const verdicts = new Map<number, Verdict>(
  (
    [
      [[-1, 6000, 40007, 40014, 42001, 45033], later()],
      // The block lasts as long as the unit of the limit, which is a minute at least (path 90454).
      [[45009], later(60_000)],
      [[40001, 40013, 40091, 2000002], credentials],
      [[40056, 301002], agent],
      [[48002, 48004, 48006, 50003], rights],
      [[60020], address],
      [[40003, 40031, 46004, 50002, 60011, 60021, 60111, 81013, 82001, 301021], person],
      [[40050, 86001, 86003, 86008], group],
      [[40004, 40005, 40006, 40009, 44001, 45001], attachment],
    ] as const
  ).flatMap(([codes, verdict]) => codes.map((code) => [code, verdict] as const)),
);

/**
 * The fault in the facts that the sender decides by. `repeatable` says that sending once more cannot show twice, because
 * WeCom checks for duplicates or because nothing was shown yet. Staff are told which `account` it is that gets nothing.
 */
export function failureOf(fault: Fault, repeatable: boolean, account = ''): SendFailure {
  const code = `wecom.${nameFault(fault)}`;
  const mayHaveArrived = fault.kind === 'timeout' || fault.kind === 'broken' || fault.kind === 'unreadable';
  const verdict = judge(fault);
  const isOfPerson = account !== '' && (verdict === person || verdict === license);
  const userText = isOfPerson ? `账号“${account}”收不到消息。${verdict.userText}` : verdict.userText;
  const unknown = mayHaveArrived && !repeatable;
  return { ...verdict, code, message: `WeCom: ${nameFault(fault)}`, unknown, userText };
}

function nameFault(fault: Fault): string {
  if (fault.kind === 'errcode') return String(fault.errcode);
  return fault.kind === 'status' ? `http_${fault.status}` : fault.kind;
}

function judge(fault: Fault): Verdict {
  switch (fault.kind) {
    case 'errcode':
      return (
        verdicts.get(fault.errcode) ??
        configured(`企业微信拒收了这条消息（错误码 ${fault.errcode}）。请把错误码告诉管理员。`)
      );
    case 'status':
      return fault.status >= 500 || fault.status === 429
        ? later()
        : configured(`企业微信接口地址不对（HTTP ${fault.status}）。请管理员核对 WECOM_API_URL。`);
    case 'invaliduser':
      return person;
    case 'unlicenseduser':
      return license;
    default:
      return later();
  }
}
