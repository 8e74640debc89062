import { Project } from '../../entities/tables/project';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 10, patent numbers, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const told = '新增项目：豫南大学许可给恒通公司，专利ZL202010345687.9、2021102345675、CN108123456B，免费';
  const added = async () => (await office.rows(Project, { licensee: '恒通公司', paymentKind: 'free' }))[0];

  it('says what is wrong with each number and never offers a corrected one', async () => {
    const answer = office.plain(await office.say('zhangsan', told));
    expect(answer).toMatch(/ZL202010345687\.9.*校验位不符/);
    expect(answer).toMatch(/ZL202110234567\.5/);
    expect(answer).toMatch(/CN108123456B.*公告号.*ZL/);
    expect(answer).not.toMatch(/687\.[0-8X]/);
    expect(await added()).toBeUndefined();
  });

  it('takes the mended ones by their place and keeps the good one', async () => {
    await office.say('zhangsan', told);
    const answer = await office.say('zhangsan', '第一个是ZL202010345678.9，第三个是ZL201920876543.8');
    expect(office.plain(answer)).toMatch(/已登记.*豫南大学.*恒通公司.*免费/);
    expect((await added())?.patentNumbers?.split('\n')).toEqual([
      'ZL202010345678.9',
      'ZL202110234567.5',
      'ZL201920876543.8',
    ]);
  });

  it.each([
    ['full-width', 'ＺＬ２０２１１０２３４５６７．５'],
    ['blanks', 'ZL 2021 1 0234567.5'],
    ['no dot', 'ZL2021102345675'],
    ['no ZL', '202110234567.5'],
    ['small letters', 'zl202010567890.x'],
  ])('reads a number written with %s', async (_how, number) => {
    await office.say('zhangsan', `新增项目：豫南大学许可给恒通公司，专利${number}，免费`);
    expect((await added())?.patentNumbers).toMatch(/^ZL2021102345\d{2}\.5$|^ZL202010567890\.X$/);
  });

  it('asks before it writes down the same licence twice', async () => {
    const once = '新增项目：豫南大学许可给恒通公司，专利ZL202110234567.5，免费';
    await office.say('zhangsan', once);
    expect(office.plain(await office.say('zhangsan', once))).toMatch(/疑似重复/);
    await office.say('zhangsan', '不登记');
    await office.say('zhangsan', '取消');
    expect(await office.rows(Project, { licensee: '恒通公司', paymentKind: 'free' })).toHaveLength(1);
  });
});
