/**
 * What `npm run doctor` checks of the robot: its credentials, the way messages come in, whether the people in post are in
 * the organisation and the robot in the bound groups. Asking for a Stream address opens no connection: its ticket runs out
 * unused. Each group costs one call of the monthly quota.
 */
import type { DingtalkConfig } from '../../config';
import { judgeAnswer, unknownAddress, urlOf } from '../checkup/address';
import { bad, type Finding, good, type Installation } from '../checkup/finding';
import { checkClock, checkReach } from '../checkup/network';
import { type Answered, type Means, type Probe, probe } from '../checkup/probe';
import { checkReached, type Reached } from '../checkup/reached';
import { describeRefusal } from './failures';
import { robotSign } from './sign';

const appPage = '钉钉开放平台 → 应用开发 → 企业内部应用 → 该应用';
const robotPage = `${appPage} → 应用能力 → 机器人`;
const credentialPage = `${appPage} → 凭证与基础信息，复制到 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET`;
const topic = '/v1.0/im/bot/messages/get';

export async function checkDingtalk(
  config: DingtalkConfig,
  installation: Installation,
  means: Means,
): Promise<readonly Finding[]> {
  const api = await checkApi(config, installation, means);
  const { publicUrl } = installation;
  return [
    ...api,
    ...(config.mode === 'stream' ? await checkStream(config, means) : [await checkCall(config, publicUrl, means)]),
  ];
}

async function checkApi(config: DingtalkConfig, installation: Installation, means: Means): Promise<readonly Finding[]> {
  const { clientId: appKey, clientSecret: appSecret } = config;
  const granted = await probe(means, `${config.apiUrl}/v1.0/oauth2/accessToken`, { appKey, appSecret });
  const reach = [checkReach(granted, '钉钉', 'DINGTALK_API_URL'), ...checkClock(granted)];
  if (!granted.reached || reach[0]?.mark === 'bad') return reach;
  const token = granted.json['accessToken'];
  if (granted.status !== 200 || typeof token !== 'string') return [...reach, refusal('取不到 accessToken', granted)];
  return [
    ...reach,
    good('Client ID 和 Client Secret 有效'),
    ...(await checkAddressees(config, installation, { token, means })),
  ];
}

interface Caller {
  readonly token: string;
  readonly means: Means;
}

async function checkAddressees(
  { apiUrl, oapiUrl, robotCode }: DingtalkConfig,
  { accounts, groups }: Installation,
  { token, means }: Caller,
): Promise<readonly Finding[]> {
  const userUrl = `${oapiUrl}/topapi/v2/user/get?${new URLSearchParams({ access_token: token })}`;
  const people = await checkReached({
    what: '在任人员账号',
    names: accounts,
    advice: '核对名册的“钉钉账号”（userId），确认其在本组织内',
    ask: async (index) => judgePerson(await probe(means, userUrl, { userid: accounts[index] ?? '' })),
  });
  const header = { 'x-acs-dingtalk-access-token': token };
  const groupUrl = `${apiUrl}/v1.0/robot/groups/robots/query`;
  const bound = await checkReached({
    what: '登记的群',
    names: groups.map(({ name }) => name),
    advice: '在该钉钉群的 群设置 → 机器人 中添加本应用的机器人，或重新登记这个群',
    ask: async (index) =>
      judgeGroup(await probe(means, groupUrl, { openConversationId: groups[index]?.id ?? '' }, header), robotCode),
  });
  return [...people, ...bound];
}

/** 33012 and 60121 are user ids that the organisation does not know; without the right to read contacts nothing is told. */
function judgePerson(answer: Probe): Reached {
  const errcode = answer.reached ? answer.json['errcode'] : undefined;
  if (errcode === undefined) return 'not told';
  if (Number(errcode) === 0) return 'known';
  return ['33012', '60121'].includes(String(errcode)) ? 'unknown' : 'not told';
}

/** The page names the list, not what is in it: our code anywhere in it is our robot, and a list of none lacks it. */
function judgeGroup(answer: Probe, robotCode: string): Reached {
  if (!answer.reached) return 'not told';
  const list = answer.json['chatbotInstanceVOList'];
  if (Array.isArray(list) && list.length === 0) return 'unknown';
  if (Array.isArray(list)) return JSON.stringify(list).includes(JSON.stringify(robotCode)) ? 'known' : 'not told';
  return /^(invalid\.openConversationId|group\.disbanded)$/.test(String(answer.json['code'])) ? 'unknown' : 'not told';
}

/** A message by the robot itself, which every robot passes over (page 消息发送与接收类型). */
async function checkCall({ clientSecret }: DingtalkConfig, publicUrl: string | null, means: Means): Promise<Finding> {
  const address = {
    publicUrl,
    path: '/callback/dingtalk/robot',
    page: `${robotPage} → 消息接收模式 HTTP`,
    settings: 'DINGTALK_CLIENT_SECRET',
  };
  const url = urlOf(address);
  if (url === null) return unknownAddress(address);
  const timestamp = String(means.clock.now().getTime());
  const headers = { timestamp, sign: robotSign(timestamp, clientSecret) };
  const own = '$:LWCP_v1:$doctor';
  const body = { msgtype: 'text', text: { content: '' }, senderId: own, chatbotUserId: own };
  return judgeAnswer(address, await probe(means, url, body, headers), (text) => text.includes('"empty"'));
}

function refusal(what: string, { status, json }: Answered): Finding {
  const code = typeof json['code'] === 'string' && /^[\w.-]{1,80}$/.test(json['code']) ? json['code'] : `http${status}`;
  const isCredential = /^invalidClientIdOrSecret|^authFailed$|InvalidAuthentication/i.test(code);
  return bad(`${what}（${code}）`, isCredential ? credentialPage : describeRefusal(code, status).userText);
}

/** 400 stands for several things that only the console tells apart (Stream FAQ). */
const notStream = `${robotPage}：消息接收模式选 Stream，并发布应用版本；若设了服务器出口IP白名单，加入本机 IP`;

async function checkStream(
  { apiUrl, clientId, clientSecret }: DingtalkConfig,
  means: Means,
): Promise<readonly Finding[]> {
  const subscriptions = [{ type: 'CALLBACK', topic }];
  const body = { clientId, clientSecret, subscriptions, ua: 'baosong-doctor' };
  const opened = await probe(means, `${apiUrl}/v1.0/gateway/connections/open`, body);
  // The credentials' check has said so already.
  if (!opened.reached) return [];
  if (opened.status === 200 && typeof opened.json['endpoint'] === 'string') return [good('Stream 模式可用')];
  return [
    opened.status === 400 ? bad('Stream 连接被拒绝（HTTP 400）', notStream) : refusal('Stream 连接被拒绝', opened),
  ];
}
