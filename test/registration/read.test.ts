import { type ContactField, contactFields } from '../../src/registration/columns';
import { readRegistration, type UnitChoice } from '../../src/registration/read';

const units: readonly UnitChoice[] = [
  { id: 1, path: '/1/', names: ['信阳市市场监督管理局', '信阳市', '市局', '信阳'] },
  { id: 2, path: '/1/2/', names: ['光山县市场监督管理局', '光山县', '光山'] },
  { id: 3, path: '/1/3/', names: ['潢川县市场监督管理局', '潢川县', '潢川'] },
  { id: 4, path: '/1/4/', names: ['信阳市市场监督管理局潢川开发区分局', '潢川开发区分局', '潢川开发区'] },
  { id: 5, path: '/1/5/', names: ['信阳市市场监督管理局羊山分局', '羊山分局', '羊山'] },
  { id: 6, path: '/1/6/', names: ['鼓楼区市场监督管理局', '鼓楼区', '鼓楼'] },
  { id: 7, path: '/1/7/', names: ['鼓楼区市场监督管理局', '鼓楼区', '鼓楼'] },
];

const read = (text: string, missing: readonly ContactField[] = contactFields) => {
  const { given, unit } = readRegistration(text, units, missing);
  return { ...given, ...(unit ? { unit: unit.ids } : {}) };
};

const whole = {
  unit: [2],
  name: '张三',
  title: '科员',
  officePhone: '0376-8888123',
  mobile: '13800138000',
  email: 'zhangsan@example.cn',
};

describe('all six columns at once', () => {
  it.each([
    [
      'in one sentence',
      '我是光山县市场监管局张三，科员，办公电话0376-8888123，手机13800138000，邮箱zhangsan@example.cn',
    ],
    [
      'in lines with labels',
      '单位：光山县市场监督管理局\n姓名：张三\n职务：科员\n办公电话：0376-8888123\n手机号：13800138000\n邮箱：zhangsan@example.cn',
    ],
    ['in a row of the table', '光山县市场监管局\t张三\t科员\t0376-8888123\t13800138000\tzhangsan@example.cn'],
    [
      'in a row under its head',
      '单位 姓名 职务 办公电话 手机号 邮箱\n光山县 张三 科员 0376-8888123 13800138000 zhangsan@example.cn',
    ],
    ['without a word before the numbers', '光山局张三，科员，0376-8888123，13800138000，zhangsan@example.cn。'],
    ['as written on a business card', '光山县市场监督管理局 科员 张三 0376-8888123/13800138000 zhangsan@example.cn'],
    [
      'with full-width digits and signs',
      '光山县张三（科员），办公电话０３７６－８８８８１２３，手机１３８００１３８０００，邮箱zhangsan＠example.cn',
    ],
    [
      'under a quoted message',
      '「报送助手：您好」\n- - - - - - - - - -\n光山张三科员，座机0376-8888123，手机号是13800138000，电子邮箱zhangsan@example.cn',
    ],
    [
      'with 的 and 联络员 between',
      '我是信阳市光山县局的联络员张三，职务科员，办公室电话：0376-8888123，电话13800138000，e-mail: zhangsan@example.cn',
    ],
  ])('are read %s', (_label, text) => {
    expect(read(text)).toEqual(whole);
  });
});

describe('names and titles', () => {
  it.each([
    ['光山县局知识产权股科员张三', { name: '张三', title: '知识产权股科员' }],
    ['光山县局知识产权股张三股长', { name: '张三', title: '知识产权股股长' }],
    ['光山县局办公室主任张三', { name: '张三', title: '办公室主任' }],
    ['光山县局一级主任科员欧阳修', { name: '欧阳修', title: '一级主任科员' }],
    ['光山县局 张三 副局长', { name: '张三', title: '副局长' }],
    ['光山县，姓名：买买提·艾力，岗位：专利管理岗', { name: '买买提·艾力', title: '专利管理岗' }],
    ['本人赵六，在光山县市场监管局工作，办事员', { name: '赵六', title: '办事员' }],
  ])('are told apart in %s', (text, person) => {
    expect(read(text)).toEqual({ unit: [2], ...person });
  });

  it.each<[string, readonly ContactField[], object]>([
    ['张三', ['name', 'title'], { name: '张三' }],
    ['张三，科员', ['name', 'title'], { name: '张三', title: '科员' }],
    ['科员', ['title'], { title: '科员' }],
    ['一线人员', ['title'], { title: '一线人员' }],
    ['姓名改成李四', [], { name: '李四' }],
    ['姓名写错了，应该是李四', [], { name: '李四' }],
    ['姓名 领丽', ['name'], { name: '领丽' }],
  ])('are taken as the answer: %s', (text, missing, person) => {
    expect(read(text, missing)).toEqual(person);
  });

  it.each(['你好', '好的', '上报', '谢谢', '什么意思', '等一下', '没有', '领导好', '可以不填吗', '在吗'])(
    'are not seen in small talk: %s',
    (text) => {
      expect(read(text, ['name', 'title'])).toEqual({});
    },
  );

  it('are not seen in a first message of two characters', () => {
    expect(read('张三')).toEqual({});
  });
});

describe('numbers and addresses', () => {
  it.each([
    ['手机1380013800', { mobile: '1380013800' }],
    ['138 0013 8000', { mobile: '138 0013 8000' }],
    ['手机+86 138-0013-8000', { mobile: '+86 138-0013-8000' }],
    ['手机号改成13900139000', { mobile: '13900139000' }],
    ['（0376）8888123转801', { officePhone: '(0376)8888123转801' }],
    ['办公电话 0376 8888123-801', { officePhone: '0376 8888123-801' }],
    ['办公电话没有', { officePhone: '没有' }],
    ['办公电话13800138000', { officePhone: '13800138000' }],
    ['8888123', { officePhone: '8888123' }],
    ['8123', { officePhone: '8123' }],
    ['联系方式：13800138000', { mobile: '13800138000' }],
    ['0376-8888123 13800138000', { officePhone: '0376-8888123', mobile: '13800138000' }],
    ['邮箱zhangsan', { email: 'zhangsan' }],
    ['zhang.san@mail.example.com.cn。', { email: 'zhang.san@mail.example.com.cn' }],
  ])('are found in %s', (text, given) => {
    expect(read(text)).toEqual(given);
  });

  it('are not seen in the figures of a report', () => {
    expect(read('上报 企业27，专利135，推送1020')).toEqual({});
  });
});

describe('units', () => {
  it.each([
    ['光山', [2]],
    ['光山县市监局', [2]],
    ['信阳市光山县市场监督管理局', [2]],
    ['潢川开发区分局', [4]],
    ['羊山分局王五', [5]],
    ['单位：信阳市市场监督管理局羊山分局', [5]],
    ['市局', [1]],
    ['鼓楼区', [6, 7]],
    ['我是天津局的', []],
    ['单位 天津', []],
    ['潢川区分局', []],
  ])('are found in %s', (text, unit) => {
    expect(readRegistration(text, units, contactFields).unit?.ids).toEqual(unit);
  });
});
