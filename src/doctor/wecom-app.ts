/**
 * WeCom's self-built app: its credentials, the address it calls from, its visible range, its callback. Reads only: gettoken
 * (path 91039) and agent/get (path 90227).
 */
import { failureOf } from '../channels/wecom/failures';
import type { WecomAppConfig } from '../config';
import { checkEcho } from './callback';
import { bad, type Finding, good, type Section } from './finding';
import { checkClock, checkReach } from './network';
import { type Answered, type Json, type Means, probe } from './probe';

const appPage = '企业微信管理后台 → 应用管理 → 自建 → 该应用';

/** By errcode; the rest is told as the sender tells it. */
const pages: Readonly<Record<number, string>> = {
  40013: '企业微信管理后台 → 我的企业 → 企业信息 → 企业ID，复制到 WECOM_CORP_ID',
  40001: `${appPage} → Secret，复制到 WECOM_SECRET（属于同一个应用）`,
  40091: `${appPage} → Secret，复制到 WECOM_SECRET（属于同一个应用）`,
  40056: `${appPage} → AgentId，复制到 WECOM_AGENT_ID`,
  301002: `${appPage} → AgentId，复制到 WECOM_AGENT_ID：它和 WECOM_SECRET 不属于同一个应用`,
};

export async function checkWecomApp(config: WecomAppConfig, publicUrl: string | null, means: Means): Promise<Section> {
  const echo = {
    publicUrl,
    path: '/callback/wecom/app',
    keys: { token: config.token, encodingAesKey: config.encodingAesKey, receiveId: config.corpId },
    page: `${appPage} → 接收消息 → 设置API接收`,
    settings: 'WECOM_TOKEN、WECOM_ENCODING_AES_KEY、WECOM_CORP_ID',
  };
  const findings = [...(await checkApi(config, means)), ...(await checkEcho(echo, means))];
  return { title: '企业微信自建应用', findings };
}

async function checkApi(
  { apiUrl, corpId, secret, agentId }: WecomAppConfig,
  means: Means,
): Promise<readonly Finding[]> {
  const call = (path: string, query: Readonly<Record<string, string>>) =>
    probe(means, `${apiUrl.replace(/\/+$/, '')}/cgi-bin/${path}?${new URLSearchParams(query)}`);
  const granted = await call('gettoken', { corpid: corpId, corpsecret: secret });
  const reach = [checkReach(granted, '企业微信', 'WECOM_API_URL'), ...checkClock(granted)];
  if (!granted.reached || reach[0]?.mark === 'bad') return reach;
  const token = granted.json['access_token'];
  if (typeof token !== 'string' || token === '') return [...reach, refusal('取不到 access_token', granted)];
  const agent = await call('agent/get', { access_token: token, agentid: String(agentId) });
  return [...reach, good('企业ID 和 Secret 有效'), ...(agent.reached ? judgeAgent(agent) : [])];
}

function judgeAgent(agent: Answered): readonly Finding[] {
  const { json } = agent;
  if (json['errcode'] !== 0) return [refusal('读不到应用信息', agent)];
  const trusted = good('AgentId 有效，本机 IP 在企业可信IP之内');
  if (json['close'] === 1) return [trusted, bad('应用已停用', `${appPage}，启用应用`)];
  return [trusted, judgeRange(json)];
}

function judgeRange(json: Json): Finding {
  const [users, departments, tags] = [
    sizeOf(json['allow_userinfos'], 'user'),
    sizeOf(json['allow_partys'], 'partyid'),
    sizeOf(json['allow_tags'], 'tagid'),
  ];
  if (users + departments + tags === 0) {
    return bad('应用的可见范围是空的，谁也收不到消息', `${appPage} → 可见范围，加入各县区联络员和市局人员所在的部门`);
  }
  return good(`可见范围：${departments} 个部门、${users} 名成员、${tags} 个标签`);
}

function sizeOf(value: unknown, name: string): number {
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return Array.isArray(list) ? list.length : 0;
}

function refusal(what: string, { json, status }: Answered): Finding {
  const errcode = Number(json['errcode']);
  if (!Number.isInteger(errcode))
    return bad(`${what}（HTTP ${status}，答复不是企业微信的）`, '核对 WECOM_API_URL 和代理');
  if (errcode === 60020) return bad('本机 IP 不在企业可信IP之内（60020）', trustedIpAdvice(String(json['errmsg'])));
  const advice = pages[errcode] ?? failureOf({ kind: 'errcode', errcode }, true).userText;
  return bad(`${what}（错误码 ${errcode}）`, advice);
}

/** The platform says from which address it was called: `…, from ip: 1.2.3.4, more info at …`. */
function trustedIpAdvice(errmsg: string): string {
  const ip = /from ip: ?([\d.:a-f]+)/i.exec(errmsg)?.[1];
  return `${appPage} → 企业可信IP，加入${ip ? ` ${ip}` : '本机的公网 IP'}，约 1 分钟后生效`;
}
