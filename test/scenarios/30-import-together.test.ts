import { Assignment } from '../../entities/assignment';
import { DraftAnswer } from '../../entities/draft-answer';
import { Identity } from '../../entities/identity';
import type { Values } from '../../src/table/definition';
import { exported } from '../sheets/forms';
import { databases } from '../support/databases';
import { type Office, startOffice } from './harness';

const figures: Values = {
  institutes: '4',
  enterprises: '28',
  patents: '135',
  platforms: '省知识产权交易平台',
  platformUrls: 'https://p.example.cn',
  smallFirms: '1020',
};

describe.each(databases)('imports of several people and for several units, on $name', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await startOffice(database);
  });
  afterEach(() => office.close());

  const drafted = async (field: string) => (await office.rows(DraftAnswer, { field })).at(-1)?.value;

  it('asks whose figure counts where another contact has given one', async () => {
    await office.sayAll('zhangsan', '上报', '4', '27');
    await office.upload('lisi', '光山县6月.xlsx', await exported(figures, []));
    const asked = await office.say('lisi', '确认导入');
    expect(office.plain(asked)).toMatch(/已导入：统计表4项。\n张三已填企业27家，以谁为准？\nA 27家　B 28家/);
    expect(await drafted('enterprises')).toBe('27');
    expect(await drafted('patents')).toBe('135');
    expect(office.plain(await office.say('lisi', 'B'))).toMatch(/好的，企业28家.*汇总/s);
    expect(await drafted('enterprises')).toBe('28');
  });

  it('writes nothing over another’s answer by itself, even when that is all there is', async () => {
    await office.sayAll('zhangsan', '高校4 企业27 专利135 平台不变 推送1020');
    await office.upload('lisi', '光山县6月.xlsx', await exported(figures, []));
    const asked = office.plain(await office.say('lisi', '确认导入'));
    expect(asked).toBe('张三已填企业27家，以谁为准？\nA 27家　B 28家');
    expect(office.plain(await office.say('lisi', 'A'))).toMatch(/好的，企业27家/);
    expect(await drafted('enterprises')).toBe('27');
  });

  it('takes what is one’s own for corrected, without asking', async () => {
    await office.sayAll('lisi', '上报', '4', '27');
    await office.upload('lisi', '光山县6月.xlsx', await exported(figures, []));
    expect(office.plain(await office.say('lisi', '确认导入'))).toMatch(/已导入：统计表5项.*汇总/s);
    expect(await drafted('enterprises')).toBe('28');
  });

  describe('by a contact of two counties', () => {
    beforeEach(async () => {
      const [wangwu] = await office.rows(Identity, { userId: 'wangwu' });
      const unitId = await office.unitId('GS');
      await office.app.database.transact(async (tx) => {
        const post = { unitId, role: 'contact', deputy: false, since: new Date('2025-01-02'), until: null } as const;
        await tx.insert(Assignment, { ...post, personId: wangwu?.personId ?? 0 });
      });
    });

    it('takes a file for the county that it names', async () => {
      const told = office.plain(await office.upload('wangwu', '6月.xlsx', await exported(figures, [])));
      expect(told).toMatch(/试算.*未写入任何数据/s);
      expect(office.plain(await office.say('wangwu', '确认导入'))).toMatch(/光山县2025年6月统计表 汇总/);
    });

    it('asks for which county a file is that names none, and keeps it until then', async () => {
      const bytes = await exported(figures, [], { scope: '' });
      const asked = await office.upload('wangwu', '6月.xlsx', bytes);
      expect(office.plain(asked)).toMatch(/《6月\.xlsx》是哪个单位的？您负责.*回单位名称即可/);
      expect(asked.choices.map(({ text }) => text).toSorted()).toEqual(['光山县', '罗山县'].toSorted());
      expect(office.plain(await office.say('wangwu', '罗山县的'))).toMatch(/《6月\.xlsx》试算/);
      expect(office.plain(await office.say('wangwu', '确认导入'))).toMatch(/罗山县2025年6月统计表 汇总/);
    });
  });
});
