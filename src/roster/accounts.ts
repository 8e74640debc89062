/** Accounts of a line and of a known person, compared as their platforms compare them. */
import type { RosterIdentity, RosterPerson, RosterRow } from './roster';

type Channel = RosterIdentity['channel'];

export const accountFields: readonly Channel[] = ['wecom', 'dingtalk'];

export function accountOf(person: RosterPerson, channel: Channel): string {
  return person.identities.find((identity) => identity.channel === channel)?.userId ?? '';
}

/** WeCom's user ids do not tell upper from lower case (developer.work.weixin.qq.com/document/path/90195). */
export function accountKey(channel: Channel, userId: string): string {
  return channel === 'wecom' ? userId.toLowerCase() : userId;
}

export function isSameAccount(channel: Channel, one: string, other: string): boolean {
  return one !== '' && accountKey(channel, one) === accountKey(channel, other);
}

/** The first of the line's accounts that the person holds. */
export function sharedAccount(row: RosterRow, person: RosterPerson): Channel | null {
  const holds = (channel: Channel): boolean =>
    person.identities.some(
      (identity) => identity.channel === channel && isSameAccount(channel, identity.userId, row[channel]),
    );
  return accountFields.find(holds) ?? null;
}
