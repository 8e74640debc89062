/** Who can be reached over the configured channels, and which groups hear the bulletins. */
import { Assignment } from '../../entities/assignment';
import { ChatBinding } from '../../entities/chat-binding';
import { Identity } from '../../entities/identity';
import { bad, type Finding, good, note } from '../channels/checkup/finding';
import type { Database, Tx } from '../database/database';

/** A platform with the channels under which its people's accounts are known, and those whose groups can be written to. */
export interface Platform {
  readonly name: string;
  readonly accounts: readonly string[];
  readonly groups: readonly string[];
}

/** Who is in post and which groups are bound. */
export interface Addressees {
  readonly posts: readonly Post[];
  readonly groups: readonly ChatBinding[];
}

interface Post {
  readonly personId: number;
  readonly channel: string | null;
  readonly userId: string | null;
}

export function loadAddressees(database: Database, now: Date): Promise<Addressees> {
  return database.read(async (tx) => ({ posts: await postsNow(tx, now), groups: await tx.find(ChatBinding) }));
}

/** The accounts of people in post under one of the channels, each once. */
export const accountsOn = ({ posts }: Addressees, channels: readonly string[]): readonly string[] => [
  ...new Set(posts.flatMap(({ channel, userId }) => (channel && userId && channels.includes(channel) ? [userId] : []))),
];

export function checkPeople({ posts, groups }: Addressees, platforms: readonly Platform[]): readonly Finding[] {
  const people = new Set(posts.map(({ personId }) => personId));
  if (people.size === 0)
    return [bad('还没有登记人员', 'npm run roster -- import 名册文件'), ...judgeGroups(groups, platforms)];
  const reachable = platforms.map(({ name, accounts }) => judgeAccounts(name, countOn(posts, accounts), people.size));
  return [...reachable, ...judgeGroups(groups, platforms)];
}

/** One row for each account of somebody who holds a post, and one without for who has none. */
function postsNow(tx: Tx, now: Date): Promise<Post[]> {
  return tx
    .createQueryBuilder(Assignment, 'post')
    .leftJoin(Identity, 'identity', 'identity.personId = post.personId')
    .select('post.personId', 'personId')
    .addSelect('identity.channel', 'channel')
    .addSelect('identity.userId', 'userId')
    .where('post.since <= :now AND (post.until IS NULL OR post.until > :now)', { now })
    .getRawMany<Post>();
}

function countOn(posts: readonly Post[], channels: readonly string[]): number {
  const on = posts.filter(({ channel }) => channel !== null && channels.includes(channel));
  return new Set(on.map(({ personId }) => personId)).size;
}

function judgeAccounts(platform: string, count: number, people: number): Finding {
  const text = `在任人员 ${people} 名，有${platform}账号的 ${count} 名`;
  if (count === 0) return bad(text, `在名册的“${platform}账号”一列填写账号，再 npm run roster -- import`);
  return count < people ? note(text, 'npm run roster -- list 末尾列出没有账号的人') : good(text);
}

function judgeGroups(groups: readonly ChatBinding[], platforms: readonly Platform[]): readonly Finding[] {
  const channels = platforms.flatMap((platform) => platform.groups);
  // Group robots need no settings.
  const isReached = ({ channel }: ChatBinding) => channel.endsWith('-webhook') || channels.includes(channel);
  const told = groups.filter((group) => group.purpose === 'bulletins' && isReached(group)).length;
  const bulletins = told > 0 ? good(`接收通报的群 ${told} 个`) : note('没有群接收通报', 'npm run chats -- add 登记');
  return [bulletins, ...groups.filter((group) => !isReached(group)).map(judgeLost)];
}

const judgeLost = ({ id, name, channel }: ChatBinding): Finding =>
  bad(`群“${name}”登记在没有接入的通道 ${channel}`, `补上该通道的设置，或 npm run chats -- remove ${id}`);
