/** What DingTalk tells of people and of the robots of a group: 查询用户详情, 获取群内机器人列表. */
import { type Call, jsonOf, ok, oldError, type Reply, refuse } from './http';
import type { World } from './world';

/** 60121 for an id that the organisation does not know. */
export function describeUser(world: World, call: Call): Reply {
  if (!world.isToken(call.query.get('access_token'))) return oldError(40014, '不合法的access_token');
  const userId = jsonOf(call)?.['userid'];
  if (typeof userId !== 'string' || userId === '') return oldError(40035, '缺少参数 userid');
  if (world.unknownStaff.has(userId)) return oldError(60121, '找不到该用户');
  return ok({ errcode: 0, errmsg: 'ok', result: { userid: userId, name: '某人' }, request_id: 'r' });
}

export function listRobots(world: World, call: Call): Reply {
  if (!world.isToken(call.headers['x-acs-dingtalk-access-token'])) return refuse(400, 'InvalidAuthentication');
  const id = jsonOf(call)?.['openConversationId'];
  if (typeof id !== 'string') return refuse(400, 'miss.param.openConversationId');
  const robots = world.groups.has(id) ? [{ robotCode: world.options.robotCode, name: '报送' }] : [];
  return ok({ chatbotInstanceVOList: robots });
}
