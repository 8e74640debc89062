/**
 * The calls by which the robot speaks of its own accord: one-to-one, into a group, the upload of files, and where a file lies
 * that came. Pages 机器人批量发送单聊消息, 机器人发送群聊消息, 上传媒体文件, 下载机器人接收消息的文件内容.
 */
import { z } from 'zod';
import type { Chat, OutboundFile } from '../channel';
import { type Caller, neverSent } from './caller';
import { failed, type Json, type Outcome, succeeded } from './exchange';
import type { RobotApiMessage } from './parts';

export interface RobotApi {
  /** One call to at most `peopleAtMost`; what came of it for each of them, in their order, is the processQueryKey. */
  sendPrivate(userIds: readonly string[], message: RobotApiMessage): Promise<readonly Outcome<string>[]>;
  /** Resolves to the processQueryKey. */
  sendGroup(conversationId: string, message: RobotApiMessage): Promise<Outcome<string>>;
  /** Takes back at most `recalledAtMost` messages of a chat, by their processQueryKeys; resolves to those that it could not. */
  recall(chat: Chat, processQueryKeys: readonly string[]): Promise<Outcome<readonly string[]>>;
  /** Resolves to the media id, whose leading `@` or `$` belongs to it. */
  upload(file: OutboundFile, type: 'image' | 'file'): Promise<Outcome<string>>;
  /** Resolves to the address under which a file that came lies for a short while. */
  locate(downloadCode: string): Promise<Outcome<string>>;
}

/** Of one batchSend: the page's table says 20, its error codes 100. */
export const peopleAtMost = 20;
export const recalledAtMost = 20;

const receipt = z.object({ processQueryKey: z.string().min(1) });
const ids = z.array(z.coerce.string()).catch([]);
const lists = z.object({ invalidStaffIdList: ids, flowControlledStaffIdList: ids });
const place = z.object({ downloadUrl: z.url({ protocol: /^https?$/ }) });
const recalled = z.object({ failedResult: z.record(z.string(), z.unknown()).catch({}) });
const media = z.object({ media_id: z.string().min(1) });

export function createRobotApi(caller: Caller, robotCode: string): RobotApi {
  const callRobot = (path: string, body: Json) => caller.call(`/v1.0/robot/${path}`, { robotCode, ...body });

  return {
    async sendPrivate(userIds, message) {
      const outcome = await callRobot('oToMessages/batchSend', { userIds, ...message });
      return userIds.map((userId) => readPrivateReceipt(outcome, userId));
    },
    async sendGroup(conversationId, message) {
      return readReceipt(await callRobot('groupMessages/send', { openConversationId: conversationId, ...message }));
    },
    async recall(chat, processQueryKeys) {
      // Spelt `oto` here, unlike in sending.
      const path = chat.kind === 'private' ? 'otoMessages/batchRecall' : 'groupMessages/recall';
      const where = chat.kind === 'private' ? {} : { openConversationId: chat.id };
      return readRecalled(await callRobot(path, { ...where, processQueryKeys }));
    },
    async locate(downloadCode) {
      const outcome = await callRobot('messageFiles/download', { downloadCode });
      if (!outcome.ok) return outcome;
      const parsed = place.safeParse(outcome.value);
      return parsed.success ? succeeded(parsed.data.downloadUrl) : failed({ kind: 'foreign', status: 200 });
    },
    async upload(file, type) {
      const outcome = await caller.upload(uploadForm(file, type));
      return outcome.ok ? readMediaId(outcome.value) : neverSent(outcome.fault);
    },
  };
}

function uploadForm(file: OutboundFile, type: string): FormData {
  const form = new FormData();
  form.set('type', type);
  form.set('media', new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
  return form;
}

/** 200 is not yet delivery: the two lists name whom the message did not reach. */
function readPrivateReceipt(outcome: Outcome<Json>, userId: string): Outcome<string> {
  if (!outcome.ok) return outcome;
  const { invalidStaffIdList, flowControlledStaffIdList } = lists.parse(outcome.value);
  if (invalidStaffIdList.includes(userId)) return refusedInAnswer('invalidStaffId');
  if (flowControlledStaffIdList.includes(userId)) return refusedInAnswer('flowControlled');
  return readReceipt(outcome);
}

/** 200 also when some could not be taken back; each has its reason in `failedResult`. */
function readRecalled(outcome: Outcome<Json>): Outcome<readonly string[]> {
  if (!outcome.ok) return outcome;
  return succeeded(Object.keys(recalled.parse(outcome.value).failedResult));
}

const refusedInAnswer = (code: string) => failed({ kind: 'refused', status: 200, code });

/** A success that names no message leaves open whether there is one. */
function readReceipt(outcome: Outcome<Json>): Outcome<string> {
  if (!outcome.ok) return outcome;
  const parsed = receipt.safeParse(outcome.value);
  return parsed.success ? succeeded(parsed.data.processQueryKey) : failed({ kind: 'silent', reason: 'no receipt' });
}

function readMediaId(json: Json): Outcome<string> {
  const parsed = media.safeParse(json);
  return parsed.success ? succeeded(parsed.data.media_id) : failed({ kind: 'foreign', status: 200 });
}
