import { intentOf, isAboutField, startOf } from '../../src/dialogue/intents';

it.each([
  ['确认', 'confirm'],
  ['好的', 'confirm'],
  ['没问题，提交吧', 'confirm'],
  ['OK', 'confirm'],
  ['算了先不填', 'leave'],
  ['取消', 'leave'],
  ['存草稿', 'save'],
  ['存', 'save'],
  ['放弃', 'discard'],
  ['继续', 'resume'],
  ['恢复草稿', 'restore'],
  ['截止哪天？', 'deadline'],
  ['谢谢！', 'thanks'],
  ['👍', 'thanks'],
  ['本月没变化', 'unchanged'],
  ['6月没有变化', 'unchanged'],
  ['A', 'optionA'],
  ['b', 'optionB'],
  ['跳过', 'skip'],
  ['嗯嗯确认', 'confirm'],
  ['对的 没问题 提交吧', 'confirm'],
  ['没问题可以提交', 'confirm'],
  ['等等，先别提交', 'deny'],
  ['明天再报', 'save'],
  ['今天太忙了明天再说', 'save'],
  ['重新填', 'restart'],
  ['还差什么？', 'summary'],
  ['我填到哪了', 'summary'],
  ['都填完了吗', 'summary'],
  ['几号之前报', 'deadline'],
  ['最迟什么时候交', 'deadline'],
  ['看一下我们的项目', 'list'],
  ['我们县本月没有变化，按上月报', 'unchanged'],
  ['再见', 'thanks'],
  ['对对对', 'confirm'],
  ['都对了', 'confirm'],
  ['收到，马上报', 'save'],
  ['晚点报', 'save'],
  ['不删了', 'deny'],
  ['再看一下', 'summary'],
])('takes “%s” for %s', (text, intent) => {
  expect(intentOf(text)).toBe(intent);
});

it.each([
  '企业27',
  '确认一下企业是27还是28',
  '存了27家',
  '不变',
  '平台没变',
  '取消了两家',
  '好的企业27',
  'ABC公司',
  '企业27，明天再报',
  '提交了吗',
  '还差3家',
])('takes “%s” for no command', (text) => {
  expect(intentOf(text)).toBeNull();
});

it.each([
  ['上报', ''],
  ['上报6月', '6月'],
  ['我要上报 企业30', '企业30'],
  ['填报', ''],
  ['报6月', '6月'],
  ['我要报6月的', '6月的'],
  ['6月份的开始报吧', '6月份'],
  ['把6月的报表报一下', '6月'],
  ['上 报', ''],
  ['报表在哪填？', ''],
  ['怎么上报', ''],
  ['企业30', null],
  ['6月报了吗', null],
  ['6月报表', null],
  ['报错了', null],
])('reads what follows the opening of “%s”', (text, rest) => {
  expect(startOf(text)).toBe(rest);
});

it.each([
  ['提成怎么填？', true],
  ['什么算惠及', true],
  ['高校院所包括职业学校吗', true],
  ['企业27', false],
])('knows whether “%s” asks about a field', (text, expected) => {
  expect(isAboutField(text)).toBe(expected);
});
