/**
 * A callback address as the platform would see it: called with the settings' own keys through PUBLIC_URL, in a way that
 * leaves nothing behind. Whether the console holds the same keys cannot be seen from here.
 */
import { bad, type Finding, good, note } from './finding';
import type { Probe } from './probe';

export interface Address {
  readonly publicUrl: string | null;
  readonly path: string;
  /** Where the address is entered. */
  readonly page: string;
  /** By which the service recognises the platform. */
  readonly settings: string;
}

/** Null where there is no public address: then `unknownAddress` says so. */
export const urlOf = ({ publicUrl, path }: Address): string | null =>
  publicUrl === null ? null : `${publicUrl.replace(/\/+$/, '')}${path}`;

export const unknownAddress = ({ path, page }: Address): Finding =>
  note('没有设置 PUBLIC_URL，回调地址未检查', `设置后再查；${page} 填写的地址应是 PUBLIC_URL${path}`);

/** @param isOurs whether a text is what the service would answer. */
export function judgeAnswer(
  { path, page, settings }: Address,
  answer: Probe,
  isOurs: (text: string) => boolean,
): Finding {
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
