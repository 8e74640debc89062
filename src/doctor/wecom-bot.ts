/** WeCom's smart robot: its callback, or the way to its long connection. */
import type { WecomBotConfig } from '../config';
import { checkEcho } from './callback';
import { type Finding, note, type Section } from './finding';
import { checkReach } from './network';
import { type Means, probe } from './probe';

const botPage = '企业微信 → 智能机器人 → 该机器人 → API模式';

export async function checkWecomBot(config: WecomBotConfig, publicUrl: string | null, means: Means): Promise<Section> {
  const findings =
    config.mode === 'long' ? await checkLong(config.wsUrl, means) : await checkUrl(config, publicUrl, means);
  return { title: '企业微信智能机器人', findings };
}

function checkUrl(
  { token, encodingAesKey }: Extract<WecomBotConfig, { mode: 'callback' }>,
  publicUrl: string | null,
  means: Means,
): Promise<readonly Finding[]> {
  // Of a robot of the own company the receive id is empty (path 101033).
  const keys = { token, encodingAesKey, receiveId: '' };
  const settings = 'WECOM_BOT_TOKEN、WECOM_BOT_ENCODING_AES_KEY';
  return checkEcho({ publicUrl, path: '/callback/wecom/bot', keys, page: `${botPage} → URL回调`, settings }, means);
}

/** A second connection would close that of the running service, so the credentials are not tried. */
async function checkLong(wsUrl: string, means: Means): Promise<readonly Finding[]> {
  const answer = await probe(means, wsUrl.replace(/^ws/, 'http'));
  // The address speaks WebSocket: whatever it answers to a plain request, it is there.
  const reach = checkReach(answer.reached ? { ...answer, status: 200 } : answer, '企业微信长连接', 'WECOM_BOT_WS_URL');
  const untried = 'Bot ID 和 Secret 未检查：另开一条连接会挤掉运行中的服务';
  return [reach, note(untried, `以服务日志为准；两项都在 ${botPage} → 长连接`)];
}
