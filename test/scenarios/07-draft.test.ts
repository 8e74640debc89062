import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

describe.each(databases)('scenario 7, a draft over days, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
    await office.sayAll('zhangsan', '上报', '4', '27', '135', '不变');
  });
  afterEach(() => office.close());

  it('asks whether to keep or give up, and goes on after a restart three days later', async () => {
    const asked = await office.say('zhangsan', '算了先不填');
    expect(office.plain(asked)).toMatch(/存草稿.*放弃.*4项/s);
    await office.say('zhangsan', '存');
    await office.moveClock('2025-07-05T09:00:00+08:00');
    await office.restart();
    const resumed = office.plain(await office.say('zhangsan', '继续'));
    for (const fact of [/已填4项/, /还剩.*网址.*推送/, /⑤.*网址.*p\.example\.cn/]) expect(resumed).toMatch(fact);
  });

  it('never counts a draft as progress', async () => {
    expect(office.plain(await office.say('keyuan', '进度'))).toMatch(/已报\s*0/);
  });

  it('gives up a draft on request and restores it within a day', async () => {
    await office.sayAll('zhangsan', '取消', '放弃');
    await office.moveClock('2025-07-03T09:00:00+08:00');
    await office.say('zhangsan', '恢复草稿');
    expect(office.plain(await office.say('zhangsan', '继续'))).toMatch(/已填4项/);
  });

  it('does not restore a draft that was given up more than a day ago', async () => {
    await office.sayAll('zhangsan', '取消', '放弃');
    await office.moveClock('2025-07-03T09:31:00+08:00');
    expect(office.plain(await office.say('zhangsan', '恢复草稿'))).toMatch(/没有可以恢复/);
  });
});
