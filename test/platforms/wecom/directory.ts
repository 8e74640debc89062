/** What WeCom tells an app of its people and groups: user/get (path 96255) and appchat/get. */
import { type Directory, hasMember, type Json } from './calls';

const error = (errcode: number): Json => ({ errcode, errmsg: `error ${errcode}, more info at …` });

/** 60111 for an id that nobody has; upper and lower case are the same. */
export function describeUser(userId: string | null, { members }: Directory): Json {
  if (!userId) return error(41009);
  const isKnown = !members || hasMember(members, userId);
  return isKnown ? { errcode: 0, errmsg: 'ok', userid: userId, name: '某人' } : error(60111);
}

/** 86008 for a group that another app created. */
export function describeGroup(chatId: string | null, { groups }: Directory): Json {
  if (!chatId) return error(40050);
  if (groups && !groups.has(chatId)) return error(86008);
  return { errcode: 0, errmsg: 'ok', chat_info: { chatid: chatId, name: '群', owner: 'owner', userlist: ['owner'] } };
}
