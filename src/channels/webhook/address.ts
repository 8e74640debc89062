/**
 * The address of a group robot, which whoever knows it may write through: of what the console shows only the secret parts
 * are kept, so that messages go to the configured platform and nowhere else, whatever address was entered.
 */
export interface WebhookAddress {
  /** `key` of WeCom, `access_token` of DingTalk. */
  readonly token: string;
  /** 加签, of DingTalk alone: `SEC…`. */
  readonly signingSecret: string | null;
}

/** The address behind the opaque id of a chat; null when it is not bound any more. */
export type AddressOf = (chatId: string) => Promise<WebhookAddress | null>;

/** Where a platform takes messages for its group robots. */
export interface WebhookPlace {
  /** Of the platform's API, as configured. */
  readonly baseUrl: string;
  /** Below the base, with the parameter that names the robot. */
  readonly path: string;
  readonly parameter: string;
  readonly signs: boolean;
}

export type ReadAddress =
  | { readonly ok: true; readonly address: WebhookAddress }
  /** In Chinese, without any part of the address. */
  | { readonly ok: false; readonly reason: string };

const tokenForm = /^[\w-]{8,200}$/;
const signingSecretForm = /^SEC[\w-]{1,200}$/;

/** An address as copied from the platform's page, with the secret that stands beside it there. */
export function readAddress(place: WebhookPlace, given: string, signingSecret: string | null): ReadAddress {
  const url = URL.canParse(given) ? new URL(given) : null;
  const expected = new URL(`${trimmed(place.baseUrl)}${place.path}`);
  if (!url || url.origin !== expected.origin || url.pathname !== expected.pathname || url.username || url.password) {
    return refuse(`地址应以 ${expected.href}?${place.parameter}= 开头，请从群机器人的页面整条复制`);
  }
  const [token = '', ...more] = url.searchParams.getAll(place.parameter);
  if (!tokenForm.test(token) || more.length > 0) return refuse(`地址里缺少 ${place.parameter}，或没有复制完整`);
  if (signingSecret !== null && !place.signs) return refuse('这个平台的群机器人没有加签，请去掉 --secret');
  if (signingSecret !== null && !signingSecretForm.test(signingSecret)) {
    return refuse('加签密钥应以 SEC 开头，请从群机器人的安全设置整条复制');
  }
  return { ok: true, address: { token, signingSecret } };
}

/** Where to post; carries the secret, so it is never logged. */
export function urlOf(place: WebhookPlace, path: string, parameters: Readonly<Record<string, string>>): string {
  return `${trimmed(place.baseUrl)}${path}?${new URLSearchParams(parameters)}`;
}

const trimmed = (baseUrl: string): string => baseUrl.replace(/\/+$/, '');
const refuse = (reason: string): ReadAddress => ({ ok: false, reason });
