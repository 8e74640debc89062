import { checkDetail } from '../../src/registration/checks';
import type { DetailField } from '../../src/registration/columns';

it.each<[DetailField, string, string]>([
  ['mobile', '138 0013-8000', '13800138000'],
  ['mobile', '+86 13800138000', '13800138000'],
  ['officePhone', '0376-8888123', '0376-8888123'],
  ['officePhone', '(0376)8888123 分机 801', '(0376)8888123转801'],
  ['officePhone', '8888123', '8888123'],
  ['email', 'zhangsan @example.cn', 'zhangsan@example.cn'],
  ['name', '张 三', '张三'],
  ['name', '买买提·艾力', '买买提·艾力'],
])('keeps a good %s: %s', (field, typed, value) => {
  expect(checkDetail(field, typed)).toEqual({ ok: true, value });
});

it.each<[DetailField, string, string]>([
  ['mobile', '1380013800', '只有10位'],
  ['mobile', '138001380001', '有12位，应为11位'],
  ['mobile', '12800138000', '应以13至19开头'],
  ['mobile', '没有', '不是11位数字'],
  ['officePhone', '8123', '只有4位，请连区号一起写'],
  ['officePhone', '没有', '不是电话号码'],
  ['email', 'zhangsan', '缺少@'],
  ['email', 'zhangsan@example', '不是完整的邮箱地址'],
  ['name', '张3', '不像姓名'],
  ['title', '长'.repeat(101), '超过100个字'],
])('says why a %s will not do: %s', (field, typed, reason) => {
  expect(checkDetail(field, typed)).toEqual({ ok: false, reason });
});
