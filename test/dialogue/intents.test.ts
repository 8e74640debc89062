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
])('takes “%s” for %s', (text, intent) => {
  expect(intentOf(text)).toBe(intent);
});

it.each(['企业27', '确认一下企业是27还是28', '存了27家', '不变', '平台没变', '取消了两家', '好的企业27', 'ABC公司'])(
  'takes “%s” for no command',
  (text) => {
    expect(intentOf(text)).toBeNull();
  },
);

it.each([
  ['上报', ''],
  ['上报6月', '6月'],
  ['我要上报 企业30', '企业30'],
  ['填报', ''],
  ['企业30', null],
])('reads what follows the opening of “%s”', (text, rest) => {
  expect(startOf(text)).toBe(rest);
});

it.each([
  ['提成怎么填？', true],
  ['什么算惠及', true],
  ['企业27', false],
])('knows whether “%s” asks about a field', (text, expected) => {
  expect(isAboutField(text)).toBe(expected);
});
