/** The platforms whose groups take messages from a robot that only writes, and how the rest of the product calls them. */
import type { WebhookConfig } from '../../config';
import { type ReadAddress, readAddress, type WebhookPlace } from './address';

export const wecomWebhook = 'wecom-webhook';
export const dingtalkWebhook = 'dingtalk-webhook';

export const webhookChannels: readonly string[] = [wecomWebhook, dingtalkWebhook];

/** 消息推送 (原群机器人), developer.work.weixin.qq.com, path 91770. */
export function wecomPlace({ wecomApiUrl }: WebhookConfig): WebhookPlace {
  return { baseUrl: wecomApiUrl, path: '/cgi-bin/webhook/send', parameter: 'key', signs: false };
}

/** 自定义机器人发送群消息, and its 安全设置. */
export function dingtalkPlace({ dingtalkOapiUrl }: WebhookConfig): WebhookPlace {
  return { baseUrl: dingtalkOapiUrl, path: '/robot/send', parameter: 'access_token', signs: true };
}

/** Reads an address for the channel of this name; null when that takes none. */
export function readWebhook(
  config: WebhookConfig,
  channel: string,
  given: string,
  signingSecret: string | null,
): ReadAddress | null {
  if (channel === wecomWebhook) return readAddress(wecomPlace(config), given, signingSecret);
  return channel === dingtalkWebhook ? readAddress(dingtalkPlace(config), given, signingSecret) : null;
}
