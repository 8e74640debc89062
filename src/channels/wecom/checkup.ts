/**
 * What `npm run doctor` checks of the self-built app: its credentials, the address it calls from, its callback, whether the
 * people in post are in its visible range, and whether the bound groups are its own. Reads only: gettoken (path 91039),
 * agent/get (90227), user/get (96255), appchat/get.
 */
import type { WecomAppConfig } from '../../config';
import { bad, type Finding, good, type Installation } from '../checkup/finding';
import { checkClock, checkReach } from '../checkup/network';
import { type Answered, type Json, type Means, type Probe, probe } from '../checkup/probe';
import { checkReached, type Reached } from '../checkup/reached';
import { checkEcho } from './echo-check';
import { failureOf } from './failures';

const appPage = '企业微信管理后台 → 应用管理 → 自建 → 该应用';

/** By errcode; the rest is told as the sender tells it. */
const pages: Readonly<Record<number, string>> = {
  40013: '企业微信管理后台 → 我的企业 → 企业信息 → 企业ID，复制到 WECOM_CORP_ID',
  40001: `${appPage} → Secret，复制到 WECOM_SECRET（属于同一个应用）`,
  40091: `${appPage} → Secret，复制到 WECOM_SECRET（属于同一个应用）`,
  40056: `${appPage} → AgentId，复制到 WECOM_AGENT_ID`,
  301002: `${appPage} → AgentId，复制到 WECOM_AGENT_ID：它和 WECOM_SECRET 不属于同一个应用`,
};

export async function checkWecomApp(
  config: WecomAppConfig,
  installation: Installation,
  means: Means,
): Promise<readonly Finding[]> {
  const address = {
    publicUrl: installation.publicUrl,
    path: '/callback/wecom/app',
    page: `${appPage} → 接收消息 → 设置API接收`,
    settings: 'WECOM_TOKEN、WECOM_ENCODING_AES_KEY、WECOM_CORP_ID',
  };
  const keys = { token: config.token, encodingAesKey: config.encodingAesKey, receiveId: config.corpId };
  return [...(await checkApi(config, installation, means)), await checkEcho(address, keys, means)];
}

type Ask = (path: string, query: Readonly<Record<string, string>>) => Promise<Probe>;

async function checkApi(
  { apiUrl, corpId, secret, agentId }: WecomAppConfig,
  installation: Installation,
  means: Means,
): Promise<readonly Finding[]> {
  const call: Ask = (path, query) =>
    probe(means, `${apiUrl.replace(/\/+$/, '')}/cgi-bin/${path}?${new URLSearchParams(query)}`);
  const granted = await call('gettoken', { corpid: corpId, corpsecret: secret });
  const reach = [checkReach(granted, '企业微信', 'WECOM_API_URL'), ...checkClock(granted)];
  if (!granted.reached || reach[0]?.mark === 'bad') return reach;
  const token = granted.json['access_token'];
  if (typeof token !== 'string' || token === '') return [...reach, refusal('取不到 access_token', granted)];
  const callWith: Ask = (path, query) => call(path, { access_token: token, ...query });
  const agent = await callWith('agent/get', { agentid: String(agentId) });
  const known = [...reach, good('企业ID 和 Secret 有效'), ...(agent.reached ? judgeAgent(agent) : [])];
  const isUsable = known.every(({ mark }) => mark !== 'bad');
  return isUsable ? [...known, ...(await checkAddressees(installation, callWith))] : known;
}

async function checkAddressees({ accounts, groups }: Installation, call: Ask): Promise<readonly Finding[]> {
  const people = await checkReached({
    what: '在任人员账号',
    names: accounts,
    advice: `核对名册的“企业微信账号”；在 ${appPage} → 可见范围 加入这些人`,
    ask: async (index) => reachedOf(await call('user/get', { userid: accounts[index] ?? '' })),
  });
  const bound = await checkReached({
    what: '登记的群',
    names: groups.map(({ name }) => name),
    advice: '应用只能发到自己建的群：用本应用重新建群，npm run chats -- add 登记新的群',
    ask: async (index) => reachedOf(await call('appchat/get', { chatid: groups[index]?.id ?? '' })),
  });
  return [...people, ...bound];
}

/** Unknown ids, or beyond the visible range; a group of another app. */
const unreachable: readonly number[] = [40003, 46004, 50002, 60011, 60021, 60111, 301021, 40050, 86001, 86003, 86008];

function reachedOf(answer: Probe): Reached {
  const errcode = answer.reached ? answer.json['errcode'] : undefined;
  if (errcode === 0) return 'known';
  return unreachable.includes(Number(errcode)) ? 'unknown' : 'not told';
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
