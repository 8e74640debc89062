/**
 * Whose account stands behind a user id. A robot made by somebody other than a super administrator sees encrypted ids
 * (`wo…`), which a self-built app of the same company can translate (path 101521); accounts compare without regard to case
 * (path 90195), while a robot's push wants the id exactly as the platform wrote it.
 */
import { z } from 'zod';
import type { Log } from '../../log';
import type { WecomApi } from '../wecom/api';

const encrypted = /^wo[\w-]{18,}$/;
const mostAtOnce = 1000;
/** Busy, or asked too often. */
const passing: readonly number[] = [-1, 6000, 45009, 45033];
const rememberedIds = 20_000;

const translation = z.looseObject({
  userid_list: z.array(z.looseObject({ open_userid: z.string(), userid: z.string() })).default([]),
});

export class Accounts {
  /** Encrypted id → account. */
  private readonly translated = new Map<string, string>();
  /** Account → id as the platform writes it. */
  private readonly written = new Map<string, string>();

  constructor(
    /** The app's API; null where no app is configured, and ids stay as they are. */
    private readonly api: Pick<WecomApi, 'post'> | null,
    private readonly log: Log,
  ) {}

  /** The account in lower case. Rejects when WeCom cannot say just now, so that nobody is taken for a stranger. */
  async accountOf(userId: string): Promise<string> {
    if (this.api && encrypted.test(userId) && !this.translated.has(userId)) await this.translate(this.api, [userId]);
    return this.learn(userId);
  }

  /** Ids from which people wrote before this start. */
  async recall(userIds: readonly string[]): Promise<void> {
    const unknown = userIds.filter((userId) => encrypted.test(userId));
    for (let start = 0; this.api && start < unknown.length; start += mostAtOnce) {
      await this.translate(this.api, unknown.slice(start, start + mostAtOnce));
    }
    for (const userId of userIds) this.learn(userId);
  }

  /** How the platform writes the account; the account itself when it was never heard. */
  writtenAs(account: string): string {
    return this.written.get(account.toLowerCase()) ?? account;
  }

  /** The account in lower case, as far as it is known without asking. */
  known(userId: string): string {
    return (this.translated.get(userId) ?? userId).toLowerCase();
  }

  private learn(userId: string): string {
    const account = this.known(userId);
    remember(this.written, account, userId);
    return account;
  }

  private async translate(api: Pick<WecomApi, 'post'>, userIds: readonly string[]): Promise<void> {
    const called = await api.post('batch/openuserid_to_userid', { open_userid_list: userIds });
    if (!called.ok) {
      const { fault } = called;
      if (fault.kind !== 'errcode' || passing.includes(fault.errcode))
        throw new Error('WeCom did not say whose account an encrypted id is');
      const code = `wecom_bot.ids_${fault.errcode}`;
      this.log.warn({ code, count: userIds.length }, 'the app may not translate encrypted user ids');
    }
    const known = called.ok ? (translation.safeParse(called.answer).data?.userid_list ?? []) : [];
    // Who is not in the list is outside the app's range, perhaps not for long: the id stays as it is, and is asked again.
    for (const { open_userid: userId, userid } of known) remember(this.translated, userId, userid);
  }
}

function remember(map: Map<string, string>, key: string, value: string): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > rememberedIds && oldest !== undefined) map.delete(oldest);
}
