import { Filing } from '../../entities/filing';
import { FilingCorrection } from '../../entities/filing-correction';
import { FilingEvent } from '../../entities/filing-event';
import { SupplementRequest } from '../../entities/supplement-request';
import { Figure, Table } from '../../src/table/declare';
import { FiguresRow } from '../../src/table/stored';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

@Table({ name: 'training', attachment: '附件6', title: '培训情况统计表', short: '培训表' })
class Training extends FiguresRow {
  @Figure({ name: '培训场次', short: '场次', unit: '场' })
  sessions!: number | null;

  @Figure({ name: '参训人数', short: '人数', unit: '人' })
  people!: number | null;
}

describe.each(databases)('two tables of one month, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database, [Training]);
  });
  afterEach(() => office.close());

  const tell = async (userId: string, text: string) => office.plain(await office.say(userId, text));
  const fileBoth = async () => {
    await office.sayAll('zhangsan', '上报统计表 本月没变化', '确认');
    await office.sayAll('zhangsan', '上报培训表 场次3，人数60', '确认');
  };
  const june = async (tableName: string, code = 'GS') => {
    const [filing] = await office.rows(Filing, { unitId: await office.unitId(code), period: '2025-06', tableName });
    return filing;
  };

  it('takes back the one that was filed last', async () => {
    await fileBoth();
    expect(await tell('zhangsan', '撤回')).toMatch(/光山县2025年6月培训表.*已撤回为草稿/s);
    expect(await june('training')).toMatchObject({ status: 'draft' });
    expect(await june('statistics')).toMatchObject({ status: 'filed' });
  });

  it('asks somebody else which is to be taken back', async () => {
    await fileBoth();
    const asked = await office.say('lisi', '撤回');
    expect(office.plain(asked)).toMatch(/请说明是哪张表：统计表、培训表.*还没有办理/s);
    await office.say('lisi', asked.choices[1]?.text ?? '');
    expect(await june('training')).toMatchObject({ status: 'draft' });
    expect(await tell('lisi', '撤回')).toMatch(/培训表还没有提交，不用撤回/);
    expect(await june('statistics')).toMatchObject({ status: 'filed' });
  });

  it('sends back the one whose figure is spoken of, and takes the answer to it', async () => {
    await fileBoth();
    const done = await office.say('keyuan', '退回 光山 人数 与签到表不符');
    expect(office.plain(done)).toMatch(/已退回光山县2025年6月培训表.*人数60人.*原因：与签到表不符/s);
    expect(done.choices.map(({ text }) => text)).toEqual(['撤销退回 光山县 培训表 6月']);
    expect(await june('statistics')).toMatchObject({ status: 'filed' });
    expect(await tell('zhangsan', '58')).toMatch(/人数60→58人，其余各项不变/);
    expect(await tell('zhangsan', '确认')).toMatch(/培训表（第2版）/);
  });

  it('asks which is to be sent back, and does it as it was asked', async () => {
    await fileBoth();
    const asked = await office.say('keyuan', '退回 光山 6月 请附材料');
    expect(office.plain(asked)).toMatch(/请说明是哪张表：统计表、培训表.*还没有办理/s);
    expect(await office.rows(FilingEvent)).toEqual([]);
    await office.say('keyuan', asked.choices[1]?.text ?? '');
    expect(await june('training')).toMatchObject({ status: 'returned' });
    expect(await tell('keyuan', '撤销退回 光山')).toMatch(/已撤销退回：光山县2025年6月培训表/);
    expect(await tell('keyuan', '通过 光山 培训表')).toMatch(/已通过光山县2025年6月培训表/);
    expect(await tell('keyuan', '通过 光山 6月')).toMatch(/已通过光山县2025年6月统计表/);
    expect(await tell('keyuan', '光山 培训表 历史')).toMatch(/光山县2025年6月培训表：已通过/);
  });

  it('lets staff decide on a correction of either', async () => {
    await fileBoth();
    await office.sayAll('keyuan', '通过 光山 培训表', '通过 光山 统计表');
    expect(await tell('zhangsan', '人数58')).toMatch(/更正6月培训表 人数60应为58/);
    await office.sayAll('zhangsan', '更正6月 人数60应为58，重复签到', '提交');
    await office.sayAll('zhangsan', '更正6月 推送860应为850，笔误', '提交');
    const asked = await office.say('keyuan', '同意更正 光山 6月');
    expect(office.plain(asked)).toMatch(/有2份更正申请/);
    expect(asked.choices.map(({ text }) => text)).toEqual(['同意更正 光山县 培训表 6月', '同意更正 光山县 统计表 6月']);
    expect(await tell('keyuan', asked.choices[1]?.text ?? '')).toMatch(/已同意：光山县2025年6月统计表/);
    expect((await office.rows(FilingCorrection)).map(({ status }) => status)).toEqual(['waiting', 'agreed']);
  });

  it('extends one of them, with the table out of the reason', async () => {
    await office.sayAll('chenjing', '上报统计表 本月没变化', '确认');
    const asked = await office.say('keyuan', '延期 平桥 到7月10日 系统故障');
    expect(office.plain(asked)).toMatch(/请说明是哪张表/);
    expect(await tell('keyuan', asked.choices[1]?.text ?? '')).toMatch(
      /已延期：平桥区2025年6月培训表.*原因：系统故障。.*取消延期 平桥区 培训表/s,
    );
    expect(await tell('keyuan', '延期 浉河 到7月10日 系统故障')).toMatch(
      /已延期：浉河区2025年6月培训表.*原因：系统故障。/s,
    );
    expect(await tell('keyuan', '延期 息县 到7月10日 培训表 系统故障')).toMatch(
      /息县2025年6月培训表.*原因：系统故障。/s,
    );
    expect(await tell('keyuan', '取消延期 平桥')).toMatch(/平桥区2025年6月培训表的延期已取消/);
  });

  it('is urged for the one that is meant', async () => {
    const asked = await office.say('keyuan', '催 息县');
    expect(office.plain(asked)).toMatch(/请说明是哪张表/);
    expect(await tell('keyuan', asked.choices[1]?.text ?? '')).toMatch(/培训表催报，将发给1家：息县/);
  });

  it('asks for leave to file either late, and gets it for that one', async () => {
    await office.moveClock('2025-07-18T09:30:00+08:00');
    const asked = await office.say('liuyang', '申请补报6月 系统故障');
    expect(office.plain(asked)).toMatch(/请说明是哪张表/);
    for (const { text } of asked.choices) await office.say('liuyang', text);
    const which = await office.say('keyuan', '同意补报 息县 6月');
    expect(which.choices.map(({ text }) => text)).toEqual(['同意补报 息县 统计表 6月', '同意补报 息县 培训表 6月']);
    expect(await tell('keyuan', which.choices[1]?.text ?? '')).toMatch(/已同意：息县2025年6月培训表/);
    expect((await office.rows(SupplementRequest)).map(({ status, reason }) => [status, reason])).toEqual([
      ['open', '系统故障'],
      ['granted', '系统故障'],
    ]);
  });
});
