/** The robot endpoints of the new API, as strict as the documentation's tables of parameters and errors. */
import { type Call, jsonOf, ok, type Reply, refuse } from './http';
import type { Sent, World } from './world';

const msgParamLimitBytes = 15_000;

/** Required parameters by msgKey; every value is a string. */
const msgKeys: Readonly<Record<string, readonly string[]>> = {
  sampleText: ['content'],
  sampleMarkdown: ['title', 'text'],
  sampleImageMsg: ['photoURL'],
  sampleFile: ['mediaId', 'fileName', 'fileType'],
};
const fileTypes = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];

export function sendOneToOne(world: World, call: Call): Reply {
  const body = jsonOf(call);
  const refusal = checkCaller(world, call, body);
  if (refusal || !body) return refusal ?? refuse(400, 'miss.param.body');
  const userIds = body['userIds'];
  if (!Array.isArray(userIds) || userIds.length === 0 || !userIds.every((each) => typeof each === 'string'))
    return refuse(400, 'miss.param.userIds');
  if (userIds.length > 20) return refuse(400, 'invalidParameter.userIds.overMax');
  const message = checkMessage(world, body);
  if ('status' in message) return message;
  const invalid = userIds.filter((each) => world.unknownStaff.has(each));
  const slowed = userIds.filter((each) => world.slowedStaff.has(each));
  const reached = userIds.filter((each) => !invalid.includes(each) && !slowed.includes(each));
  const key = reached.length > 0 ? world.record({ via: 'private', to: reached, ...message }) : world.nextKey();
  return ok({ processQueryKey: key, invalidStaffIdList: invalid, flowControlledStaffIdList: slowed });
}

export function sendToGroup(world: World, call: Call): Reply {
  const body = jsonOf(call);
  const refusal = checkCaller(world, call, body);
  if (refusal || !body) return refusal ?? refuse(400, 'miss.param.body');
  const id = body['openConversationId'];
  if (typeof id !== 'string' || !world.groups.has(id)) return refuse(400, 'invalid.openConversationId');
  const message = checkMessage(world, body);
  if ('status' in message) return message;
  return ok({ processQueryKey: world.record({ via: 'group', to: [id], ...message }) });
}

/** 批量撤回人与机器人会话中机器人消息; `failedResult` names what could not be taken back, in an answer of 200. */
export function recallPrivate(world: World, call: Call): Reply {
  return recall(world, call, (sent) => sent.via === 'private');
}

/** 企业机器人撤回内部群消息 */
export function recallFromGroup(world: World, call: Call): Reply {
  const id = jsonOf(call)?.['openConversationId'];
  if (typeof id !== 'string') return refuse(400, 'miss.param.openConversationId');
  return recall(world, call, (sent) => sent.via === 'group' && sent.to.includes(id));
}

function recall(world: World, call: Call, isMeant: (sent: Sent) => boolean): Reply {
  const body = jsonOf(call);
  const refusal = checkCaller(world, call, body);
  if (refusal || !body) return refusal ?? refuse(400, 'miss.param.body');
  const keys = body['processQueryKeys'];
  if (!Array.isArray(keys) || keys.length === 0) return refuse(400, 'miss.param.processQueryKeys');
  if (keys.length > 20) return refuse(400, 'invalidParameter.processQueryKeys.overMax');
  const done = keys.filter((key) => world.recall(String(key), isMeant));
  const failed = keys.filter((key) => !done.includes(key));
  return ok({ successResult: done, failedResult: Object.fromEntries(failed.map((key) => [key, 'expired'])) });
}

/** 下载机器人接收消息的文件内容: a signed address of plain http, good for a short while. */
export function locateFile(world: World, call: Call): Reply {
  const body = jsonOf(call);
  const refusal = checkCaller(world, call, body);
  if (refusal || !body) return refusal ?? refuse(400, 'miss.param.body');
  const code = body['downloadCode'];
  if (typeof code !== 'string' || !world.sentFiles.has(code))
    return refuse(400, 'invalidParameter.robotCode.downloadCode');
  const query = new URLSearchParams({ code, Expires: String(Math.floor(world.nowMs() / 1000) + 600), Signature: 's' });
  return ok({ downloadUrl: `http://${call.headers['host']}/storage/robot.file?${query}` });
}

/** The storage itself: 403 for what it does not know or no longer gives. */
export function giveFile(world: World, call: Call): Reply {
  const bytes = world.sentFiles.get(call.query.get('code') ?? '');
  const isGood = Number(call.query.get('Expires')) * 1000 > world.nowMs();
  return bytes && isGood ? ok(bytes) : { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
}

function checkCaller(world: World, call: Call, body: Record<string, unknown> | null): Reply | null {
  if (!world.isToken(call.headers['x-acs-dingtalk-access-token'])) return refuse(400, 'InvalidAuthentication');
  if (!body) return refuse(400, 'miss.param.body');
  return body['robotCode'] === world.options.robotCode ? null : refuse(400, 'invalidParameter.robotCode.auth');
}

interface Message {
  readonly kind: string;
  readonly params: Readonly<Record<string, string>>;
}

function checkMessage(world: World, body: Record<string, unknown>): Message | Reply {
  const { msgKey, msgParam } = body;
  const required = typeof msgKey === 'string' ? msgKeys[msgKey] : undefined;
  if (typeof msgKey !== 'string' || !required) return refuse(400, 'invalidParameter.msgKey.invalid');
  if (typeof msgParam !== 'string') return refuse(400, 'invalidParameter.msgParam.invalid');
  if (Buffer.byteLength(msgParam) > msgParamLimitBytes) return refuse(400, 'invalidParameter.msgParam.tooLong');
  const params = parseParams(msgParam);
  const complete = params && required.every((name) => params[name]);
  if (!params || !complete || !isSendable(world, msgKey, params))
    return refuse(400, 'invalidParameter.msgParam.invalid');
  return { kind: msgKey, params };
}

function parseParams(msgParam: string): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(msgParam);
    if (typeof value !== 'object' || value === null) return null;
    return Object.values(value).every((each) => typeof each === 'string') ? (value as Record<string, string>) : null;
  } catch {
    return null;
  }
}

function isSendable(world: World, msgKey: string, params: Record<string, string>): boolean {
  if (msgKey === 'sampleImageMsg')
    return /^https?:/.test(params['photoURL'] ?? '') || world.isMedia(params['photoURL'], 'image');
  if (msgKey === 'sampleFile')
    return world.isMedia(params['mediaId'], 'file') && fileTypes.includes(params['fileType'] ?? '');
  return true;
}
