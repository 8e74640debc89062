/**
 * The callback addresses as the platforms would see them: called with the settings' own keys through PUBLIC_URL, in ways
 * that leave nothing behind. Whether the console holds the same keys cannot be seen from here.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { robotSign } from '../channels/dingtalk/sign';
import { type SealKeys, sealMessage } from '../channels/wecom/crypto';
import { bad, type Finding, good, note } from './finding';
import { type Means, type Probe, probe } from './probe';

interface Address {
  readonly publicUrl: string | null;
  readonly path: string;
  /** Where the address is entered. */
  readonly page: string;
  /** By which the service recognises the platform. */
  readonly settings: string;
}

/** What WeCom asks when the console saves the address (path 90930). */
export async function checkEcho(
  address: Address & { readonly keys: SealKeys },
  means: Means,
): Promise<readonly Finding[]> {
  if (address.publicUrl === null) return [unknownAddress(address)];
  const echo = String(randomInt(2 ** 40, 2 ** 48 - 1));
  const seconds = String(Math.floor(means.clock.now().getTime() / 1000));
  const sealed = sealMessage(address.keys, echo, seconds, randomBytes(8).toString('hex'));
  const query = new URLSearchParams({
    msg_signature: sealed.signature,
    timestamp: sealed.timestamp,
    nonce: sealed.nonce,
    echostr: sealed.encrypt,
  });
  const answer = await probe(means, `${urlOf(address.publicUrl, address.path)}?${query}`);
  return [judge(address, answer, (text) => text === echo)];
}

/** A message by the robot itself, which every robot passes over (page 消息发送与接收类型). */
export async function checkRobotCall(
  address: Address & { readonly clientSecret: string },
  means: Means,
): Promise<readonly Finding[]> {
  if (address.publicUrl === null) return [unknownAddress(address)];
  const timestamp = String(means.clock.now().getTime());
  const headers = { timestamp, sign: robotSign(timestamp, address.clientSecret) };
  const own = '$:LWCP_v1:$doctor';
  const body = { msgtype: 'text', text: { content: '' }, senderId: own, chatbotUserId: own };
  const answer = await probe(means, urlOf(address.publicUrl, address.path), body, headers);
  return [judge(address, answer, (text) => text.includes('"empty"'))];
}

const urlOf = (publicUrl: string, path: string): string => `${publicUrl.replace(/\/+$/, '')}${path}`;

const unknownAddress = ({ path, page }: Address): Finding =>
  note('没有设置 PUBLIC_URL，回调地址未检查', `设置后再查；${page} 填写的地址应是 PUBLIC_URL${path}`);

function judge({ path, page, settings }: Address, answer: Probe, isOurs: (text: string) => boolean): Finding {
  const where = `回调地址 PUBLIC_URL${path}`;
  if (!answer.reached) {
    return bad(
      `${where} 连不上（${answer.reason}）`,
      '确认服务正在运行、域名解析到本机、代理转发 /callback/、证书有效',
    );
  }
  const { status } = answer;
  if (status === 200 && isOurs(answer.text)) return good(`${where} 答复正确（${page} 填写这个地址）`);
  if (status === 401 || status === 400 || status === 403) {
    return bad(`${where} 不认可签名（HTTP ${status}）`, `运行中的服务用的是别的设置：核对 ${settings}，然后重启服务`);
  }
  if (status === 404)
    return bad(`${where} 不存在（HTTP 404）`, '代理没有转发 /callback/，或服务启动时还没有这个通道的设置：重启服务');
  return bad(`${where} 答复的不是本服务（HTTP ${status}）`, '核对 PUBLIC_URL 和代理的转发目标');
}
