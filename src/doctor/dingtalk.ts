/**
 * DingTalk's robot: its credentials, and the way messages come in. Asking for a Stream address opens no connection: its
 * ticket runs out unused.
 */
import { describeRefusal } from '../channels/dingtalk/failures';
import type { DingtalkConfig } from '../config';
import { checkRobotCall } from './callback';
import { bad, type Finding, good, type Section } from './finding';
import { checkClock, checkReach } from './network';
import { type Answered, type Means, probe } from './probe';

const appPage = '钉钉开放平台 → 应用开发 → 企业内部应用 → 该应用';
const robotPage = `${appPage} → 应用能力 → 机器人`;
const credentialPage = `${appPage} → 凭证与基础信息，复制到 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET`;
const topic = '/v1.0/im/bot/messages/get';

export async function checkDingtalk(config: DingtalkConfig, publicUrl: string | null, means: Means): Promise<Section> {
  const { clientSecret, mode } = config;
  const credentials = await checkCredentials(config, means);
  const address = { publicUrl, path: '/callback/dingtalk/robot', page: `${robotPage} → 消息接收模式 HTTP` };
  const wayIn =
    mode === 'stream'
      ? await checkStream(config, means)
      : await checkRobotCall({ ...address, clientSecret, settings: 'DINGTALK_CLIENT_SECRET' }, means);
  return { title: '钉钉机器人', findings: [...credentials, ...wayIn] };
}

async function checkCredentials(config: DingtalkConfig, means: Means): Promise<readonly Finding[]> {
  const { clientId: appKey, clientSecret: appSecret } = config;
  const granted = await probe(means, `${config.apiUrl}/v1.0/oauth2/accessToken`, { appKey, appSecret });
  const reach = [checkReach(granted, '钉钉', 'DINGTALK_API_URL'), ...checkClock(granted)];
  if (!granted.reached || reach[0]?.mark === 'bad') return reach;
  const isGranted = granted.status === 200 && typeof granted.json['accessToken'] === 'string';
  return [...reach, isGranted ? good('Client ID 和 Client Secret 有效') : refusal('取不到 accessToken', granted)];
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
