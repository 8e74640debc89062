/** What WeCom's refusals mean for a group robot, where they differ from those for an app (paths 91770 and 90313). */
import type { SendFailure } from '../channel';
import { type Fault, failureOf } from '../wecom/failures';

type Told = Pick<SendFailure, 'userText' | 'retryable' | 'ours' | 'waitMs'>;

const refused = (userText: string): Told => ({ userText, retryable: false, ours: true, waitMs: null });

const removed = refused(
  '企业微信不认可这个群机器人的地址：机器人已从群里移除，或地址登记有误。请在群里重新添加“消息推送”，用新地址登记后重发。',
);
const disabled = refused('群机器人已被停用，请在企业微信管理后台或群里启用“消息推送”后重发。');
const outside = refused('机器人不在这个群里，请在群里重新添加“消息推送”，用新地址登记后重发。');
const empty = refused('消息没有内容，企业微信不接收。请把消息编号告诉系统管理员。');
const unfit = refused('消息过长或格式不被企业微信接收，请缩短内容后重发；仍不行请把错误代码告诉系统管理员。');
const attachment = refused(
  '企业微信不接收这个文件：文件为空、过大或格式不对（图片 2 MB、文件 20 MB 以内），请压缩或拆分后重发。',
);

const told = new Map<number, Told>(
  (
    [
      [[93000], removed],
      [[93004], disabled],
      [[93008], outside],
      [[44004], empty],
      [[40008, 40035, 40058, 45002], unfit],
      [[40004, 40005, 40006, 40009, 44001, 45001, 301019], attachment],
    ] as const
  ).flatMap(([codes, words]) => codes.map((code) => [code, words] as const)),
);

/** @param repeatable sending once more cannot show twice, because nothing was shown yet. */
export function wecomWebhookFailure(fault: Fault, repeatable: boolean): SendFailure {
  const failure = failureOf(fault, repeatable);
  return { ...failure, ...(fault.kind === 'errcode' ? told.get(fault.errcode) : null) };
}
