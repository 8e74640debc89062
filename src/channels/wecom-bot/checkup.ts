/** What `npm run doctor` checks of the smart robot: its callback, or the way to its long connection. */
import type { WecomBotConfig } from '../../config';
import { type Finding, type Installation, note } from '../checkup/finding';
import { checkReach } from '../checkup/network';
import { type Means, probe } from '../checkup/probe';
import { checkEcho } from '../wecom/echo-check';

const botPage = '企业微信 → 智能机器人 → 该机器人 → API模式';

export async function checkWecomBot(
  config: WecomBotConfig,
  { publicUrl }: Installation,
  means: Means,
): Promise<readonly Finding[]> {
  if (config.mode === 'long') return checkLong(config.wsUrl, means);
  const settings = 'WECOM_BOT_TOKEN、WECOM_BOT_ENCODING_AES_KEY';
  const address = { publicUrl, path: '/callback/wecom/bot', page: `${botPage} → URL回调`, settings };
  // Of a robot of the own company the receive id is empty (path 101033).
  const keys = { token: config.token, encodingAesKey: config.encodingAesKey, receiveId: '' };
  return [await checkEcho(address, keys, means)];
}

/** A second connection would close that of the running service, so the credentials are not tried. */
async function checkLong(wsUrl: string, means: Means): Promise<readonly Finding[]> {
  const answer = await probe(means, wsUrl.replace(/^ws/, 'http'));
  // The address speaks WebSocket: whatever it answers to a plain request, it is there.
  const reach = checkReach(answer.reached ? { ...answer, status: 200 } : answer, '企业微信长连接', 'WECOM_BOT_WS_URL');
  const untried = 'Bot ID 和 Secret 未检查：另开一条连接会挤掉运行中的服务';
  return [reach, note(untried, `以服务日志为准；两项都在 ${botPage} → 长连接`)];
}
